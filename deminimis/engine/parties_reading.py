"""Enterprises, their links and what happened to them as JSON become facts, with every fault."""

from deminimis.engine.facts import OTHER_SECTOR, Enterprise, Event, Link
from deminimis.engine.kinds import Basis, EventType, Kind
from deminimis.engine.objects import (
    AN_ENTERPRISE,
    Ids,
    Ignored,
    aid_day,
    day_or_none,
    given,
    one_of,
    percent,
    reference,
    references,
    unique_ids,
)
from ground.reading import Node

_ENTERPRISE = frozenset({"id", "kind", "economic_activity", "sectors", "separation_of_accounts"})
_LINK = frozenset({"owner", "owned", "basis", "pct", "from", "until"})
_EVENT = frozenset({"type", "date", "from", "to", "equity", "attribution"})
_AN_AID = "an earlier aid of this case"


def read_enterprises(node: Node, ignored: Ignored) -> tuple[Enterprise, ...]:
    """Return the enterprises of a case, in the order of the file."""
    items = list(node.items())
    unique_ids(items)
    return tuple(
        Enterprise(
            id=item.get("id").text(),
            kind=one_of(item.get("kind", Kind.ENTERPRISE), Kind, Kind.ENTERPRISE),
            economic_activity=item.get("economic_activity", default=True).flag(),
            sectors=_sectors(item.get("sectors", [OTHER_SECTOR])),
            separation_of_accounts=item.get("separation_of_accounts", default=False).flag(),
        )
        for item in items
        if ignored.beside(item, _ENTERPRISE)
    )


def _sectors(node: Node) -> tuple[str, ...]:
    sectors = tuple(item.text() for item in node.items())
    if node.value == []:
        node.fault("at least one sector")
    return sectors


def read_link(node: Node, ids: Ids, ignored: Ignored) -> Link | None:
    """Return one link; None if it is no object."""
    if not ignored.beside(node, _LINK):
        return None
    owner = reference(node.get("owner"), ids, AN_ENTERPRISE)
    owned = reference(node.get("owned"), ids, AN_ENTERPRISE)
    if owner and owner == owned:
        node.get("owned").fault("another enterprise than the owner")
    basis = one_of(node.get("basis"), Basis, Basis.CONTRACT)
    pct = node.get("pct", None)
    if basis is Basis.VOTES and pct.value is None:
        pct.fault("the share of the votes in percent")
    faults = len(node.faults)
    since, until = (day_or_none(node.get(key, None)) for key in ("from", "until"))
    if len(node.faults) == faults and since and until and until < since:
        node.get("until").fault("a date not before from")
    return Link(
        owner=owner,
        owned=owned,
        basis=basis,
        pct=None if pct.value is None else percent(pct),
        since=since,
        until=until,
    )


def read_event(node: Node, ids: Ids, aid_ids: Ids, ignored: Ignored) -> Event | None:
    """Return one event; None if it is no object. ``aid_ids`` are what it may attribute."""
    if not ignored.beside(node, _EVENT):
        return None
    kind = one_of(node.get("type"), EventType, EventType.MERGER)
    split = kind is EventType.SPLIT
    origin, into = node.get("from"), given(node, "to", []) if split else node.get("to")
    sources = references(origin, ids, AN_ENTERPRISE)
    heirs = references(into, ids, AN_ENTERPRISE)
    equity, attribution = given(node, "equity", {}), given(node, "attribution", {})
    if origin.value == [] or (kind is not EventType.MERGER and len(sources) > 1):
        origin.fault("one enterprise")
    if not split and isinstance(into.value, list) and len(heirs) != 1:
        into.fault("one enterprise")
    if split and not (into.value or equity.value or attribution.value):
        node.fault("equity, attribution or to")
    return Event(
        type=kind,
        on=aid_day(node.get("date")),
        sources=sources,
        into=heirs,
        equity={_key(who, ids, AN_ENTERPRISE, own): own.decimal() for who, own in equity.fields()},
        attribution={
            _key(aid, aid_ids, _AN_AID, heir): reference(heir, ids, AN_ENTERPRISE)
            for aid, heir in attribution.fields()
        },
    )


def _key(name: str, ids: Ids, to: str, value: Node) -> str:
    """Return the name of ``value`` as one of ``ids``."""
    return reference(Node(name, value.path, value.faults), ids, to)
