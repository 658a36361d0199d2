"""The facts from which the meetings of one cohort are planned, and the proposal made of them.

Lays out a series on the cohort's own weekday and time, around Swedish holidays and the other
meetings of its facilitator. Rooms are not booked here: a facilitator knows the town's rooms.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from cohorts.models import Cohort, CourseRound, Interest, Meeting
from cohorts.planning import plan_meetings
from cohorts.planning.closed import closed_days
from cohorts.planning.facts import (
    Case,
    DatedSlot,
    Facilitator,
    Objective,
    Participant,
    Plan,
    Slot,
)
from cohorts.planning.facts import Cohort as Group
from cohorts.queries.homes import homes_near, roads
from cohorts.queries.meetings import series_of
from cohorts.rules import GAP_DAYS, EnrolmentState, InvitationState, MeetingState
from cohorts.rules.interests import WEEKDAYS

HORIZON = timedelta(weeks=30)
FIRST_WINDOW = timedelta(days=13)
SLOTS = {
    "morning": Slot("morning", time(9), time(10, 30)),
    "lunch": Slot("lunch", time(12), time(13)),
    "afternoon": Slot("afternoon", time(15), time(16, 30)),
}


@dataclass(frozen=True, slots=True)
class Wish:
    """What the planner is asked for."""

    many: int
    first_on: date
    any_weekday: bool = False


@dataclass(frozen=True, slots=True)
class Proposed:
    """One proposed meeting: when it starts, how long it lasts, how many of how many can come."""

    starts_at: datetime
    minutes: int
    able: int
    people: int


def standing_days(round_: CourseRound) -> list[date]:
    """Return the local dates of the meetings that the round has already, soonest first."""
    return [timezone.localdate(meeting.starts_at) for meeting in series_of(round_)]


def plan_for(cohort: Cohort, round_: CourseRound, wish: Wish) -> Plan:
    """Return the best series for a cohort's round, or why there is none and what would help."""
    return plan_meetings(_case(cohort, round_, wish))


def proposed(plan: Plan, people: Collection[Participant]) -> Iterator[Proposed]:
    """Yield the meetings of a plan for one cohort, with how many of ``people`` can come."""
    for meeting in next(iter((plan.meetings or {}).values()), ()):
        slot = SLOTS[meeting.slot]
        weekly = meeting.on.weekday(), meeting.slot
        yield Proposed(
            starts_at=timezone.make_aware(datetime.combine(meeting.on, slot.start)),
            minutes=_minutes(slot.end) - _minutes(slot.start),
            able=sum(person.can is None or weekly in person.can for person in people),
            people=len(people),
        )


def people_to_plan_for(cohort: Cohort) -> tuple[Participant, ...]:
    """Return the members and those who are invited or drafted, as the planner sees them."""
    home_of = homes_near(cohort.place_id)
    members = Interest.objects.filter(
        enrolments__cohort=cohort, enrolments__state=EnrolmentState.ACTIVE
    )
    asked = Interest.objects.filter(
        invitations__cohort=cohort,
        invitations__state__in=[InvitationState.DRAFT, InvitationState.RELEASED],
    )
    people = (members | asked).distinct().select_related("municipality").order_by("id")
    return tuple(
        Participant(
            id=str(person.pk),
            home=home_of(person),
            can=frozenset(_weekly(code) for code in person.times) or None,
        )
        for person in people
    )


def _case(cohort: Cohort, round_: CourseRound, wish: Wish) -> Case:
    horizon = wish.first_on, wish.first_on + HORIZON
    leader = str(cohort.facilitator_id)
    weekday, slot = _weekly(cohort.time)
    weekdays = WEEKDAYS if wish.any_weekday else (weekday,)
    group = Group(
        id=str(cohort.pk),
        meetings=wish.many,
        first=_first_window(round_, wish),
        places=(cohort.place_id,),
        facilitators=(leader,),
        participants=people_to_plan_for(cohort),
    )
    return Case(
        id=str(cohort.pk),
        gap_days=GAP_DAYS,
        horizon=horizon,
        slots={slot: SLOTS[slot]},
        km=roads("km"),
        travel_minutes=roads("minutes"),
        closed=closed_days(*horizon),
        facilitators={
            leader: Facilitator(
                id=leader,
                base=cohort.place_id,
                weekly=frozenset((day, slot) for day in weekdays),
                busy=frozenset(_busy(cohort, horizon, SLOTS[slot])),
            )
        },
        rooms=(),
        cohorts={group.id: group},
        objective=Objective.SEATS,
        enough_rooms=True,
    )


def _first_window(round_: CourseRound, wish: Wish) -> tuple[date, date]:
    """Return when the first new meeting may lie: after those that stand, 14 to 28 days."""
    standing = standing_days(round_)
    if not standing:
        return wish.first_on, wish.first_on + FIRST_WINDOW
    least, most = (standing[-1] + timedelta(days=gap) for gap in GAP_DAYS)
    return min(max(least, wish.first_on), most), most


def _busy(cohort: Cohort, horizon: tuple[date, date], slot: Slot) -> Iterator[DatedSlot]:
    """Yield the days on which the facilitator leads something else at that time."""
    start, end = (timezone.make_aware(datetime.combine(day, time.min)) for day in horizon)
    others = Meeting.objects.filter(
        facilitator=cohort.facilitator_id,
        state=MeetingState.SCHEDULED,
        starts_at__gte=start,
        starts_at__lt=end + timedelta(days=1),
    )
    for starts_at, minutes in others.values_list("starts_at", "duration_minutes"):
        local = timezone.localtime(starts_at)
        began = local.hour * 60 + local.minute
        if began < _minutes(slot.end) and _minutes(slot.start) < began + minutes:
            yield local.date(), slot.id


def _weekly(code: str) -> tuple[int, str]:
    weekday, _, slot = code.partition("-")
    return int(weekday), slot


def _minutes(clock: time) -> int:
    return clock.hour * 60 + clock.minute
