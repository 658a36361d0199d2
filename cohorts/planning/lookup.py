"""What a case says about single days, worked out once: who clashes with whom, which rooms hold.

Days are ordinals (``date.toordinal``), so that no sum of days can fall off the calendar.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from functools import cached_property

from cohorts.planning.distances import minutes_between
from cohorts.planning.facts import DIGITAL, Case, Slot

WORKDAYS = range(5)  # Monday to Friday
Where = tuple[str, str]  # slot, place


def weekday(day: int) -> int:
    """Return the weekday of an ordinal, Monday = 0."""
    return (day - 1) % 7


def week(day: int) -> int:
    """Return a number that the days of one ISO week share, and no other day has."""
    return (day - 1) // 7


@dataclass(frozen=True)
class Lookup:
    """A case with its tables."""

    case: Case
    _rooms: dict[tuple[int, str, str], tuple[int, ...]] = field(default_factory=dict)

    @cached_property
    def days(self) -> tuple[int, ...]:
        """The days of the horizon on which meetings may stand: workdays that are not closed."""
        first, last = (day.toordinal() for day in self.case.horizon)
        closed = {day.toordinal() for day in self.case.closed}
        return tuple(
            day for day in range(first, last + 1) if weekday(day) in WORKDAYS and day not in closed
        )

    @cached_property
    def band(self) -> dict[str, str]:
        """For each slot the first slot of its band: slots that touch directly or through others.

        A room or a busy hour counts for a whole band; slots that do not overlap are their own.
        """
        bands: dict[str, str] = {}
        latest = None
        for slot in sorted(self.case.slots.values(), key=lambda one: (one.start, one.id)):
            if latest is None or slot.start >= latest[0]:
                latest = slot.end, slot.id
            bands[slot.id] = latest[1]
            latest = max(latest[0], slot.end), latest[1]
        return bands

    @cached_property
    def slots_of_band(self) -> dict[str, tuple[str, ...]]:
        """For each band its slots."""
        return {
            band: tuple(slot for slot, its in self.band.items() if its == band)
            for band in self.band.values()
        }

    @cached_property
    def led_elsewhere(self) -> Mapping[tuple[str, int], int]:
        """For each facilitator and week the number of meetings outside the case."""
        leaders = self.case.facilitators.values()
        return Counter((one.id, week(on.toordinal())) for one in leaders for on in one.also_leads)

    def touching(self, slot: str) -> tuple[str, ...]:
        """Return the slots of the band of a slot, itself among them."""
        return self.slots_of_band[self.band[slot]]

    @cached_property
    def clashes(self) -> frozenset[tuple[Where, Where]]:
        """Pairs of (slot, place) that one person cannot lead on the same day."""
        places = sorted(
            {DIGITAL}.union(
                *(cohort.places for cohort in self.case.cohorts.values()),
                *((one.place for one in kept) for kept in self.case.existing.values()),
            )
        )
        everywhere = [(slot, place) for slot in self.case.slots.values() for place in places]
        return frozenset(
            ((one.id, here), (other.id, there))
            for one, here in everywhere
            for other, there in everywhere
            if not self._both(one, here, other, there)
        )

    def free_rooms(self, day: int, band: str, place: str) -> tuple[int, ...]:
        """Return the seats of the rooms that are free at a place, the largest first."""
        key = day, band, place
        if key not in self._rooms:
            times = {(date.fromordinal(day), slot) for slot in self.slots_of_band[band]}
            free = (r.capacity for r in self.case.rooms if r.place == place and not r.busy & times)
            self._rooms[key] = tuple(sorted(free, reverse=True))
        return self._rooms[key]

    def needs_room(self, day: int, slot: str, place: str, size: int) -> bool:
        """Return whether a meeting of ``size`` takes one of the rooms that the case knows."""
        if place == DIGITAL or self.case.enough_rooms:
            return False
        rooms = self.free_rooms(day, self.band[slot], place)
        return bool(rooms) and rooms[0] >= size

    def _both(self, one: Slot, here: str, other: Slot, there: str) -> bool:
        if other.start < one.start:
            one, here, other, there = other, there, one, here
        minutes = minutes_between(self.case, here, there) if one.end <= other.start else 0
        return _minutes(one.end) + minutes <= _minutes(other.start)


def _minutes(clock: time) -> int:
    return clock.hour * 60 + clock.minute
