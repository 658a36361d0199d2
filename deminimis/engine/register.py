"""The last day to enter a grant in the national register.

Decides by Swedish working days: Saturdays, Sundays and public holidays are off. Eves (Midsummer,
Christmas, New Year) count as working days, which is the safe side: the day comes earlier. The day
of the grant is not counted: granted on Monday 2 March 2026, due on Monday 30 March 2026.

**Source:** Reg. (EU) 2023/2831 Art. 6(1) (20 working days); Reg. (EEC, Euratom) No 1182/71 Art.
2(2) and 3(1); Swedish Act (1989:253) on public holidays. That eves count is policy.
"""

from datetime import date, timedelta
from functools import cache

import holidays

WORKING_DAYS_TO_ENTER = 20
SATURDAY = 5
ONE_DAY = timedelta(days=1)


def register_due_on(granted_on: date) -> date:
    """Return the last day on which a grant of that day may be entered in the register."""
    day = granted_on
    for _ in range(WORKING_DAYS_TO_ENTER):
        day += ONE_DAY
        while not is_working_day(day):
            day += ONE_DAY
    return day


def is_working_day(day: date) -> bool:
    """Return whether offices are open by law that day."""
    return day.weekday() < SATURDAY and day not in _public_holidays(day.year)


@cache
def _public_holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("SE", years=year))
