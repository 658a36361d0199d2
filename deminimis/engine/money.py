"""Euro amounts exact to the cent, whatever decimal context the caller runs in.

Decides how kronor become euro: at the European Central Bank's reference rate of the day, else the
last one published within the days that the policy allows, else not at all. A rate is never guessed.

**Source:** Reg. (EU) 2023/2831 Art. 3(5) (amounts are gross grant equivalents); the choice of rate
is policy (``fx_max_age_days``).
"""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_HALF_UP, Context, Decimal
from typing import NamedTuple

CENT = Decimal("0.01")
ZERO = Decimal("0.00")
# 60 digits hold every product and quotient of two amounts, so that rounding happens once.
EXACT = Context(prec=60)


class Rate(NamedTuple):
    """Kronor for one euro, and the day the rate was published."""

    sek_per_eur: Decimal
    published_on: date


def exact(amount: Decimal) -> Decimal:
    """Return ``amount`` with two decimals.

    :raises ValueError: if it is negative or finer than a cent.
    """
    cents = amount.quantize(CENT, context=EXACT)
    if amount < 0 or cents != amount:
        raise ValueError(f"expected an amount of at least 0 in whole cents, found {amount}")
    return cents


def rate_of(rates: Mapping[date, Decimal], on: date, *, max_age_days: int) -> Rate | None:
    """Return the last rate published on or before ``on``, None if it is older than allowed.

    Published on Friday 15 March 2024, a rate serves until Friday 22 March with seven days.
    """
    day = on
    for _ in range(max_age_days + 1):
        if day in rates:
            return Rate(rates[day], day)
        if day == date.min:
            break
        day -= timedelta(days=1)
    return None


def half_up(amount: Decimal) -> Decimal:
    """Return an amount with two decimals, a half rounded up."""
    return amount.quantize(CENT, ROUND_HALF_UP, EXACT)


def in_euro(sek: Decimal, rate: Rate) -> Decimal:
    """Return kronor as euro, rounded half up to the cent."""
    return half_up(EXACT.divide(sek, rate.sek_per_eur))


def scaled(eur: Decimal, part: Decimal, whole: Decimal) -> Decimal:
    """Return ``part / whole`` of a euro amount, half up to the cent; ``whole`` is above 0."""
    return half_up(EXACT.divide(EXACT.multiply(eur, part), whole))


def share(eur: Decimal, part: Decimal, whole: Decimal) -> Decimal:
    """Return ``part / whole`` of a euro amount, rounded up to the cent; ``whole`` is above 0."""
    return EXACT.divide(EXACT.multiply(eur, part), whole).quantize(CENT, ROUND_CEILING, EXACT)
