"""Where an earlier aid is after mergers, splits and purchases of assets.

Decides: a merger moves all aid of the parties to the new undertaking. A split moves an aid to the
one that kept the activity it was used for; where nobody has said which, to each in proportion to
the book value of its equity that day, rounded up to the cent. If equity gives no proportion (a
negative value, a zero sum), or if assets were bought, the law leaves it open: a doubt for a person.
An event has effect on its own day. Events of one day are taken in the order given.

Does not know: which assets an aid was tied to.

**Source:** Reg. (EU) 2023/2831 Art. 3(8) and 3(9). The order on one day is policy.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from deminimis.engine.facts import Event, PriorAid
from deminimis.engine.kinds import EventType
from deminimis.engine.money import ZERO, share
from deminimis.engine.outcomes import Rule


@dataclass(slots=True)
class Holders:
    """Who an aid counts for, with the euro each; and who it may count for, with the doubt."""

    eur: dict[str, Decimal]
    doubts: dict[str, set[Rule]] = field(default_factory=dict)


def until(events: Iterable[Event], on: date) -> tuple[Event, ...]:
    """Return the events that have happened by the day ``on``, the earliest first."""
    return tuple(sorted((e for e in events if e.on <= on), key=lambda e: e.on))


def successors(past: Sequence[Event]) -> dict[str, str]:
    """Return, for each enterprise that has merged into another, the one that is left today."""
    merged: dict[str, str] = {}
    for event in past:
        if event.type is not EventType.MERGER:
            continue
        heir = event.into[0]
        gone = {source for source in event.sources if source != heir}
        merged = {old: heir if left in gone else left for old, left in merged.items()}
        merged |= dict.fromkeys(gone, heir)
        merged.pop(heir, None)
    return merged


def holders(aid: PriorAid, eur: Decimal, past: Sequence[Event]) -> Holders:
    """Return who holds ``aid``, worth ``eur``, once the events in ``past`` have happened.

    Aid granted after a split or a purchase was not part of it. Aid entered in the name of somebody
    who had already merged is the successor's.
    """
    held = Holders({aid.beneficiary: eur})
    for event in past:
        if event.type is EventType.MERGER:
            _merge(held, event)
        elif aid.granted_on is None or aid.granted_on <= event.on:
            if event.type is EventType.SPLIT:
                _split(held, event, aid.id)
            else:
                _purchase(held, event)
    return held


def _merge(held: Holders, event: Event) -> None:
    heir = event.into[0]
    for source in event.sources:
        if source == heir:
            continue
        if source in held.eur:
            held.eur[heir] = held.eur.get(heir, ZERO) + held.eur.pop(source)
        if source in held.doubts:
            held.doubts.setdefault(heir, set()).update(held.doubts.pop(source))


def _split(held: Holders, event: Event, aid_id: str) -> None:
    source = event.sources[0]
    eur = held.eur.pop(source, None)
    doubts = held.doubts.pop(source, set())
    if eur is None and not doubts:
        return
    parts = _parts(event, aid_id)
    whole = sum(parts.values(), ZERO)
    if not parts:
        named = {source, *event.into, *event.equity, *event.attribution.values()}
        for heir in named:
            held.doubts.setdefault(heir, set()).update(doubts | {Rule.SPLIT_EQUITY_UNDEFINED})
        return
    for heir, part in parts.items():
        if eur is not None:
            held.eur[heir] = held.eur.get(heir, ZERO) + share(eur, part, whole)
        if doubts:
            held.doubts.setdefault(heir, set()).update(doubts)


def _parts(event: Event, aid_id: str) -> dict[str, Decimal]:
    """Return each heir's part of one aid, in any unit; empty where the proportion is undefined."""
    if aid_id in event.attribution:
        return {event.attribution[aid_id]: Decimal(1)}
    if any(equity < 0 for equity in event.equity.values()):
        return {}
    return {heir: equity for heir, equity in event.equity.items() if equity > 0}


def _purchase(held: Holders, event: Event) -> None:
    if event.sources[0] in held.eur or event.sources[0] in held.doubts:
        held.doubts.setdefault(event.into[0], set()).add(Rule.ASSET_PURCHASE)
