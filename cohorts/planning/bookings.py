"""What the cohorts that have a plan already take from the others: facilitators, weeks, rooms."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from cohorts.planning.lookup import Lookup, Where, week
from cohorts.planning.options import Option


@dataclass
class Bookings:
    """Meetings of planned cohorts, by facilitator and day, facilitator and week, and room."""

    lookup: Lookup
    _led: dict[tuple[str, int], list[Where]] = field(default_factory=lambda: defaultdict(list))
    _weeks: dict[tuple[str, int], int] = field(default_factory=lambda: defaultdict(int))
    _rooms: dict[tuple[int, str, str], list[int]] = field(default_factory=lambda: defaultdict(list))

    def add(self, leader: str, options: Iterable[Option], size: int) -> None:
        """Book a series for a cohort of ``size`` people."""
        for one in options:
            self._led[leader, one.day].append((one.slot, one.place))
            self._weeks[leader, week(one.day)] += 1
            if one.roomed:
                self._rooms[self._room_key(one)].append(size)

    def remove(self, leader: str, options: Iterable[Option], size: int) -> None:
        """Take a series that was booked out again."""
        for one in options:
            self._led[leader, one.day].remove((one.slot, one.place))
            self._weeks[leader, week(one.day)] -= 1
            if one.roomed:
                self._rooms[self._room_key(one)].remove(size)

    def week_left(self, leader: str, day: int) -> int | None:
        """Return how many more meetings ``leader`` may have in the week of ``day``; None: any."""
        most = self.lookup.case.facilitators[leader].max_per_week
        if most is None:
            return None
        elsewhere = self.lookup.led_elsewhere.get((leader, week(day)), 0)
        return most - elsewhere - self._weeks.get((leader, week(day)), 0)

    def allow(self, leader: str, one: Option, size: int) -> bool:
        """Return whether a meeting can stand beside those that are booked."""
        booked = self._led.get((leader, one.day), ())
        here = one.slot, one.place
        if any((here, there) in self.lookup.clashes for there in booked):
            return False
        if not one.roomed:
            return True
        taken = self._rooms.get(self._room_key(one))
        if not taken:
            return True
        sizes = sorted([*taken, size], reverse=True)
        seats = self.lookup.free_rooms(one.day, self.lookup.band[one.slot], one.place)
        return len(sizes) <= len(seats) and all(map(int.__le__, sizes, seats))

    def sizes(self, key: tuple[int, str, str]) -> tuple[int, ...]:
        """Return how many people the meetings have that are booked on a day, band and place."""
        return tuple(self._rooms.get(key, ()))

    def _room_key(self, one: Option) -> tuple[int, str, str]:
        return one.day, self.lookup.band[one.slot], one.place
