"""Facts for the tests of the engine: company A asks for a place on 4 May 2026."""

from datetime import date
from decimal import Decimal
from typing import Any

from deminimis.engine import (
    Basis,
    Decision,
    Enterprise,
    Event,
    EventType,
    Facts,
    Law,
    Link,
    NewAid,
    PriorAid,
    assess,
)
from deminimis.engine.law_reading import built_in_law

GRANT_DAY = date(2026, 5, 4)
RATES = {date(2024, 3, 15): Decimal("11.2674"), date(2026, 5, 4): Decimal("10.8350")}
LAW: Law = built_in_law(RATES)
COMPANIES = tuple(Enterprise(id=name) for name in "ABCNSXY")


def day(text: str) -> date:
    return date.fromisoformat(text)


def aid(name: str, eur: str, on: str, beneficiary: str = "A", **more: Any) -> PriorAid:
    return PriorAid(
        **{
            "id": name,
            "beneficiary": beneficiary,
            "granted_on": day(on),
            "amount": Decimal(eur),
            "regulation": "2023/2831",
            **more,
        }
    )


def asking(*prior: PriorAid, eur: str = "2000.00", on: str = "2026-05-04", **more: Any) -> Facts:
    return Facts(
        **{
            "regulation": "2023/2831",
            "applicant": "A",
            "enterprises": COMPANIES,
            "prior_aid": prior,
            "new_aid": NewAid(on=day(on), amount=Decimal(eur)),
            **more,
        }
    )


def votes(owner: str, owned: str, pct: str = "100", **more: Any) -> Link:
    return Link(owner=owner, owned=owned, basis=Basis.VOTES, pct=Decimal(pct), **more)


def merger(into: str, *sources: str, on: str = "2026-04-01") -> Event:
    return Event(type=EventType.MERGER, on=day(on), sources=sources, into=(into,))


def split(source: str, on: str = "2026-04-01", **more: Any) -> Event:
    equity = {name: Decimal(value) for name, value in more.pop("equity", {}).items()}
    return Event(type=EventType.SPLIT, on=day(on), sources=(source,), equity=equity, **more)


def purchase(seller: str, buyer: str, on: str = "2026-04-01") -> Event:
    return Event(type=EventType.ASSET_PURCHASE, on=day(on), sources=(seller,), into=(buyer,))


def decided(facts: Facts, law: Law = LAW) -> Decision:
    return assess(facts, law)


def trace(facts: Facts, law: Law = LAW) -> list[tuple[str, str, str]]:
    return [(line.aid, line.code.value, f"{line.eur:.2f}") for line in assess(facts, law).trace]
