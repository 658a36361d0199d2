"""The best series in which everybody can attend at least so many meetings, exactly.

How often each person can come is not a sum that a shortest path can carry, so partial series are
grown in the order of what they can still be worth. One is dropped when somebody can no longer
reach the floor, or when another at the same node is as good for everybody. People whose times
include those of somebody else need no watching.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush

from cohorts.planning.bookings import Bookings
from cohorts.planning.lines import Line
from cohorts.planning.lookup import week
from cohorts.planning.options import Option, least_able
from cohorts.planning.prices import Prices
from cohorts.planning.series import Counts, Paths, Route, best_route

Missing = tuple[int, ...]  # for each watched person, the meetings still to attend


class TooHard(Exception):
    """The search was given up; ``route`` is the best series that was seen, if any."""

    def __init__(self, route: Route | None) -> None:
        super().__init__("gave up")
        self.route = route


def fairest_route(
    lines: Sequence[Line], bookings: Bookings, most_steps: int
) -> tuple[int, Route] | None:
    """Return the highest floor that a series can keep for everybody, and the best such series.

    :raises TooHard: if more than ``most_steps`` partial series would have to be looked at.
    """
    best = best_route(lines, bookings)
    if best is None:
        return None
    everybody = len(lines[0].cohort.participants)
    floor = lines[0].cohort.meetings if everybody else 0
    while True:
        route = route_with_floor(lines, bookings, floor, most_steps)
        if route:
            return floor, route
        floor -= 1


def route_with_floor(
    lines: Sequence[Line], bookings: Bookings, floor: int, most_steps: int
) -> Route | None:
    """Return the best series in which everybody can attend ``floor`` meetings, None if none.

    :raises TooHard: if more than ``most_steps`` partial series would have to be looked at.
    """
    best = best_route(lines, bookings)
    if best is None or attends_least(best, len(lines[0].cohort.participants)) >= floor:
        return best
    routes: list[Route] = []
    gave_up = False
    for line in lines:
        paths = Paths(line, bookings) if line.possible else None
        if paths is None or not paths.best():
            continue
        try:
            route = _Search(paths, floor, most_steps).best()
        except TooHard as hard:
            gave_up, route = True, hard.route
        if route:
            routes.append(route)
    found = min(routes, key=lambda route: route.rank, default=None)
    if gave_up:
        raise TooHard(found)
    return found


def may_keep(lines: Sequence[Line], bookings: Bookings, floor: int) -> bool:
    """Return False if it is certain that no series keeps the floor for everybody."""
    for line in lines:
        paths = Paths(line, bookings) if line.possible else None
        if paths and paths.best() and not Prices(paths, watched_people(paths), floor).impossible:
            return True
    return False


def attends_least(route: Route, people: int) -> int:
    """Return how many meetings of a series the worst-off person can attend."""
    return min(
        (sum(option.comers >> person & 1 for option in route.options) for person in range(people)),
        default=len(route.options),
    )


@dataclass(frozen=True, slots=True)
class _Label:
    """A series up to one of its meetings: counts by place, in this week, and what is missing."""

    day: int
    counts: Counts
    in_week: int
    missing: Missing
    worth: int
    options: tuple[Option, ...]

    def as_good_as(self, other: "_Label") -> bool:
        """Return whether whatever follows the other would do no worse after this one."""
        return self.worth >= other.worth and all(map(int.__le__, self.missing, other.missing))


class _Search:
    """The series of one line, grown in the order of what they can still be worth."""

    def __init__(self, paths: Paths, floor: int, most_steps: int) -> None:
        self.paths = paths
        self.floor = floor
        self.watched = watched_people(paths)
        self._steps_left = most_steps

    def best(self) -> Route | None:
        """Return the best series that keeps the floor, None if there is none."""
        prices = Prices(self.paths, self.watched, self.floor)
        if prices.impossible:
            return None
        self._prices = prices
        self._hopes = prices.hopes
        last = len(self.paths.line.days) - 1
        empty = _Label(
            0, (0,) * len(self.paths.line.places), 0, (self.floor,) * len(self.watched), 0, ()
        )
        heap: list[tuple[int, list[tuple[int, str, str]], _Label]] = []
        fronts: dict[tuple[int, int, Counts, int], list[_Label]] = {}
        grown = list(self._grow(empty))
        while True:
            for label in grown:
                bound = self._bound(label)
                if bound is not None:
                    key = [(one.day, one.slot, one.place) for one in label.options]
                    heappush(heap, (-bound, key, label))
            if not heap:
                return None
            _, _, label = heappop(heap)
            number = len(label.options) - 1
            if number == last:
                return Route(label.worth, self.paths.line.leader, label.options)
            front = fronts.setdefault((number, label.day, label.counts, label.in_week), [])
            grown = []
            if not any(one.as_good_as(label) for one in front):
                front.append(label)
                grown = list(self._grow(label))
            self._steps_left -= 1
            if self._steps_left < 0:
                raise TooHard(self._prices.route)

    def _grow(self, label: _Label) -> Iterator[_Label]:
        number = len(label.options)
        following = (
            self.paths.after(number - 1, label.day)
            if number
            else ((day, 0) for day in self.paths.open[0])
        )
        for day, pull in following:
            same = self.paths.counts_weeks and number and week(day) == week(label.day)
            before = label.counts, label.in_week if same else 0
            for option, place, gain in self.paths.open[number].get(day, ()):
                node = self.paths.step(before, place, day)
                if node is not None:
                    missing = tuple(
                        count - (count > 0 and option.comers >> person & 1)
                        for count, person in zip(label.missing, self.watched, strict=True)
                    )
                    worth = label.worth - pull + gain
                    yield _Label(day, *node, missing, worth, (*label.options, option))

    def _bound(self, label: _Label) -> int | None:
        """Return what the series can be worth at most, None if it cannot be finished."""
        number = len(label.options) - 1
        if number + 1 == len(self.paths.line.days):
            done = not any(label.missing) and self.paths.full(label.counts)
            return label.worth if done else None
        bounds = []
        for priced in (self._hopes, self._prices.reach):
            owed = sum(map(int.__mul__, priced.prices, label.missing))
            rest = (
                worth
                for (counts, in_week), worth in priced.onward(number, label.day).items()
                if self.paths.full(tuple(map(int.__add__, counts, label.counts)))
                and self.paths.week_holds(label.day, in_week + label.in_week)
            )
            best = max(rest, default=None)
            if best is None:
                return None
            bounds.append(best - owed)
        if bounds[1] + self._prices.slack < 0:
            return None
        bound = label.worth + bounds[0]
        known = self._prices.route
        return None if known and bound < known.worth else bound


def watched_people(paths: Paths) -> list[int]:
    """Return the people of a line, as bits, whose attendance has to be watched."""
    options = (one[0] for days in paths.open for those in days.values() for one in those)
    return least_able([option.comers for option in options], len(paths.line.cohort.participants))
