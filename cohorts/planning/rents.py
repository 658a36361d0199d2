"""Rents on what cohorts compete for: a bound on every plan, and the series that rents make good.

Each row of the market (a facilitator's time or week, rooms of a size) gets a rent; cohorts then
choose freely and pay. What they gain together and all rents is a bound that no plan can pass. The
rents rise where too many come and fall where nobody does: a subgradient method, whose steps
grow shorter whenever the bound has not fallen for a while.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from cohorts.planning.effort import Effort
from cohorts.planning.market import Bid, Market
from cohorts.planning.sweep import NEVER, Floats

FIRST_STEP = 0.01  # of the bound, by which the first round means to lower it
LAST_STEP = 1e-5
KEPT = 0.6  # of the direction of the round before
PATIENCE = 5  # rounds without a lower bound before the steps are halved


@dataclass
class Rents:
    """The lowest bound found with its rents, and every series that was a line's best."""

    market: Market
    bound: float = np.inf
    bids: dict[str, dict[Bid, None]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._sweeps = self.market.sweeps()
        self._step = FIRST_STEP
        self._waited = 0
        rows = len(self.market.left)
        self.best: Floats = np.zeros(rows)
        self._rents: Floats = np.zeros(rows)
        self._direction: Floats = np.zeros(rows)

    @property
    def settled(self) -> bool:
        """Whether the steps have become too short to lower the bound."""
        return self._step < LAST_STEP

    def lower(self, rounds: int, effort: Effort) -> None:
        """Go on for so many rounds, or until time is up."""
        for _ in range(rounds):
            if effort.over or self.settled:
                break
            best = dict(self._best_bids())
            rent = float(self._rents @ self.market.left)
            self._note(sum(worth for worth, _ in best.values()) + rent)
            self._move([use for _, bid in best.values() for use in bid.uses])

    def _best_bids(self) -> Iterator[tuple[str, tuple[float, Bid]]]:
        """Yield the best series of each line under the rents, those of a cohort the best last."""
        gains = self.market.gains - self.market.prices(self._rents)
        found: list[tuple[float, Bid]] = []
        for sweep in self._sweeps:
            swept = sweep.best(gains[sweep.uses])
            lines = zip(
                swept.lines.tolist(), swept.worth.tolist(), swept.uses.tolist(), strict=True
            )
            found += [
                (worth, Bid(self.market.cohort_of(line), line, tuple(uses)))
                for line, worth, uses in lines
                if worth > NEVER
            ]
        for worth, bid in sorted(found, key=lambda one: one[0]):
            self.bids.setdefault(bid.cohort, {})[bid] = None
            yield bid.cohort, (worth, bid)

    def _note(self, bound: float) -> None:
        if bound < self.bound:
            self.bound, self.best, self._waited = bound, self._rents, 0
            return
        self._waited += 1
        if self._waited == PATIENCE:
            self._step, self._waited = self._step / 2, 0

    def _move(self, uses: list[int]) -> None:
        over = self.market.taken(uses) - self.market.left
        over[(self._rents <= 0) & (over < 0)] = 0
        self._direction = over + KEPT * self._direction
        size = float(self._direction @ self._direction)
        if size:
            step = self._step * self.bound / size
            self._rents = np.maximum(0, self._rents + step * self._direction)
