"""Rents on what cohorts compete for: a bound on every plan, and the series that rents make good.

Each row of the market (a facilitator's time or week, rooms of a size) gets a rent; cohorts then
choose freely and pay. What they gain together and all rents is a bound that no plan can pass. The
rents rise where too many come and fall where nobody does (a subgradient method, the direction
smoothed, the step by the distance to the plan in hand).
"""

from dataclasses import dataclass, field

import numpy as np

from cohorts.planning.effort import Effort
from cohorts.planning.market import Bid, Market
from cohorts.planning.sweep import NEVER, Floats

ROUNDS = 250
KEPT = 0.75  # of the direction of the round before
PATIENCE = 8  # rounds without a lower bound before the steps are halved
SHORTEST_STEP = 1e-3


@dataclass
class Rents:
    """The lowest bound found with its rents, and every series that was somebody's best."""

    bound: float
    rents: Floats
    bids: dict[str, dict[Bid, None]] = field(default_factory=dict)


def find_rents(market: Market, in_hand: int, effort: Effort) -> Rents | None:
    """Return rents under which the bound is low; None if some cohort has no series at all.

    ``in_hand`` is what a known plan is worth.
    """
    sweeps = market.sweeps()
    rents = np.zeros(len(market.left))
    found = Rents(np.inf, rents)
    direction = np.zeros(len(market.left))
    step, waited = 1.0, 0
    for _ in range(ROUNDS):
        if effort.over or step < SHORTEST_STEP:
            break
        gains = market.gains - market.prices(rents)
        best: dict[str, tuple[float, Bid]] = {}
        for sweep in sweeps:
            swept = sweep.best(gains[sweep.uses])
            for line, worth, uses in zip(
                swept.lines.tolist(), swept.worth.tolist(), swept.uses.tolist(), strict=True
            ):
                if worth > NEVER:
                    bid = Bid(market.cohort_of(line), line, tuple(uses))
                    found.bids.setdefault(bid.cohort, {})[bid] = None
                    if bid.cohort not in best or worth > best[bid.cohort][0]:
                        best[bid.cohort] = worth, bid
        if len(best) < len(market.cohorts):
            return None
        bound = sum(worth for worth, _ in best.values()) + float(rents @ market.left)
        waited += 1
        if bound < found.bound:
            found.bound, found.rents, waited = bound, rents, 0
        elif waited >= PATIENCE:
            rents, step, waited = found.rents, step / 2, 0
            direction[:] = 0
            continue
        over = market.taken(use for _, bid in best.values() for use in bid.uses) - market.left
        over[(rents <= 0) & (over < 0)] = 0
        direction = KEPT * direction + (1 - KEPT) * over
        size = float(direction @ direction)
        if not size:
            break
        rents = np.maximum(0, rents + direction * (step * (bound - in_hand) / size))
    return found
