"""The proposal of a series for one cohort: its facts, the plan, and other ways to have it.

The cohort meets at its own weekday and time, around closed days, the hours and other meetings of
its leader, and in rooms that hold it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from cohorts.models import Cohort, CourseRound
from cohorts.planning import plan_meetings
from cohorts.planning.facts import DIGITAL, Case, Objective, Plan
from cohorts.planning.facts import Cohort as Group
from cohorts.planning.rooms import deal_rooms
from cohorts.queries.meetings import series_of
from cohorts.queries.plan_facts import (
    SLOTS,
    Ground,
    every_weekday,
    people_to_plan_for,
    weekly,
)
from cohorts.rules import GAP_DAYS

__all__ = ["SLOTS", "people_to_plan_for"]
HORIZON = timedelta(weeks=30)
FIRST_WINDOW = timedelta(days=13)


@dataclass(frozen=True, slots=True)
class Wish:
    """What the planner is asked for. ``some_digital``: that meetings may be on a screen."""

    many: int
    first_on: date
    any_weekday: bool = False
    some_digital: bool = False


@dataclass(frozen=True, slots=True)
class Proposed:
    """One proposed meeting: when it starts, how long it lasts, how many of how many can come."""

    starts_at: datetime
    minutes: int
    able: int
    people: int
    place: str
    room_id: int | None


def standing_days(round_: CourseRound) -> list[date]:
    """Return the local dates of the meetings that the round has already, soonest first."""
    return [timezone.localdate(meeting.starts_at) for meeting in series_of(round_)]


def leaves_rhythm(round_: CourseRound, wish: Wish) -> bool:
    """Return whether the wish begins too late for the rhythm with the last meeting that stands."""
    standing = standing_days(round_)
    return bool(standing) and wish.first_on > standing[-1] + timedelta(days=GAP_DAYS[1])


def plan_for(cohort: Cohort, round_: CourseRound, wish: Wish) -> Plan:
    """Return the best series for a cohort's round, or why there is none and what would help."""
    return plan_meetings(case_for(cohort, round_, wish))


def proposed(plan: Plan, case: Case) -> Iterator[Proposed]:
    """Yield the meetings of a plan for one cohort, each with its room and who can come."""
    [group] = case.cohorts.values()
    rooms = deal_rooms(case, plan.meetings) if plan.meetings else {}
    for number, meeting in enumerate(next(iter((plan.meetings or {}).values()), ())):
        slot = SLOTS[meeting.slot]
        at = meeting.on.weekday(), meeting.slot
        room = rooms.get((group.id, number), "")
        yield Proposed(
            starts_at=timezone.make_aware(datetime.combine(meeting.on, slot.start)),
            minutes=_minutes(slot.end) - _minutes(slot.start),
            able=sum(person.can is None or at in person.can for person in group.participants),
            people=len(group.participants),
            place=meeting.place,
            room_id=int(room) if room.isdecimal() else None,
        )


def case_for(cohort: Cohort, round_: CourseRound, wish: Wish) -> Case:
    """Return the facts from which a cohort's series is planned."""
    horizon = wish.first_on, wish.first_on + HORIZON
    at = weekly(cohort.time)
    ground = Ground([cohort.facilitator_id], [cohort.place_id], *horizon)
    places = (cohort.place_id, DIGITAL) if wish.some_digital else (cohort.place_id,)
    group = Group(
        id=str(cohort.pk),
        meetings=wish.many,
        first=_first_window(round_, wish),
        places=tuple(dict.fromkeys(places)),
        facilitators=(str(cohort.facilitator_id),),
        participants=people_to_plan_for(cohort),
        times=every_weekday(at[1]) if wish.any_weekday else frozenset({at}),
    )
    return Case(
        id=str(cohort.pk),
        gap_days=GAP_DAYS,
        horizon=horizon,
        slots=SLOTS,
        km=ground.km,
        travel_minutes=ground.minutes,
        closed=ground.closed,
        facilitators=ground.facilitators,
        rooms=ground.rooms,
        cohorts={group.id: group},
        objective=Objective.SEATS,
    )


def _first_window(round_: CourseRound, wish: Wish) -> tuple[date, date]:
    """Return when the first new meeting may lie: after those that stand, 14 to 28 days.

    After a longer pause it lies from the day that was asked for; a person writes down why.
    """
    standing = standing_days(round_)
    if not standing or leaves_rhythm(round_, wish):
        return wish.first_on, wish.first_on + FIRST_WINDOW
    least, most = (standing[-1] + timedelta(days=gap) for gap in GAP_DAYS)
    return max(least, wish.first_on), most


def _minutes(clock: time) -> int:
    return clock.hour * 60 + clock.minute
