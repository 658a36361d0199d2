"""Many cohorts planned together: proven best where that can be had in time, good in any case.

A plan of one cohort after another is always in hand, bettered by trades. Where every cohort has
what it would have alone, it is proven; else a case of moderate size is one model. In a larger one
cohorts bid; with meetings that stand, or a floor for everybody, it is laid in blocks.
"""

from cohorts.planning.bookings import Bookings
from cohorts.planning.drafts import Draft, Search
from cohorts.planning.effort import Effort, Outcome, lower_bound
from cohorts.planning.large import lay_in_blocks
from cohorts.planning.pieces import Task, columns_of, lay_together
from cohorts.planning.sequence import one_after_another, settle
from cohorts.planning.series import DAYS_A_WEEK
from cohorts.planning.trading import trade

MOST_COLUMNS_AT_ONCE = 60_000
TRADING_SHARE = 0.2  # of the time, at most


def plan_together(search: Search, effort: Effort, floor: int = 0) -> Outcome:
    """Return the best plan found for all cohorts of a case in which everybody keeps the floor."""
    alone = [route for route in search.alone.values() if route]
    if len(alone) < len(search.alone):
        return Outcome(None, (), impossible=True)
    bound = search.worth.score(sum(route.worth for route in alone))
    draft = one_after_another(search, floor)
    is_large = columns_of(search) > MOST_COLUMNS_AT_ONCE
    by_bids = is_large and not floor and _can_bid(search)
    if not by_bids and (not effort.any_plan or draft.missing):
        trade(draft, effort.part(TRADING_SHARE), floor)
        settle(draft, floor)
    proven = not draft.missing and search.worth.score(draft.worth[1]) == bound
    if proven or (effort.any_plan and not draft.missing):
        return Outcome(draft, bound, proven=proven)
    if not is_large:
        return lay_at_once(search, draft, bound, effort, floor)
    if by_bids:
        from cohorts.planning.bidding import (  # noqa: PLC0415 -- arrays are for large cases only
            lay_by_bids,
        )

        return lay_by_bids(search, draft, bound, effort)
    return lay_in_blocks(search, draft, effort, floor)


def _can_bid(search: Search) -> bool:
    """Return whether no meeting stands already and no cohort may meet twice in a week."""
    return not search.case.existing and search.case.gap_days[0] >= DAYS_A_WEEK


def lay_at_once(
    search: Search, draft: Draft, bound: tuple[int, ...], effort: Effort, floor: int
) -> Outcome:
    """Return the best plan that one model of all cohorts gives."""
    task = Task(list(search.lines), Bookings(search.lookup), floor=floor, start=draft.routes)
    piece = lay_together(search, task, effort)
    if piece.impossible:
        return Outcome(None, (), impossible=True)
    better = Draft(search, piece.routes)
    best = max((draft, better), key=lambda one: one.rank)
    settle(best, floor)
    whole = None if best.missing else best
    return Outcome(whole, lower_bound(bound, piece.bound), proven=piece.proven)
