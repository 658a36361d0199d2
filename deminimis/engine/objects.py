"""Small questions to a node of a JSON file that the readers of facts and law share."""

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from deminimis.engine.money import CENT, EXACT, ZERO
from ground.reading import STAND_IN_DATE, Node

E = TypeVar("E", bound=StrEnum)
# What a reference may name; None: anything, since the list itself could not be read.
Ids = frozenset[str] | None

# Aid outside these years is a slip of the pen; nothing could be said about its window.
FIRST_YEAR, LAST_YEAR = 1900, 2199
AN_ENTERPRISE = "an enterprise of this case"
FULL_PCT = Decimal(100)
_STATE = re.compile(r"[A-Z]{2}", re.ASCII)
_PLACE_IN_LIST = re.compile(r"\[\d+\]")


@dataclass(frozen=True, slots=True)
class Ignored:
    """Names in the file that nobody asked about, with the number of times each stood there."""

    times: Counter[str] = field(default_factory=Counter)

    def beside(self, node: Node, known: frozenset[str]) -> bool:
        """Note the names in ``node`` that are not ``known``; return whether it is an object."""
        for key, value in node.fields():
            if key not in known:
                self.times[_PLACE_IN_LIST.sub("[]", value.path)] += 1
        return isinstance(node.value, dict)


def one_of(node: Node, kind: type[E], otherwise: E) -> E:
    """Return this word as a member of ``kind``; ``otherwise`` stands in for a fault."""
    word = node.choice([member.value for member in kind])
    return kind(word) if word else otherwise


def amount(node: Node) -> Decimal:
    """Return this as an amount of at least 0, with two decimals.

    A number with a point and without quotes is refused: amounts are text, never floats.
    """
    if isinstance(node.value, Decimal):
        node.fault('an amount in quotes, such as "1234.50"')
        return ZERO
    value = node.decimal()
    cents = value.quantize(CENT, context=EXACT)
    if value < 0 or cents != value:
        node.fault('an amount of at least 0 with at most two decimals, such as "1234.50"')
        return ZERO
    return abs(cents)  # -0.00 is 0.00


def amount_or_none(node: Node) -> Decimal | None:
    """Return this as an amount, None where the file has nothing or null."""
    return None if node.value is None else amount(node)


def percent(node: Node) -> Decimal:
    """Return this as a number from 0 to 100."""
    value = node.decimal()
    if not 0 <= value <= FULL_PCT:
        node.fault("a percentage from 0 to 100")
        return Decimal(0)
    return value


def aid_day(node: Node) -> date:
    """Return this as a day on which aid may have been granted."""
    day = node.day()
    if node.value == day.isoformat() and not FIRST_YEAR <= day.year <= LAST_YEAR:
        node.fault(f"a date in the years {FIRST_YEAR} to {LAST_YEAR}")
        return STAND_IN_DATE
    return day


def day_or_none(node: Node) -> date | None:
    """Return this as a date, None where the file has nothing or null."""
    return None if node.value is None else node.day()


def reference(node: Node, ids: Ids, to: str) -> str:
    """Return this as one of ``ids``."""
    word = node.text()
    if word and ids is not None and word not in ids:
        node.fault(f"the id of {to}")
        return ""
    return word


def references(node: Node, ids: Ids, to: str) -> tuple[str, ...]:
    """Return this, one id or a list of them, each once."""
    if not isinstance(node.value, list):
        return (reference(node, ids, to),)
    return tuple(dict.fromkeys(reference(item, ids, to) for item in node.items()))


def given(node: Node, key: str, empty: object) -> Node:
    """Return what ``key`` holds, ``empty`` where the file has nothing or null."""
    held = node.get(key, empty)
    return Node(empty, held.path, held.faults) if held.value is None else held


def unique_ids(nodes: list[Node]) -> None:
    """Fault an id that an earlier object of the list has."""
    seen: set[str] = set()
    for node in nodes:
        word = node.value.get("id") if isinstance(node.value, dict) else None
        if not isinstance(word, str):
            continue
        if word in seen:
            node.get("id").fault("an id that no other has")
        seen.add(word)


def state(node: Node) -> str:
    """Return this as the two capitals of a Member State."""
    word = node.text()
    if word and not _STATE.fullmatch(word):
        node.fault("two capitals such as SE")
    return word


def as_object(node: Node) -> dict[str, object]:
    """Return this object's own names and values; none if it is no object."""
    return node.value if isinstance(node.value, dict) else {}
