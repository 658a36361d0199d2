"""The rows of a series of meetings: proposed, posted, added."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.http import QueryDict
from django.utils import timezone

from cohorts.forms.staff_meetings import MINUTES
from cohorts.forms.staff_series import MOST_MEETINGS, PREFIX, BaseSeries, SeriesFormSet
from cohorts.models import Cohort, CourseRound
from cohorts.queries import series as queries
from cohorts.queries.choices import place_choices
from cohorts.queries.meetings import as_they_stand, series_of
from cohorts.queries.occupied import named_closed_days
from cohorts.queries.rooms import open_rooms
from cohorts.queries.series import Proposed
from cohorts.queries.week_grid import GridWeek, weeks_of
from cohorts.rules import GAP_DAYS

A_WEEK = timedelta(days=7)
MIDDLE_GAP = timedelta(days=sum(GAP_DAYS) // 2)


def bound(posted: QueryDict, round_: CourseRound) -> BaseSeries:
    """Return the rows as they were posted, to be checked."""
    return SeriesFormSet(
        posted,
        prefix=PREFIX,
        form_kwargs={"places": place_choices(), "rooms": list(open_rooms())},
        standing=as_they_stand(series_of(round_)),
        now=timezone.now(),
    )


def rows_for(
    cohort: Cohort,
    round_: CourseRound,
    initial: Sequence[dict[str, Any]],
    *,
    gap_reason: str = "",
) -> BaseSeries:
    """Return rows to edit; at least one, so that there is something to fill in."""
    return SeriesFormSet(
        initial=list(initial) or [next_row(cohort, [])],
        prefix=PREFIX,
        form_kwargs={"places": place_choices(), "rooms": list(open_rooms())},
        standing=as_they_stand(series_of(round_)),
        gap_reason=gap_reason,
        now=timezone.now(),
    )


def rows_posted(posted: QueryDict) -> list[dict[str, Any]]:
    """Return the rows as they were typed, those to be left out left out."""
    total = posted.get(f"{PREFIX}-TOTAL_FORMS", "0")
    many = min(int(total), MOST_MEETINGS) if total.isdecimal() else 0
    prefixes = [f"{PREFIX}-{number}-" for number in range(many)]
    return [
        {name.removeprefix(prefix): told for name, told in posted.items() if prefix in name}
        for prefix in prefixes
        if f"{prefix}DELETE" not in posted
    ]


def told_of_proposed(cohort: Cohort, one: Proposed) -> dict[str, Any]:
    """Return a proposed meeting as a row."""
    local = timezone.localtime(one.starts_at)
    return {
        "on": local.date(),
        "at": local.time(),
        "minutes": one.minutes,
        "place": one.place,
        "room": one.room_id,
        "address": "" if one.room_id or one.place != cohort.place_id else cohort.place.address,
    }


def next_row(cohort: Cohort, rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return a row to follow ``rows``: as the last of them, three weeks later."""
    _weekday, _sep, time_of_day = cohort.time.partition("-")
    slot = queries.SLOTS[time_of_day]
    usual = {
        "at": slot.start,
        "minutes": MINUTES[time_of_day],
        "place": cohort.place_id,
        "address": cohort.place.address,
    }
    if not rows:
        return usual
    try:
        on: date | None = date.fromisoformat(rows[-1].get("on", "")) + MIDDLE_GAP
    except (ValueError, OverflowError):
        on = None
    return {**usual, **rows[-1], "on": on}


def first_day(cohort: Cohort, round_: CourseRound) -> date:
    """Return the first day a new meeting may lie on: after those that stand, and not today."""
    standing = queries.standing_days(round_)
    tomorrow = timezone.localdate() + timedelta(days=1)
    if standing:
        return max(tomorrow, standing[-1] + timedelta(days=GAP_DAYS[0]))
    return max(tomorrow, round_.starts_on or cohort.starts_on)


def weeks_shown(cohort: Cohort, round_: CourseRound, starts: Sequence[datetime]) -> list[GridWeek]:
    """Return the calendar around the proposed meetings and those that stand."""
    new = [timezone.localdate(one) for one in starts]
    standing = queries.standing_days(round_)
    every = [*new, *standing]
    if not every:
        return []
    closed = named_closed_days(cohort.place_id, min(every) - A_WEEK, max(every) + 3 * A_WEEK)
    return weeks_of(new=new, standing=standing, closed=closed)
