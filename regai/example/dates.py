"""The days of a cohort: the right weekday, three weeks apart, around the weeks of no meetings."""

from datetime import date, timedelta

from cohorts.planning.closed import closed_days
from regai.example.story import Story

# Days between one meeting and the next, in the order in which they are tried.
GAPS = (21, 28, 14)
# Nobody meets from midsummer to mid-August, nor from Christmas to Epiphany: (month, day) of both.
QUIET = (((6, 19), (8, 16)), ((12, 20), (12, 31)), ((1, 1), (1, 6)))


def first_day(story: Story, on: date, starts: int) -> date:
    """Return the first open day of the story's weekday from ``starts`` days after ``on``."""
    earliest = on + timedelta(days=starts)
    day = earliest + timedelta(days=(int(story.time[0]) - earliest.weekday()) % 7)
    while is_closed(day):
        day += timedelta(days=7)
    return day


def series_from(first: date, many: int) -> list[date]:
    """Return the days of ``many`` meetings, three weeks apart; two or four around quiet weeks."""
    days = [first]
    while len(days) < many:
        later = [days[-1] + timedelta(days=gap) for gap in GAPS]
        open_days = [day for day in later if not is_closed(day)]
        days.append(next((day for day in open_days if not is_quiet(day)), open_days[0]))
    return days


def is_closed(day: date) -> bool:
    """Return whether it is a public holiday, or one in fact."""
    return bool(closed_days(day, day))


def is_quiet(day: date) -> bool:
    """Return whether nobody meets that week."""
    return any(since <= (day.month, day.day) <= until for since, until in QUIET)
