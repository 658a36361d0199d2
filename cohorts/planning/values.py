"""The kinds of value that a case file holds beyond plain words and numbers."""

import re
from collections.abc import Callable, Collection
from datetime import date, time
from typing import TypeVar

from cohorts.planning.facts import DatedSlot, Pair, WeeklySlot
from ground.reading import STAND_IN_DATE, Node

_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)", re.ASCII)
_SUNDAY = 6
_FIRST_YEAR = 1900
_LAST_YEAR = 2200
_Read = TypeVar("_Read")
_Ordered = TypeVar("_Ordered", int, date, time)


def distances(node: Node) -> dict[Pair, int]:
    """Return the numbers of an object such as {"umea-mala": 200}, in both directions."""
    distances: dict[Pair, int] = {}
    for key, value in node.fields():
        distance = value.whole(0)
        ends = [(key[:i], key[i + 1 :]) for i, letter in enumerate(key) if letter == "-"]
        if not any(one and other for one, other in ends):
            value.fault("two towns such as umea-mala as the name of a distance")
        for one, other in ends:
            if distances.get((other, one), distance) != distance:
                value.fault(f"the same number as for {other}-{one}")
            distances[one, other] = distances[other, one] = distance
    return distances


def span(node: Node, read: Callable[[Node], _Ordered]) -> tuple[_Ordered, _Ordered]:
    """Return the two ends of a list [first, last], where first <= last."""
    before = len(node.faults)
    first, last = (read(end) for end in node.pair())
    if last < first and len(node.faults) == before:
        node.fault("a first value that is not after the last")
    return first, last


def clock(node: Node) -> time:
    """Return a time of day written 11:30."""
    written = node.value
    match = _CLOCK.fullmatch(written) if isinstance(written, str) else None
    if match is None:
        if node.text():
            node.fault("a time of day such as 11:30")
        return time()
    return time(int(match[1]), int(match[2]))


def day(node: Node) -> date:
    """Return a date of a year that the calendars and time zones of today know."""
    on = node.day()
    if on != STAND_IN_DATE and not _FIRST_YEAR <= on.year <= _LAST_YEAR:
        node.fault(f"a date from {_FIRST_YEAR} to {_LAST_YEAR}")
    return on


def days(node: Node) -> frozenset[date]:
    """Return the dates of a list."""
    return frozenset(day(one) for one in node.items())


def dated_slots(node: Node, slots: Collection[str]) -> frozenset[DatedSlot]:
    """Return the pairs [date, slot] of a list."""
    pairs = [one.pair() for one in node.items()]
    return frozenset((day(on), slot.choice(slots)) for on, slot in pairs)


def weekly_slots(node: Node, slots: Collection[str]) -> frozenset[WeeklySlot]:
    """Return the pairs [weekday, slot] of a list."""
    pairs = [one.pair() for one in node.items()]
    return frozenset((weekday(on), slot.choice(slots)) for on, slot in pairs)


def weekday(node: Node) -> int:
    """Return a weekday as a number, Monday = 0."""
    number = node.whole(0)
    if number > _SUNDAY:
        node.fault("a weekday from 0 (Monday) to 6 (Sunday)")
    return number


def optional(node: Node, key: str, read: Callable[[Node], _Read]) -> _Read | None:
    """Return what ``key`` holds, or None where it is left out or null."""
    return read(node.get(key)) if node.given(key) else None
