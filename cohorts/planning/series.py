"""The best series of meetings for one cohort: an exact shortest path, no solver.

A node is (day of a meeting, meetings from here on at each place with a quota, meetings from here
on in the same week). The path is laid from the last meeting to the first and read off forwards:
among series of equal worth the one that is first by date, slot and place is taken, then the one
whose facilitator comes first by id.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass

from cohorts.planning.bookings import Bookings
from cohorts.planning.lines import Line
from cohorts.planning.lookup import week
from cohorts.planning.options import Option

Counts = tuple[int, ...]
Node = tuple[Counts, int]
DAYS_A_WEEK = 7


@dataclass(frozen=True, slots=True)
class Route:
    """A series for one cohort: what it is worth, who leads it, its meetings."""

    worth: int
    leader: str
    options: tuple[Option, ...]

    @property
    def rank(self) -> tuple[int, list[tuple[int, str, str]], str]:
        """Sorts the routes of a cohort, the best first."""
        return -self.worth, [(one.day, one.slot, one.place) for one in self.options], self.leader


def best_route(lines: Sequence[Line], bookings: Bookings) -> Route | None:
    """Return the best series beside what is booked, whoever leads; None if there is none."""
    routes = (Paths(line, bookings).best() for line in lines if line.possible)
    return min((route for route in routes if route), key=lambda route: route.rank, default=None)


class Paths:
    """All paths of one line beside what is booked, as the worth to go from every node."""

    def __init__(self, line: Line, bookings: Bookings) -> None:
        self.line = line
        self.gap_days = bookings.lookup.case.gap_days
        self._bookings = bookings
        capped = bookings.lookup.case.facilitators[line.leader].max_per_week is not None
        self.counts_weeks = capped and self.gap_days[0] < DAYS_A_WEEK
        self._quota = [line.cohort.quota[place] for place in line.places]
        self.open = [line.beside(bookings, number) for number in range(len(line.days))]
        self._lay_all()

    def priced(self, gain_of: Callable[[Option, int], int]) -> "Paths":
        """Return the same paths where each option has another gain, given its gain here."""
        other = copy(self)
        other.open = [
            {
                day: [(option, place, gain_of(option, gain)) for option, place, gain in those]
                for day, those in days.items()
            }
            for days in self.open
        ]
        other._lay_all()  # noqa: SLF001 -- of its own kind
        return other

    def best(self) -> Route | None:
        """Return the best path, the first by date, slot and place among equals."""
        ends = [
            (worth, day, node)
            for day, nodes in self.to_go[0].items()
            for node, worth in nodes.items()
            if self.full(node[0])
        ]
        if not ends:
            return None
        best = max(worth for worth, _, _ in ends)
        wanted: dict[int, dict[Node, int]] = {}
        for worth, day, node in ends:
            if worth == best:
                wanted.setdefault(day, {})[node] = worth
        options = []
        for number in range(len(self.line.days)):
            option, wanted = self._first(number, wanted)
            options.append(option)
        return Route(best, self.line.leader, tuple(options))

    def full(self, counts: Counts) -> bool:
        """Return whether a whole series with these counts keeps every quota."""
        return all(low <= n <= high for n, (low, high) in zip(counts, self._quota, strict=True))

    def after(self, number: int, day: int) -> Iterator[tuple[int, int]]:
        """Yield the days that meeting ``number + 1`` may have after this one, with their pull."""
        days = self.line.days[number + 1]
        least, most = self.gap_days
        for later in days[bisect_left(days, day + least) : bisect_right(days, day + most)]:
            yield later, self.line.worth.pull(later - day)

    def onward(self, number: int, day: int) -> dict[Node, int]:
        """Return the best worth after this meeting, by the counts of the meetings after it."""
        if number + 1 == len(self.line.days):
            return {((0,) * len(self._quota), 0): 0}
        best: dict[Node, int] = {}
        for later, pull in self.after(number, day):
            for node, worth in self.to_go[number + 1].get(later, {}).items():
                key = self._seen_from(day, later, node)
                if key not in best or best[key] < worth - pull:
                    best[key] = worth - pull
        return best

    def step(self, node: Node, place: int, day: int) -> Node | None:
        """Return the node with one more meeting at a place on a day, None if it may not be."""
        counts, in_week = node
        if place >= 0:
            if counts[place] == self._quota[place][1]:
                return None
            counts = (*counts[:place], counts[place] + 1, *counts[place + 1 :])
        if self.counts_weeks:
            in_week += 1
            if not self.week_holds(day, in_week):
                return None
        return counts, in_week

    def week_holds(self, day: int, count: int) -> bool:
        """Return whether the facilitator may have ``count`` more meetings in the week of a day."""
        left = self._bookings.week_left(self.line.leader, day) if self.counts_weeks else None
        return left is None or count <= left

    def _lay_all(self) -> None:
        self.to_go: list[dict[int, dict[Node, int]]] = [{} for _ in self.line.days]
        for number in reversed(range(len(self.line.days))):
            self._lay(number)

    def _lay(self, number: int) -> None:
        for day, those in self.open[number].items():
            gains: dict[int, int] = {}
            for _, place, gain in those:
                gains[place] = max(gain, gains.get(place, gain))
            nodes: dict[Node, int] = {}
            for node, worth in self.onward(number, day).items():
                for place, gain in gains.items():
                    here = self.step(node, place, day)
                    if here is not None and (here not in nodes or nodes[here] < worth + gain):
                        nodes[here] = worth + gain
            if nodes:
                self.to_go[number][day] = nodes

    def _first(
        self, number: int, wanted: dict[int, dict[Node, int]]
    ) -> tuple[Option, dict[int, dict[Node, int]]]:
        for day in sorted(wanted):
            for option, place, gain in self.open[number][day]:
                following = self._following(number, day, place, gain, wanted[day])
                if following is not None:
                    return option, following
        raise AssertionError("a worth that no path has")

    def _following(
        self, number: int, day: int, place: int, gain: int, wanted: dict[Node, int]
    ) -> dict[int, dict[Node, int]] | None:
        """Return the nodes that lead from this option to a wanted worth, None if none does."""
        if number + 1 == len(self.line.days):
            ends = (self.step(node, place, day) for node in self.onward(number, day))
            return {} if any(end and wanted.get(end) == gain for end in ends) else None
        found: dict[int, dict[Node, int]] = {}
        for later, pull in self.after(number, day):
            for node, worth in self.to_go[number + 1].get(later, {}).items():
                here = self.step(self._seen_from(day, later, node), place, day)
                if here is not None and wanted.get(here) == worth - pull + gain:
                    found.setdefault(later, {})[node] = worth
        return found or None

    def _seen_from(self, day: int, later: int, node: Node) -> Node:
        if self.counts_weeks and week(day) == week(later):
            return node
        return node[0], 0
