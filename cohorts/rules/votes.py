"""When a cohort may vote on its next course, and who comes next if it falls through. No Django."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from voting.rules import NONE_OF_THESE, BallotState

FEWEST_COURSES = 2
MOST_COURSES = 12
FEWEST_VOTERS = 2
COMING_OR_OPEN = (BallotState.DRAFT, BallotState.OPEN)


class OpenRefusal(StrEnum):
    """Why a vote on the next course cannot open."""

    NOT_RUNNING = "not_running"
    TOO_FEW_COURSES = "too_few_courses"
    TOO_MANY_COURSES = "too_many_courses"
    TOO_FEW_VOTERS = "too_few_voters"
    ONE_IS_OPEN = "one_is_open"
    CLOSES_IN_THE_PAST = "closes_in_the_past"
    CLOSES_BEFORE_OPENING = "closes_before_opening"


class Hindering(StrEnum):
    """What keeps somebody from using a course."""

    ACCESSIBILITY = "accessibility"
    LANGUAGE = "language"
    OTHER = "other"


class VoidWhy(StrEnum):
    """Why a vote ended without anybody calling it off; who does that writes a reason."""

    TOO_FEW_VOTERS = "too few voters"
    TOO_LATE = "could not open in time"
    COHORT_COMPLETED = "cohort completed"
    COHORT_CANCELLED = "cohort called off"


class RunnerUpRefusal(StrEnum):
    """Why the course in second place cannot take the first one's."""

    NOT_WAITING = "not_waiting"
    NO_VOTE = "no_vote"
    NOBODY_LEFT = "nobody_left"


@dataclass(frozen=True, slots=True, kw_only=True)
class VotePlan:
    """All that is settled before a vote on the next course opens."""

    course_ids: Sequence[int]
    opens_at: datetime
    closes_at: datetime
    rule: str = "ranked_pairs"
    quorum_percent: int = 50
    is_open_count: bool = False
    with_none: bool = True


def open_refusal(  # noqa: PLR0913 -- each may hinder by itself
    *,
    is_running: bool,
    courses: int,
    voters: int,
    has_open_vote: bool,
    closes_later: bool,
    opens_first: bool = True,
) -> OpenRefusal | None:
    """Return why a vote cannot open, or None: 2 to 12 courses, 2 voters, one vote at a time."""
    faults = {
        OpenRefusal.NOT_RUNNING: not is_running,
        OpenRefusal.ONE_IS_OPEN: has_open_vote,
        OpenRefusal.TOO_FEW_COURSES: courses < FEWEST_COURSES,
        OpenRefusal.TOO_MANY_COURSES: courses > MOST_COURSES,
        OpenRefusal.TOO_FEW_VOTERS: voters < FEWEST_VOTERS,
        OpenRefusal.CLOSES_IN_THE_PAST: not closes_later,
        OpenRefusal.CLOSES_BEFORE_OPENING: not opens_first,
    }
    return next((refusal for refusal, is_so in faults.items() if is_so), None)


def runner_up(order: Sequence[str], *, after: str, skip: Collection[str] = ()) -> str | None:
    """Return the option that comes next in a counted order, or None.

    What the group placed below "none of these" is not offered: it would rather have nothing.
    """
    following = order[order.index(after) + 1 :]
    key = next((key for key in following if key not in skip), None)
    return None if key == NONE_OF_THESE else key
