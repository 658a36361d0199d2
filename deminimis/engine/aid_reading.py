"""Earlier aid and the new aid as JSON become facts, with every fault of them listed."""

from datetime import date
from decimal import Decimal

from deminimis.engine.facts import OTHER_SECTOR, NewAid, PriorAid, SameCosts
from deminimis.engine.kinds import NEVER_GRANTED, AidStatus, Currency
from deminimis.engine.objects import (
    AN_ENTERPRISE,
    FIRST_YEAR,
    LAST_YEAR,
    Ids,
    Ignored,
    aid_day,
    amount,
    amount_or_none,
    day_or_none,
    one_of,
    percent,
    reference,
    state,
)
from ground.reading import STAND_IN_DATE, Node

_PRIOR = frozenset(
    {
        "id",
        "beneficiary",
        "granted_on",
        "year",
        "amount",
        "currency",
        "notified_eur",
        "regulation",
        "granting_state",
        "status",
        "status_on",
        "confirmed",
        "reduced_to",
        "transparent",
    }
)
_NEW = frozenset(
    {
        "date",
        "amount",
        "currency",
        "activity",
        "scheme_fixed_sum",
        "same_costs",
        "export_linked",
        "participant_role",
    }
)
_SAME_COSTS = frozenset({"other_aid_pct", "de_minimis_pct", "max_intensity_pct"})


def read_prior_aid(node: Node, ids: Ids, listed: Ids, ignored: Ignored) -> PriorAid | None:
    """Return one earlier aid; ``listed`` are the words that its regulation may be, None for any."""
    if not ignored.beside(node, _PRIOR):
        return None
    status = one_of(node.get("status", AidStatus.GRANTED), AidStatus, AidStatus.GRANTED)
    status_on = day_or_none(node.get("status_on", None))
    confirmed = node.get("confirmed", default=False).flag()
    if confirmed and status_on is None and status in {AidStatus.RENOUNCED, AidStatus.REDUCED}:
        node.get("status_on", None).fault("the date from which it holds")
    regulation = node.get("regulation")
    return PriorAid(
        id=node.get("id").text(),
        beneficiary=reference(node.get("beneficiary"), ids, AN_ENTERPRISE),
        granted_on=_granted_on(node, status),
        declared_by_year=_stands(node, "year") and not _stands(node, "granted_on"),
        amount=amount(node.get("amount")),
        currency=one_of(node.get("currency", Currency.EUR), Currency, Currency.EUR),
        notified_eur=amount_or_none(node.get("notified_eur", None)),
        regulation=regulation.text() if listed is None else regulation.choice(listed),
        granting_state=state(node.get("granting_state", "SE")),
        status=status,
        status_on=status_on,
        confirmed=confirmed,
        reduced_to=_reduced_to(node, status),
        transparent=node.get("transparent", default=True).flag(),
    )


def _granted_on(node: Node, status: AidStatus) -> date | None:
    """Return the day of the grant; of a line declared only by year, its 31 December."""
    if _stands(node, "granted_on"):
        day = aid_day(node.get("granted_on"))
        if _stands(node, "year") and _year(node) not in {day.year, None}:
            node.get("year").fault("the year of granted_on")
        return day
    if _stands(node, "year"):
        year = _year(node)
        return STAND_IN_DATE if year is None else date(year, 12, 31)
    if status in NEVER_GRANTED:
        return None
    node.get("granted_on", None).fault("a date, or a year instead")
    return STAND_IN_DATE


def _year(node: Node) -> int | None:
    faults = len(node.faults)
    year = node.get("year").whole()
    if len(node.faults) == faults and not FIRST_YEAR <= year <= LAST_YEAR:
        node.get("year").fault(f"a year from {FIRST_YEAR} to {LAST_YEAR}")
    return year if len(node.faults) == faults else None


def _reduced_to(node: Node, status: AidStatus) -> Decimal | None:
    reduced = node.get("reduced_to", None)
    value = amount_or_none(reduced)
    if value is None and status is AidStatus.REDUCED:
        reduced.fault("what the aid was reduced to")
    granted = Node(node.get("amount", None).value)  # its own faults are written down elsewhere
    limit = amount(granted)
    if value is not None and not granted.faults and value > limit:
        reduced.fault("an amount not above the aid")
    return value


def _stands(node: Node, key: str) -> bool:
    return node.get(key, None).value is not None


def read_new_aid(node: Node, ignored: Ignored) -> NewAid:
    """Return the aid that is asked for."""
    if not ignored.beside(node, _NEW):
        return NewAid(on=STAND_IN_DATE, amount=Decimal(0))
    return NewAid(
        on=aid_day(node.get("date")),
        amount=amount(node.get("amount")),
        currency=one_of(node.get("currency", Currency.EUR), Currency, Currency.EUR),
        activity=node.get("activity", OTHER_SECTOR).text(),
        scheme_fixed_sum=_fixed(node.get("scheme_fixed_sum", None)),
        same_costs=_same_costs(node.get("same_costs", None), ignored),
        export_linked=node.get("export_linked", default=False).flag(),
        participant_role=_participant_role(node),
    )


def _participant_role(node: Node) -> str:
    return node.get("participant_role").text() if _stands(node, "participant_role") else ""


def _same_costs(node: Node, ignored: Ignored) -> SameCosts | None:
    if node.value is None or not ignored.beside(node, _SAME_COSTS):
        return None
    return SameCosts(
        other_aid_pct=percent(node.get("other_aid_pct")),
        de_minimis_pct=percent(node.get("de_minimis_pct")),
        max_intensity_pct=percent(node.get("max_intensity_pct")),
    )


def _fixed(node: Node) -> bool:
    """Return whether the scheme fixes the sum; a file may say so by yes or no, or name the sum."""
    if node.value is None or isinstance(node.value, bool):
        return bool(node.value)
    amount(node)
    return True
