"""A case too large for one model: blocks for a bound and a start, then the worst places mended.

Each block of cohorts that share facilitators is laid as if it were alone. No plan can be better
than all blocks at their best, which gives the bound. Then the cohorts that lose most against their
block are laid anew together with those in their way, while time lasts.
"""

from collections.abc import Mapping
from dataclasses import replace

from cohorts.planning.blocks import blocks, neighbours
from cohorts.planning.bookings import Bookings
from cohorts.planning.drafts import Draft, Search
from cohorts.planning.effort import Effort, Outcome, lower_bound
from cohorts.planning.pieces import Task, lay_anew, lay_together
from cohorts.planning.sequence import best_beside, settle
from cohorts.planning.series import Route
from cohorts.planning.trading import fits, trade

BLOCK = 24
NEIGHBOURS = 14
PIECE_SECONDS = 20.0
BLOCKS_SHARE = 0.5  # of the time
TRADING_SHARE = 0.2  # of what is left after the blocks
MOST_TURNS = 3  # without a gain, of each cohort with its neighbours


def lay_in_blocks(search: Search, draft: Draft, effort: Effort, floor: int) -> Outcome:
    """Return a good plan with a bound; impossible if some block alone has no plan."""
    bounds: list[tuple[int, ...]] = []
    hoped: dict[str, Route] = {}
    first_part = effort.part(BLOCKS_SHARE)
    for block in blocks(search, BLOCK):
        start = {cohort: draft.routes[cohort] for cohort in block if cohort in draft.routes}
        if first_part.over:
            hoped.update(_alone(search, block))
            bounds.append(_bound_alone(search, block))
            continue
        task = Task(block, Bookings(search.lookup), floor=floor, start=start)
        piece = lay_together(search, task, first_part.at_most(PIECE_SECONDS))
        if piece.impossible:
            return Outcome(None, (), impossible=True)
        hoped.update(piece.routes or start)
        bounds.append(lower_bound(_bound_alone(search, block), piece.bound))
    bound = tuple(sum(numbers) for numbers in zip(*bounds, strict=False))
    merged = _from_blocks(search, hoped, floor)
    trade(merged, effort.part(TRADING_SHARE), floor)
    best = max((draft, merged), key=lambda one: one.rank)
    _mend(best, hoped, bound, effort, floor)
    if best.missing:
        return Outcome(None, bound)
    settle(best, floor)
    proven = search.worth.score(best.worth[1])[: len(bound)] == bound
    return Outcome(best, bound, proven=proven and len(bound) == len(search.worth.score(0)))


def _from_blocks(search: Search, hoped: Mapping[str, Route], floor: int) -> Draft:
    """Return a plan that takes over from the blocks what does not clash, and fills the rest."""
    draft = Draft(search)
    for cohort in search.hardest_first:
        route = hoped.get(cohort)
        if route and fits(draft, cohort, route):
            draft.put(cohort, route)
    for cohort in draft.missing:
        found = best_beside(draft, cohort, floor)
        if found:
            draft.put(cohort, found)
    return draft


def _mend(
    draft: Draft, hoped: Mapping[str, Route], bound: tuple[int, ...], effort: Effort, floor: int
) -> None:
    """Lay the cohorts that lose most anew with their neighbours, each in turn, while time lasts."""
    turns: dict[str, int] = dict.fromkeys(draft.search.lines, 0)

    def loss(cohort: str) -> int:
        if cohort not in draft.routes:
            return draft.search.worth.pull_step * len(turns) * BLOCK
        return hoped[cohort].worth - draft.routes[cohort].worth if cohort in hoped else 0

    while not effort.over and min(turns.values()) < MOST_TURNS:
        score = draft.search.worth.score(draft.worth[1])
        if not draft.missing and (effort.any_plan or score[: len(bound)] == bound):
            return
        cohort = min(turns, key=lambda key: (turns[key], -loss(key), key))
        together = neighbours(draft, cohort, NEIGHBOURS, turns[cohort])
        turns[cohort] += 1
        part = effort.at_most(PIECE_SECONDS)
        if lay_anew(draft, together, replace(part, any_plan=False), floor):
            turns[cohort] -= 1


def _alone(search: Search, block: list[str]) -> dict[str, Route]:
    return {cohort: route for cohort in block if (route := search.alone[cohort])}


def _bound_alone(search: Search, block: list[str]) -> tuple[int, ...]:
    worth = sum(route.worth for route in _alone(search, block).values())
    return search.worth.score(worth)
