"""The period whose aid counts toward a ceiling, looked at anew for each grant.

Decides by calendar years, never by numbers of days: aid of 15 March 2024 counts on 15 March 2027
and not on 16 March 2027. Three years before 29 February is 28 February.

**Source:** Reg. (EU) 2023/2831 Art. 3(2) and recital 11 (any period of three years); Reg. (EEC,
Euratom) No 1182/71 Art. 3 (periods in years); Reg. (EU) No 1407/2013 Art. 3(5) (fiscal years).
That both ends count is policy (``window_edge``).
"""

from dataclasses import dataclass
from datetime import date, timedelta

from deminimis.engine.facts import FiscalYearEnd

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Window:
    """``years`` rolling years back from the grant, or the current and the earlier fiscal years."""

    years: int
    fiscal: bool

    @property
    def word(self) -> str:
        """The window as the data writes it: ``rolling3``, ``fiscal3``."""
        return f"{'fiscal' if self.fiscal else 'rolling'}{self.years}"


def opens_on(window: Window, on: date, year_end: FiscalYearEnd, *, edge_counts: bool) -> date:
    """Return the first day whose aid counts for a grant on the day ``on``."""
    if window.fiscal:
        ends = on.year if on <= _last_day(on.year, year_end) else on.year + 1
        return day_after(_last_day(ends - window.years, year_end))
    opens = _in_year(on.year - window.years, on.month, on.day)
    return opens if edge_counts else day_after(opens)


def leaves_on(
    window: Window, granted: date, year_end: FiscalYearEnd, *, edge_counts: bool
) -> date | None:
    """Return the first day on which aid of the day ``granted`` no longer counts.

    None after the last day a calendar can name.
    """
    if granted.year + window.years + 1 > date.max.year:
        return None
    if window.fiscal:
        ends = granted.year if granted <= _last_day(granted.year, year_end) else granted.year + 1
        return _last_day(ends + window.years - 1, year_end) + ONE_DAY
    day = _in_year(granted.year + window.years, granted.month, granted.day)
    while opens_on(window, day, year_end, edge_counts=edge_counts) <= granted:
        day += ONE_DAY
    return day


def _last_day(year: int, year_end: FiscalYearEnd) -> date:
    return _in_year(year, year_end.month, year_end.day)


def _in_year(year: int, month: int, day: int) -> date:
    """Return that day of that year; 28 February for a 29th that the year lacks."""
    if year < date.min.year:
        return date.min
    try:
        return date(year, month, day)
    except ValueError:  # only 29 February can be missing
        return date(year, 2, 28)


def day_after(day: date) -> date:
    """Return the next day; the last day a calendar can name stays."""
    return day + ONE_DAY if day < date.max else day
