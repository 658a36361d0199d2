"""Prices on attendance: how a floor for everybody is told to a shortest path.

A person who would miss meetings gets a price that is added to each meeting they can attend; paths
under prices give bounds on every series that keeps the floor. The prices are found by a few
rounds of raising those of people below the floor and lowering the others.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from cohorts.planning.options import Option
from cohorts.planning.series import Node, Paths, Route

ROUNDS = 30
FINE = 64  # prices are whole multiples of a seat divided by this


@dataclass(frozen=True)
class Priced:
    """Paths under prices, one price for each watched person."""

    prices: tuple[int, ...]
    paths: Paths
    _onward: dict[tuple[int, int], dict[Node, int]] = field(default_factory=dict)

    def onward(self, number: int, day: int) -> dict[Node, int]:
        """Return what can still be gained after a meeting, prices included."""
        place = number, day
        if place not in self._onward:
            self._onward[place] = self.paths.onward(number, day)
        return self._onward[place]


class Prices:
    """The prices for one floor: ``reach`` bounds what can be reached at all, ``hopes`` the worth.

    ``impossible`` is True where the prices prove that no series keeps the floor; ``route`` is the
    best series that keeps it among those met on the way.
    """

    def __init__(self, paths: Paths, watched: Sequence[int], floor: int) -> None:
        self._paths = paths
        self._watched = watched
        self._floor = floor
        self.impossible = False
        self.route: Route | None = None
        self.slack = paths.line.worth.pull_step  # the pull never costs as much
        self.reach = self._reach()

    @cached_property
    def hopes(self) -> Priced:
        """Prices under which the best path is worth as little above the floor as can be."""
        return self._hopes()

    def _reach(self) -> Priced:
        """Weigh people so that the best weighted attendance is as low as can be."""
        weights = [FINE * self.slack] * len(self._watched)
        best: tuple[float, Priced] | None = None
        for _ in range(ROUNDS):
            priced = self._priced(tuple(weights), keep_gain=False)
            route = priced.paths.best()
            if route is None:
                self.impossible = True
                return priced
            value = route.worth / (sum(weights) or 1)
            if best is None or value < best[0]:
                best = value, priced
            if route.worth + self.slack < self._floor * sum(weights):
                self.impossible = True
                return priced
            missed = [self._floor - count for count in self._attended(route)]
            if max(missed, default=0) <= 0:
                self._remember(route)
                break
            weights = [
                max(1, round(weight * 1.3**miss))
                for weight, miss in zip(weights, missed, strict=True)
            ]
            scale = FINE * self.slack * len(weights) / sum(weights)
            weights = [max(1, round(weight * scale)) for weight in weights]
        if best is None:
            return self._priced((), keep_gain=False)
        return best[1]

    def _hopes(self) -> Priced:
        """Find prices under which the best path is worth as little above the floor as can be."""
        unit = max(1, self._paths.line.worth.seat // FINE)
        prices = [0] * len(self._watched)
        best: tuple[int, Priced] | None = None
        pace = 1.0
        for _ in range(ROUNDS):
            priced = self._priced(tuple(prices), keep_gain=True)
            route = priced.paths.best()
            if route is None:
                raise AssertionError("paths that were there are gone")
            bound = route.worth - self._floor * sum(prices)
            if best is None or bound < best[0]:
                best = bound, priced
            else:
                pace *= 0.7
            missed = [self._floor - count for count in self._attended(route)]
            if max(missed, default=0) <= 0:
                self._remember(route)
            size = sum(miss * miss for miss in missed)
            if max(missed, default=0) <= 0 and not any(
                price and miss for price, miss in zip(prices, missed, strict=True)
            ):
                break
            step = pace * 3 * self._paths.line.worth.seat / size
            prices = [
                max(0, round((price + step * miss) / unit) * unit)
                for price, miss in zip(prices, missed, strict=True)
            ]
        if best is None:
            raise AssertionError("no round was run")
        return best[1]

    def _remember(self, route: Route) -> None:
        """Keep the best series seen that keeps the floor, at its worth without prices."""
        worth = self._paths.line.worth_of(route.options)
        if self.route is None or worth > self.route.worth:
            self.route = Route(worth, route.leader, route.options)

    def _priced(self, prices: tuple[int, ...], *, keep_gain: bool) -> Priced:
        def gain_of(option: Option, gain: int) -> int:
            paid = sum(
                price
                for price, person in zip(prices, self._watched, strict=True)
                if option.comers >> person & 1
            )
            return paid + gain if keep_gain else paid

        return Priced(prices, self._paths.priced(gain_of))

    def _attended(self, route: Route) -> list[int]:
        return [
            sum(option.comers >> person & 1 for option in route.options) for person in self._watched
        ]
