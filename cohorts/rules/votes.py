"""When a cohort may vote on its next course. No Django."""

from enum import StrEnum

FEWEST_COURSES = 2
MOST_COURSES = 12
FEWEST_VOTERS = 2


class OpenRefusal(StrEnum):
    """Why a vote on the next course cannot open."""

    NOT_RUNNING = "not_running"
    TOO_FEW_COURSES = "too_few_courses"
    TOO_MANY_COURSES = "too_many_courses"
    TOO_FEW_VOTERS = "too_few_voters"
    ONE_IS_OPEN = "one_is_open"
    CLOSES_IN_THE_PAST = "closes_in_the_past"


def open_refusal(
    *, is_running: bool, courses: int, voters: int, has_open_vote: bool, closes_later: bool
) -> OpenRefusal | None:
    """Return why a vote cannot open, or None: 2 to 12 courses, 2 voters, one vote at a time."""
    faults = {
        OpenRefusal.NOT_RUNNING: not is_running,
        OpenRefusal.ONE_IS_OPEN: has_open_vote,
        OpenRefusal.TOO_FEW_COURSES: courses < FEWEST_COURSES,
        OpenRefusal.TOO_MANY_COURSES: courses > MOST_COURSES,
        OpenRefusal.TOO_FEW_VOTERS: voters < FEWEST_VOTERS,
        OpenRefusal.CLOSES_IN_THE_PAST: not closes_later,
    }
    return next((refusal for refusal, is_so in faults.items() if is_so), None)
