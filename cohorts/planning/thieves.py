"""What takes a day away from a meeting, asked in the order in which a person would ask."""

from collections.abc import Iterator
from datetime import date
from enum import Enum, auto

from cohorts.planning.drafts import Search
from cohorts.planning.facts import DIGITAL
from cohorts.planning.lines import Line


class Thief(Enum):
    """The first thing that keeps a meeting from a day."""

    OUTSIDE = auto()
    CLOSED = auto()
    NOTICE = auto()
    TIME = auto()
    FACILITATOR = auto()
    ROOM = auto()
    LEADER = auto()
    ATTENDANCE = auto()


def thief_of(search: Search, line: Line, number: int, on: date) -> Thief:
    """Return what takes a workday away from a meeting that has no date under this facilitator."""
    return next(_thieves(search, line, number, on))


def _thieves(search: Search, line: Line, number: int, on: date) -> Iterator[Thief]:
    case, cohort, day = search.case, line.cohort, on.toordinal()
    if not case.horizon[0] <= on <= case.horizon[1]:
        yield Thief.OUTSIDE
    if on in case.closed:
        yield Thief.CLOSED
    if case.not_before and on < case.not_before:
        yield Thief.NOTICE
    times = [
        slot for slot in case.slots if cohort.times is None or (on.weekday(), slot) in cohort.times
    ]
    if not times:
        yield Thief.TIME
    slots = [
        slot
        for slot in times
        if any(_free(search, leader, on, slot) for leader in cohort.facilitators)
    ]
    if not slots:
        yield Thief.FACILITATOR
    size = len(cohort.participants)
    if not any(
        place == DIGITAL or case.enough_rooms or search.lookup.needs_room(day, slot, place, size)
        for slot in slots
        for place in cohort.places
    ):
        yield Thief.ROOM
    if any(day in other.rows[number] for other in search.lines[cohort.id]):
        yield Thief.LEADER
    yield Thief.ATTENDANCE


def _free(search: Search, leader: str, on: date, slot: str) -> bool:
    one = search.case.facilitators[leader]
    return (
        (one.dates is None or on in one.dates)
        and (one.weekly is None or (on.weekday(), slot) in one.weekly)
        and on not in one.off
        and not any((on, other) in one.busy for other in search.lookup.touching(slot))
    )
