"""One preview of an absence: for each cohort the ways out, and whom to ring in any case."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from accounts.models import User
from cohorts.models import Cohort, Meeting
from cohorts.queries.meeting_desk import Attendee, people_at
from cohorts.queries.repairs import NOTICE, Repair, repairs_for
from cohorts.queries.substitutes import Substitute, free_for_all
from cohorts.rules.absences import WayOut

A_LETTER_TAKES = timedelta(hours=48)  # until it has been read by most


@dataclass(frozen=True, slots=True)
class Choice:
    """One way out for one cohort; ``value`` names it with the revisions that it was made from."""

    way: WayOut
    value: str
    substitute: Substitute | None = None


@dataclass(frozen=True, slots=True)
class ToRing:
    """One meeting that is so near that a letter may come too late, and those who expect it."""

    meeting: Meeting
    people: Sequence[Attendee]


@dataclass(frozen=True, slots=True)
class Concerned:
    """One cohort with meetings that cannot be led: the ways out, the best of them first."""

    repair: Repair
    choices: Sequence[Choice]
    to_ring: Sequence[ToRing]

    @property
    def cohort(self) -> Cohort:
        """The cohort."""
        return self.repair.cohort

    @property
    def field(self) -> str:
        """What the choice is called in the form."""
        return f"grupp-{self.cohort.pk}"

    def chosen(self, value: str | None) -> Choice | None:
        """Return the choice with this value, None if it is not offered any more."""
        return next((one for one in self.choices if one.value == value), None)


def concerned_by(
    leader: User, leaders: QuerySet[User], first_on: date, last_on: date, *, now: datetime
) -> list[Concerned]:
    """Return what can become of each cohort that a leader cannot lead on some days, soonest first.

    ``leaders`` are those who could be asked. Meetings so near that people would not hear of a new
    day in time are best led by somebody else; the others are best moved.
    """
    return [
        Concerned(
            repair,
            _choices(repair, free_for_all(repair.away, leaders), now=now),
            to_ring(one for one in repair.away if one.starts_at - now < A_LETTER_TAKES),
        )
        for repair in repairs_for(leader.pk, first_on, last_on, now=now)
    ]


def to_ring(meetings: Iterable[Meeting]) -> list[ToRing]:
    """Return the meetings, each with those who have not said no."""
    return [
        ToRing(meeting, [one for one in people_at(meeting) if one.is_expected])
        for meeting in meetings
    ]


def _choices(repair: Repair, free: Sequence[Substitute], *, now: datetime) -> list[Choice]:
    seen = " ".join(f"{one.pk}/{one.sequence}" for one in repair.away)
    others = [
        Choice(WayOut.SUBSTITUTE, f"{WayOut.SUBSTITUTE} {one.user.pk} {seen}", one) for one in free
    ]
    moves = [Choice(WayOut.MOVE, f"{WayOut.MOVE} {repair.signature}")] if repair.moves else []
    is_near = repair.away[0].starts_at - now < NOTICE
    return [
        *(others + moves if is_near else moves + others),
        Choice(WayOut.LEAVE, str(WayOut.LEAVE)),
        Choice(WayOut.CALL_OFF, f"{WayOut.CALL_OFF} {seen}"),
    ]
