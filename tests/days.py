"""Days ahead on which a meeting may stand, whatever day the tests are run on."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from cohorts.planning.closed import closed_days

SATURDAY = 5


def open_days(*ahead: int) -> list[date]:
    """Return the days so many days ahead, all put off by as many days until none is closed."""
    today = timezone.localdate()
    days = [today + timedelta(days=number) for number in ahead]
    while not all(is_open(day) for day in days):
        days = [day + timedelta(days=1) for day in days]
    return days


def is_open(day: date) -> bool:
    """Return whether a day is a workday: no weekend, no holiday."""
    return day.weekday() < SATURDAY and not closed_days(day, day)


def at(day: date, clock: time = time(12)) -> datetime:
    """Return the moment of a local clock on a day; noon unless told."""
    return timezone.make_aware(datetime.combine(day, clock))
