"""Leaders and rooms are scarce: lock them, ask the checker, and hear the database's own refusal."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from django.db import IntegrityError, connection, transaction

from accounts.models import User
from accounts.rules import MoveRefused
from cohorts.models import CourseRound, Meeting, Room
from cohorts.queries.seats import people_expected
from cohorts.queries.touched import Asked, rules_touched
from cohorts.rules import MeetingState
from cohorts.rules.sittings import ChangedMeanwhile, RulesTouched, Sitting, Touch, Touched
from cohorts.steps.locks import lock_cohorts_of_meetings
from ground.steps import step

# The exclusion constraints of the migration "no_double_booking".
EXCLUSIONS = {
    "meeting_leader_once_at_a_time": Touched.LEADS_ANOTHER,
    "meeting_room_once_at_a_time": Touched.ROOM_TAKEN,
}


@step
def lock_meeting(meeting_id: int) -> Meeting:
    """Return the meeting's row, locked after its cohort's, with its cohort and place."""
    lock_cohorts_of_meetings([meeting_id])
    return (
        Meeting.objects.select_for_update(of=("self",))
        .select_related("round__cohort__programme", "round__course", "place", "facilitator")
        .get(id=meeting_id)
    )


@step
def lock_as_seen(meeting_id: int, *, seen: int | None) -> Meeting:
    """Return a planned meeting, locked; ``seen`` is its sequence when somebody looked at it.

    :raises MoveRefused: if the meeting is not planned any more.
    :raises ChangedMeanwhile: if somebody has changed it since.
    """
    meeting = lock_meeting(meeting_id)
    if meeting.state != MeetingState.SCHEDULED:
        raise MoveRefused(f"meeting/{meeting.pk}", meeting.state, MeetingState.SCHEDULED)
    if seen is not None and seen != meeting.sequence:
        raise ChangedMeanwhile(meeting_id)
    return meeting


@step
def lock_leaders_and_rooms(leaders: Collection[int], rooms: Collection[int | None]) -> None:
    """Hold leaders, then rooms, in the order of their ids: nobody else books them meanwhile."""
    list(User.objects.select_for_update(no_key=True).filter(pk__in=leaders).order_by("pk"))
    known = {room for room in rooms if room is not None}
    if known:
        list(Room.objects.select_for_update(no_key=True).filter(pk__in=known).order_by("pk"))


@step
def refuse_what_touches_a_rule(  # noqa: PLR0913 -- what the checker is asked
    round_: CourseRound,
    sittings: Sequence[Sitting],
    *,
    leader_id: int,
    standing: Sequence[Meeting],
    without: Sequence[int] = (),
    now: datetime,
) -> None:
    """Ask the checker about meetings of a round, under the locks of their leader and rooms.

    :raises RulesTouched: if one of them touches a rule.
    """
    asked = Asked(
        leader_id=leader_id,
        sittings=sittings,
        standing=standing,
        without=without,
        people=people_expected(round_.cohort),
    )
    touches = rules_touched(asked, now=now)
    if touches:
        raise RulesTouched(touches)


@step
@contextmanager
def hearing_of_double_bookings(sittings: Sequence[Sitting]) -> Iterator[None]:
    """Turn the database's refusal of a double booking into the rule that it is.

    Meetings that change places with each other are looked at when all are written.

    :raises RulesTouched: if a leader or a room has two meetings at once.
    """
    try:
        with transaction.atomic():
            _later()
            yield
            _now()
    except IntegrityError as fault:
        diagnosis = getattr(fault.__cause__, "diag", None)
        rule = EXCLUSIONS.get(getattr(diagnosis, "constraint_name", None) or "")
        if rule is None:
            raise
        day = sittings[0].starts_at.date()
        raise RulesTouched([Touch(rule, 0, day)]) from fault


def _later() -> None:
    _constraints("DEFERRED")


def _now() -> None:
    _constraints("IMMEDIATE")


def _constraints(when: str) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SET CONSTRAINTS {', '.join(EXCLUSIONS)} {when}")
