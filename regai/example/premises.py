"""Rooms, breaks and working hours of the region: what a planner looks at. All of it is invented."""

from datetime import date, time, timedelta

from accounts.models import User
from cohorts.actions.working import Terms, set_terms, take_time_off
from cohorts.models import Break, Room
from companies.models import Place
from regai.example.diary import Diary
from regai.example.people import COORDINATOR, FACILITATORS

# place, name, street, seats, whether there are no steps
ROOMS = (
    ("umea", "Älven", "Exempelgatan 3", 20, True),
    ("umea", "Björken", "Exempelgatan 3", 10, True),
    ("skelleftea", "Lunchrummet", "Exempelvägen 12", 16, True),
    ("skelleftea", "Nordan", "Exempelvägen 12, tredje våningen", 8, False),
    ("mala", "Biblioteket", "Exempeltorget 1", 12, True),
)
# name, ISO week of the first day, weeks
BREAKS = (("Sportlov", 10, 1), ("Höstlov", 44, 1))
HOURS = {weekday: (time(8), time(17)) for weekday in range(5)}
MOST_A_WEEK = 4
TRAVELS, OFF = "mala", (40, 45)  # whose facilitator is off, and the days from the day


def settle_premises(diary: Diary) -> None:
    """Write the rooms, the breaks of the year ahead, and when the facilitators work."""
    now = diary.moment(-1, time(16))
    towns = dict(Place.objects.exclude(municipality=None).values_list("code", "municipality"))
    Room.objects.bulk_create(
        Room(
            place_id=place,
            name=name,
            address=address,
            seats=seats,
            is_step_free=step_free,
            is_example=True,
        )
        for place, name, address, seats, step_free in ROOMS
        if place in towns
    )
    Break.objects.bulk_create(
        Break(
            municipality_id=municipality,
            name=name,
            first_on=first,
            last_on=first + timedelta(days=7 * weeks - 3),
            is_example=True,
        )
        for name, week, weeks in BREAKS
        for first in [_next_week(diary.day, week)]
        for municipality in sorted(towns.values())
    )
    by = User.objects.get(email=COORDINATOR.email)
    for town, facilitator in FACILITATORS.items():
        user = User.objects.get(email=facilitator.email)
        terms = Terms(hours=HOURS, base=town, serves=[], most_a_week=MOST_A_WEEK)
        set_terms(user_id=user.pk, told=terms, by=by, now=now)
        if town == TRAVELS:
            starts_at, ends_at = (diary.moment(days, time(0)) for days in OFF)
            take_time_off(user_id=user.pk, starts_at=starts_at, ends_at=ends_at, by=by, now=now)


def _next_week(day: date, week: int) -> date:
    """Return the next Monday of an ISO week that begins after ``day``."""
    monday = date.fromisocalendar(day.isocalendar().year, week, 1)
    return monday if monday > day else date.fromisocalendar(day.isocalendar().year + 1, week, 1)
