"""The days of a cohort: the right weekday, three weeks apart, around the weeks of no meetings."""

from datetime import date, timedelta

from regai.example.stories import Story

# Days between one meeting and the next, in the order in which they are tried.
GAPS = (21, 28, 14)
# Nobody meets from midsummer to mid-August, nor from Christmas to Epiphany: (month, day) of both.
RED = frozenset({(1, 1), (1, 6), (5, 1), (6, 6), (12, 24), (12, 25), (12, 26), (12, 31)})
QUIET = (((6, 19), (8, 16)), ((12, 20), (12, 31)), ((1, 1), (1, 6)))


def first_day(story: Story, on: date, starts: int) -> date:
    """Return the first day of the story's weekday from ``starts`` days after ``on``; no red day."""
    earliest = on + timedelta(days=starts)
    day = earliest + timedelta(days=(int(story.time[0]) - earliest.weekday()) % 7)
    while (day.month, day.day) in RED:
        day += timedelta(days=7)
    return day


def series_from(first: date, many: int) -> list[date]:
    """Return the days of ``many`` meetings, three weeks apart; two or four around quiet weeks."""
    days = [first]
    while len(days) < many:
        later = [days[-1] + timedelta(days=gap) for gap in GAPS]
        days.append(next((day for day in later if not is_quiet(day)), later[1]))
    return days


def is_quiet(day: date) -> bool:
    """Return whether nobody meets that week."""
    return any(since <= (day.month, day.day) <= until for since, until in QUIET)
