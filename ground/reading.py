"""Reading a JSON file that somebody else wrote, and saying all that is wrong with it at once.

A ``Node`` is one value with its place in the file. Each question to it gives a value of the
asked kind, or writes down a fault and gives a harmless stand-in, so that reading goes on and
every fault is found in one go. Nothing that was read may be used before ``refuse_if_faulty``.
"""

import json
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

_DECIMAL = re.compile(r"-?(0|[1-9]\d{0,14})(\.\d{1,10})?", re.ASCII)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
# Half a character: JSON can spell it ("\\ud800"), UTF-8 cannot write it.
_HALF = re.compile("[\ud800-\udfff]")
LARGEST_WHOLE_NUMBER = 10**15
_PAIR = 2
STAND_IN_DATE = date(1, 1, 1)
NO_DEFAULT: Any = object()


class Malformed(Exception):
    """The input cannot be read; ``faults`` says where and what was expected, a line each."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Node:
    """One value of the file, the path to it, and the faults found in the whole file so far."""

    value: Any
    path: str = "$"
    faults: list[str] = field(default_factory=list)

    def fault(self, expected: str) -> None:
        """Write down that this value is not what was expected."""
        self.faults.append(f"{self.path}: expected {expected}, found {_shown(self.value)}")

    def refuse_if_faulty(self) -> None:
        """End the reading.

        :raises Malformed: if any fault was found anywhere in the file.
        """
        if self.faults:
            raise Malformed(self.faults)

    def keys(self) -> list[str]:
        """Return the names in this object, in the order of the file."""
        return list(self._of(dict, "an object", {}))

    def has(self, key: str) -> bool:
        """Return whether this object names ``key``."""
        return isinstance(self.value, dict) and key in self.value

    def get(self, key: str, default: Any = NO_DEFAULT) -> "Node":
        """Return what ``key`` holds, or ``default``; without a default a missing key is a fault."""
        values = self._of(dict, "an object", {})
        path = f"{self.path}.{key}"
        if key in values:
            return Node(values[key], path, self.faults)
        if default is NO_DEFAULT:
            if isinstance(self.value, dict):
                self.faults.append(f"{path}: expected a value, found nothing")
            return Node(_MISSING, path, self.faults)
        return Node(default, path, self.faults)

    def fields(self) -> Iterator[tuple[str, "Node"]]:
        """Yield each name in this object with its value."""
        for key, value in self._of(dict, "an object", {}).items():
            name = key if key.isprintable() else json.dumps(key)
            yield key, Node(value, f"{self.path}.{name}", self.faults)

    def items(self) -> Iterator["Node"]:
        """Yield each value in this list."""
        for i, value in enumerate(self._of(list, "a list", [])):
            yield Node(value, f"{self.path}[{i}]", self.faults)

    def pair(self) -> tuple["Node", "Node"]:
        """Return the two values of this list, in order."""
        if isinstance(self.value, list) and len(self.value) == _PAIR:
            first, second = self.items()
            return first, second
        if self.value is not _MISSING:
            self.fault("a list of two values")
        return Node(_MISSING, self.path, self.faults), Node(_MISSING, self.path, self.faults)

    def given(self, key: str) -> bool:
        """Return whether this object names ``key`` with a value other than null."""
        return isinstance(self.value, dict) and self.value.get(key) is not None

    def text(self) -> str:
        """Return this as a string that is not empty."""
        if self.value is _MISSING:
            return ""
        if not isinstance(self.value, str) or not self.value or _HALF.search(self.value):
            self.fault("a text")
            return ""
        return self.value

    def choice(self, allowed: Collection[str]) -> str:
        """Return this as one of the ``allowed`` words."""
        if self.value is _MISSING:
            return ""
        if not isinstance(self.value, str) or self.value not in allowed:
            self.fault("one of " + ", ".join(sorted(allowed)))
            return ""
        return self.value

    def flag(self) -> bool:
        """Return this as true or false."""
        return bool(self._of(bool, "true or false", default=False))

    def whole(self, least: int | None = None) -> int:
        """Return this as a whole number, not under ``least``."""
        expected = "a whole number" if least is None else f"a whole number of at least {least}"
        if self.value is _MISSING:
            return 0
        if isinstance(self.value, bool) or not isinstance(self.value, int):
            self.fault(expected)
            return 0
        if abs(self.value) > LARGEST_WHOLE_NUMBER or (least is not None and self.value < least):
            self.fault(expected)
            return 0
        return self.value

    def decimal(self) -> Decimal:
        """Return this as an exact number, written as a string ("12.50") or a whole number."""
        if self.value is _MISSING:
            return Decimal(0)
        written = str(self.value) if type(self.value) in (int, Decimal) else self.value
        if not isinstance(written, str) or not _DECIMAL.fullmatch(written):
            self.fault('a decimal number such as "1234.50"')
            return Decimal(0)
        return Decimal(written)

    def day(self) -> date:
        """Return this as a calendar date (2026-11-22)."""
        if self.value is _MISSING:
            return STAND_IN_DATE
        if isinstance(self.value, str) and _DATE.fullmatch(self.value):
            try:
                return date.fromisoformat(self.value)
            except ValueError:
                pass
        self.fault("a date such as 2026-11-22")
        return STAND_IN_DATE

    def _of(self, kind: type, expected: str, default: Any) -> Any:
        if self.value is _MISSING:
            return default
        if not isinstance(self.value, kind):
            self.fault(expected)
            return default
        return self.value


class _Missing:
    """What a key that is not there holds: already a fault, never a second one."""


_MISSING = _Missing()


class _Twice(dict[str, Any]):
    """An object of the file that names a key twice; ``doubled`` are those names."""

    doubled: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _NoNumber:
    """NaN or Infinity, which JSON does not have."""

    word: str


def parse(text: str) -> Node:
    """Return the root of a JSON text; numbers with a decimal point are read exactly.

    :raises Malformed: if it is not JSON, names a key twice in one object, or holds NaN or Infinity.
    """
    slips: list[object] = []

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) == len(pairs):
            return found
        twice = _Twice(found)
        names = [name for name, _ in pairs]
        twice.doubled = tuple(name for name in found if names.count(name) > 1)
        slips.append(twice)
        return twice

    def refused(word: str) -> _NoNumber:
        slips.append(word)
        return _NoNumber(word)

    try:
        value = json.loads(
            text, object_pairs_hook=once, parse_float=Decimal, parse_constant=refused
        )
    except (ValueError, ArithmeticError) as wrong:  # the latter: an exponent past all bounds
        raise Malformed([f"$: expected JSON, found {wrong}"]) from wrong
    except RecursionError as wrong:
        raise Malformed(["$: expected JSON, found objects nested too deep"]) from wrong
    root = Node(value)
    if slips:
        _fault_slips(root)
        root.refuse_if_faulty()
    return root


def _fault_slips(root: Node) -> None:
    """Fault each name that stands twice and each NaN, in the order of the file."""
    ahead = [root]
    while ahead:
        node = ahead.pop()
        if isinstance(node.value, _NoNumber):
            node.faults.append(f"{node.path}: expected a number, found {node.value.word}")
        elif isinstance(node.value, _Twice):
            node.faults.extend(
                f"{node.path}: expected each name once, found {_shown(name)} twice"
                for name in node.value.doubled
            )
        if isinstance(node.value, dict):
            ahead += reversed([inner for _, inner in node.fields()])
        elif isinstance(node.value, list):
            ahead += reversed(list(node.items()))


def _shown(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    longest = 60
    return text if len(text) <= longest else text[:longest] + "…"
