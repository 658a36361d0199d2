"""A case too large for one model: cohorts bid under rents, and one bid of each is picked.

The rents give a bound on every plan and, on the way, many good series for each cohort; the solver
picks among them. More rents, more bids, picked again, until the plan is as near to the bound as
anybody could tell, or neither moves any more.
"""

from math import floor, inf

from cohorts.planning.drafts import Draft, Search
from cohorts.planning.effort import Effort, Outcome, lower_bound
from cohorts.planning.market import Market
from cohorts.planning.picking import pick
from cohorts.planning.rents import Rents
from cohorts.planning.sequence import settle

ROUNDS = 20
NEAR_ENOUGH = 0.0025  # of the bound: a seat in four hundred
STANDS_STILL = 0.0002  # of the bound, by which plan and bound together must gain to go on
PICK_SECONDS = 60.0
HAIR = 1e-9  # of the bound, that arithmetic may have shaved


def lay_by_bids(search: Search, draft: Draft, known: tuple[int, ...], effort: Effort) -> Outcome:
    """Return a plan at least as good as the draft, with a bound no weaker than the known one."""
    market = Market(search)
    rents = Rents(market)
    best, bound = draft, known
    gap = _gap(search, best, rents)
    while not effort.over and not (effort.any_plan and not best.missing):
        rents.lower(ROUNDS, effort)
        in_hand = [market.bid(cohort, route) for cohort, route in best.routes.items()]
        bids = {cohort: list(those) for cohort, those in rents.bids.items()}
        picked = pick(market, bids, in_hand, effort.at_most(PICK_SECONDS))
        better = Draft(search, {bid.cohort: market.route(bid) for bid in picked})
        best = max((best, better), key=lambda one: one.worth)
        bound = lower_bound(known, search.worth.score(floor(rents.bound * (1 + HAIR))))
        before, gap = gap, _gap(search, best, rents)
        if rents.settled or gap <= NEAR_ENOUGH or before - gap < STANDS_STILL:
            break
    settle(best, effort=effort)
    if best.missing:
        return Outcome(None, bound)
    return Outcome(best, bound, proven=search.worth.score(best.worth[1]) == bound)


def _gap(search: Search, draft: Draft, rents: Rents) -> float:
    """Return by what part of the bound a plan may yet be bettered; 1 as long as there is none."""
    if draft.missing or not 0 < rents.bound < inf:
        return 1.0
    return 1 - search.worth.points(draft.worth[1]) / search.worth.points(floor(rents.bound))
