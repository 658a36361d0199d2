"""The life of a meeting, and the rhythm: 14 to 28 days between one meeting and the next.

**Source:** the programme's own rules ("var 2-4:e vecka"), DOMAIN words: meeting.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from cohorts.rules.enrolments import AnswerKind


class MeetingState(StrEnum):
    DRAFT = "draft"
    SCHEDULED = "scheduled"
    HELD = "held"
    CLOSED = "closed"
    CANCELLED = "cancelled"


MEETING_NEXT: dict[MeetingState, frozenset[MeetingState]] = {
    MeetingState.DRAFT: frozenset({MeetingState.SCHEDULED}),
    MeetingState.SCHEDULED: frozenset({MeetingState.HELD, MeetingState.CANCELLED}),
    MeetingState.HELD: frozenset({MeetingState.CLOSED}),
    MeetingState.CLOSED: frozenset(),
    MeetingState.CANCELLED: frozenset({MeetingState.SCHEDULED}),
}


class LeaderNews(StrEnum):
    """What has happened to meetings that somebody leads, for the letter to their calendar."""

    PLANNED = "planned"
    CHANGED = "changed"
    CANCELLED = "cancelled"
    RESTORED = "restored"
    TAKEN_OVER = "taken_over"  # somebody else leads them now


GAP_DAYS = (14, 28)
STANDS = -1  # the number of a meeting that is not among the new ones
ATTENDANCE_LOCKS_AFTER_DAYS = 14
REMIND_DAYS_BEFORE = 2
WEEK_LETTER_FROM_HOUR = 7


class GapRefusal(StrEnum):
    """Which way two consecutive meetings break the rhythm."""

    TOO_CLOSE = "too_close"
    TOO_FAR = "too_far"
    OUT_OF_ORDER = "out_of_order"


@dataclass(frozen=True, slots=True)
class Stands:
    """A meeting that stands: its local date, and whether a written reason goes with it."""

    on: date
    has_reason: bool = False


@dataclass(frozen=True, slots=True)
class BrokenGap:
    """A gap out of rhythm at a new meeting; ``number`` is its place among the new ones, from 0.

    ``reason_excuses``: the other meeting stands already, so a written reason is enough.
    """

    number: int
    refusal: GapRefusal
    reason_excuses: bool = False


def broken_gaps(new: Sequence[date], standing: Iterable[Stands] = ()) -> list[BrokenGap]:
    """Return the gaps out of rhythm at new or moved meetings, by the order of their local dates.

    From 2026-03-02 the next meeting may lie on 2026-03-16 (14 days) to 2026-03-30 (28 days), both
    included. The gap between two meetings that stand is settled, whatever it is; so is the gap
    before one that stands with a written reason.
    """
    for number, (one_day, next_day) in enumerate(pairwise(new), start=1):
        if next_day <= one_day:
            return [BrokenGap(number, GapRefusal.OUT_OF_ORDER)]
    fresh = [(on, number, False) for number, on in enumerate(new)]
    laid = sorted([*fresh, *((one.on, STANDS, one.has_reason) for one in standing)])
    found = []
    for (earlier, before, _), (later, after, has_reason) in pairwise(laid):
        gap = (later - earlier).days
        number = max(before, after)
        if number == STANDS or has_reason or GAP_DAYS[0] <= gap <= GAP_DAYS[1]:
            continue
        refusal = GapRefusal.TOO_CLOSE if gap < GAP_DAYS[0] else GapRefusal.TOO_FAR
        found.append(BrokenGap(number, refusal, gap > 0 and STANDS in {before, after}))
    return found


def gap_refusal(
    new: Sequence[date], standing: Iterable[Stands] = ()
) -> tuple[int, GapRefusal] | None:
    """Return the first break of the rhythm at new or moved meetings, or None.

    The number is the place among them of the meeting that breaks it, from 1.
    """
    broken = broken_gaps(new, standing)
    return (broken[0].number + 1, broken[0].refusal) if broken else None


class AnswerRefusal(StrEnum):
    """Why an answer, or a mark of attendance, was not taken."""

    MEETING_OVER = "meeting_over"
    MEETING_OFF = "meeting_off"
    NOT_STARTED = "not_started"
    LOCKED = "locked"
    NOT_A_MEMBER = "not_a_member"
    MARKED_MEANWHILE = "marked_meanwhile"


def week_letter_day(local: datetime) -> date | None:
    """Return the Monday whose week is written about at a local time, or None: it is not the time.

    From Monday 07.00 until the day is over: 2026-03-02 07.00 is the time, 06.59 and Tuesday not.
    """
    is_time = local.weekday() == 0 and local.hour >= WEEK_LETTER_FROM_HOUR
    return local.date() if is_time else None


def answer_refusal(
    state: MeetingState, *, starts_at: datetime, now: datetime
) -> AnswerRefusal | None:
    """Return why nobody can answer any more, or None. At the start it is too late."""
    if state is MeetingState.CANCELLED:
        return AnswerRefusal.MEETING_OFF
    if state is not MeetingState.SCHEDULED or now >= starts_at:
        return AnswerRefusal.MEETING_OVER
    return None


def answer_taken(
    asked: AnswerKind, *, had: AnswerKind | None, seats: int | None, taken: int
) -> AnswerKind:
    """Return the answer to write down: who asks for a seat when all are taken waits.

    Whoever has a seat keeps it; without a number of seats nobody waits. With 8 seats, 7 taken is a
    seat and 8 taken is a wait.
    """
    if asked is not AnswerKind.ON_SITE or had is AnswerKind.ON_SITE:
        return asked
    return asked if seats is None or taken < seats else AnswerKind.WAITING


def attendance_refusal(
    state: MeetingState, *, starts_at: datetime, now: datetime
) -> AnswerRefusal | None:
    """Return why attendance cannot be marked, or None: from the start until fourteen days after."""
    if state in {MeetingState.CANCELLED, MeetingState.DRAFT}:
        return AnswerRefusal.MEETING_OFF
    if now < starts_at:
        return AnswerRefusal.NOT_STARTED
    if now > starts_at + timedelta(days=ATTENDANCE_LOCKS_AFTER_DAYS):
        return AnswerRefusal.LOCKED
    return None
