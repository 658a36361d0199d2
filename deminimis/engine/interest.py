"""Interest on aid that is to be paid back.

Decides: from the day the aid was given until the day it is paid back, compounded once a year. The
rate is told by the one who decides: the Commission publishes it, and it is fixed anew each year.

**Source:** Reg. (EC) No 794/2004 Art. 9 and 11; lag (2013:388) om tillämpning av
Europeiska unionens statsstödsregler 4 § (interest from the day the aid was at the receiver's
disposal).
"""

from datetime import date
from decimal import Decimal

from deminimis.engine.money import EXACT, half_up

DAYS_A_YEAR = 365
PERCENT = Decimal(100)


def interest_sek(sek: Decimal, percent: Decimal, *, since: date, until: date) -> Decimal:
    """Return the interest in kronor, half up to the öre; 0 where no day has passed.

    1 000 kr at 5 % from 1 March 2024 to 1 March 2026 is 102,50: 50 the first year, 52,50 the next.
    """
    owed, day = sek, since
    rate = EXACT.divide(percent, PERCENT)
    while (later := _a_year_after(day)) <= until:
        owed = EXACT.add(owed, EXACT.multiply(owed, rate))
        day = later
    part = EXACT.divide(Decimal(max(0, (until - day).days)), Decimal(DAYS_A_YEAR))
    owed = EXACT.add(owed, EXACT.multiply(EXACT.multiply(owed, rate), part))
    return half_up(EXACT.subtract(owed, sek))


def _a_year_after(day: date) -> date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:  # 29 February
        return date(day.year + 1, 2, 28)
