"""Exchange rates for days that the European Central Bank has not published yet, plainly invented.

With them the aid rule can be followed in example mode on any day; they are marked "example" in
the table and give way to real rates as soon as those are loaded.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from random import Random

SATURDAY = 5
# The most that a rate moves from one day to the next here, in either direction.
DAILY_STEP = Decimal("0.003")
PRECISION = Decimal("0.0001")


def rates_after(
    last_on: date, last_rate: Decimal, *, until: date, chance: Random
) -> Iterator[tuple[date, Decimal]]:
    """Yield a rate for each weekday after ``last_on`` until ``until``, both ends as they read."""
    rate, on = last_rate, last_on + timedelta(days=1)
    while on <= until:
        if on.weekday() < SATURDAY:
            step = DAILY_STEP * chance.randint(-100, 100) / 100
            rate = (rate * (1 + step)).quantize(PRECISION)
            yield on, rate
        on += timedelta(days=1)
