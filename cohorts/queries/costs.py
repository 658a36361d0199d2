"""What a course would cost one person today, and why: told, never binding."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache, partial

from cohorts.models import Interest
from cohorts.queries.fees import stage_in
from cohorts.rules import FeeKind
from cohorts.rules.fees import FeeStage, fee_kind
from deminimis import engine
from deminimis.queries import facts_of, law_now


@dataclass(frozen=True, slots=True)
class CostToday:
    """The price excl. VAT in kronor, what it means for this person, and the rule behind it.

    ``stage`` says besides whether a certificate that would do waits for an officer.
    """

    price_sek: Decimal
    kind: FeeKind
    stage: FeeStage
    rule: engine.Rule


def costs_today(
    interest: Interest, prices_sek: Iterable[Decimal], *, on: date
) -> dict[Decimal, CostToday]:
    """Return the cost of a place at each price, if it were decided on the day ``on``."""
    facts = facts_of(company=interest.company, amount_sek=Decimal(1), case="today", on=on)
    law = law_now()
    stage = cache(partial(stage_in, interest.company))
    costs: dict[Decimal, CostToday] = {}
    for price in set(prices_sek):
        asked = replace(
            facts,
            new_aid=replace(facts.new_aid, amount=price),
            open_and_free_to_all=price == 0,
        )
        decision = engine.assess(asked, law)
        kind = fee_kind(decision)
        costs[price] = CostToday(price, kind, stage(kind), decision.rule)
    return costs
