"""The days on which no meeting is planned.

Swedish public holidays and the days that are holidays in fact: midsommarafton, julafton and
nyårsafton. Sundays are no workdays and need no closing. Knows no school breaks: an administrator
enters those for each municipality.

**Source:** lag (1989:253) om allmänna helgdagar; semesterlag (1977:480) 7 §.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from holidays.countries.sweden import Sweden

Break = tuple[date, date]


def closed_days(first: date, last: date, breaks: Iterable[Break] = ()) -> frozenset[date]:
    """Return the closed days from ``first`` to ``last``, both included.

    A break is closed from its first to its last day, both included.
    """
    sweden = _sweden(first, last)
    closed = {day for day in sweden if first <= day <= last}
    for begins, ends in breaks:
        begin, end = max(begins, first), min(ends, last)
        closed.update(begin + timedelta(days) for days in range((end - begin).days + 1))
    return frozenset(closed)


def named_holidays(first: date, last: date) -> list[tuple[date, str]]:
    """Return the closed days of the whole country in a period with their Swedish names."""
    sweden = _sweden(first, last)
    return [(day, sweden[day]) for day in sorted(sweden) if first <= day <= last]


def _sweden(first: date, last: date) -> "Sweden":
    from holidays.countries.sweden import Sweden  # noqa: PLC0415 -- brings 9 MB: every country

    return Sweden(
        years=range(first.year, last.year + 1),
        include_sundays=False,
        categories=("public", "de_facto"),
        language="sv",
    )
