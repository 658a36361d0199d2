"""How long one assessment takes: 10 earlier aids, a group of 5, a quarter of them over the ceiling.

``python -m benchmarks.assess_aid [number of assessments]``; one core, no database.
"""

import os
import platform
import random
import sys
import time
from datetime import date, timedelta
from decimal import Decimal

from deminimis.engine import (
    Basis,
    Currency,
    Enterprise,
    Facts,
    Law,
    Link,
    NewAid,
    Outcome,
    PriorAid,
    assess,
)
from deminimis.engine.law_reading import built_in_law

ASSESSMENTS = 100_000
DISTINCT = 1_000
GROUP = "ABCDE"
# Owner and owned: a parent with two daughters, one of which has a chain below it.
LINKS = (("A", "B"), ("A", "C"), ("C", "D"), ("D", "E"))
EARLIER_AIDS = 10
SATURDAY = 5
FIRST_DAY = date(2023, 1, 2)
MEAN_CENTS = 2_800_000


def main() -> None:
    """Print seconds, microseconds a case and the machine."""
    assessments = int(sys.argv[1]) if len(sys.argv) > 1 else ASSESSMENTS
    seeded = random.Random(2831)
    law = _law()
    cases = [_facts(seeded) for _ in range(DISTINCT)]
    over = sum(assess(facts, law).outcome is Outcome.FEE for facts in cases)
    start, used = time.perf_counter(), time.process_time()
    for i in range(assessments):
        assess(cases[i % DISTINCT], law)
    seconds, worked = time.perf_counter() - start, time.process_time() - used
    print(f"{assessments} assessments, {over / DISTINCT:.0%} over the ceiling: {seconds:.1f} s")
    print(f"{worked:.1f} s on the core: {worked / assessments * 1e6:.0f} µs a case")
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")


def _law() -> Law:
    days = (FIRST_DAY + timedelta(days=n) for n in range(1_500))
    return built_in_law({day: Decimal("11.2674") for day in days if day.weekday() < SATURDAY})


def _facts(seeded: random.Random) -> Facts:
    return Facts(
        regulation="2023/2831",
        applicant="E",
        enterprises=tuple(Enterprise(id=name) for name in GROUP),
        links=tuple(
            Link(owner=owner, owned=owned, basis=Basis.VOTES, pct=Decimal(100))
            for owner, owned in LINKS
        ),
        prior_aid=tuple(_aid(seeded, n) for n in range(EARLIER_AIDS)),
        new_aid=NewAid(on=date(2026, 5, 4), amount=Decimal("6500.00"), currency=Currency.SEK),
    )


def _aid(seeded: random.Random, n: int) -> PriorAid:
    currency = seeded.choice((Currency.EUR, Currency.SEK))
    cents = seeded.randrange(2 * MEAN_CENTS) * (11 if currency is Currency.SEK else 1)
    return PriorAid(
        id=f"p{n}",
        beneficiary=seeded.choice(GROUP),
        granted_on=FIRST_DAY + timedelta(days=seeded.randrange(1_200)),
        amount=Decimal(cents) / 100,
        currency=currency,
        regulation="2023/2831",
    )


if __name__ == "__main__":
    main()
