"""Cohorts planned one after another: fast, always in hand, and close to the best of all."""

from cohorts.planning.drafts import Draft, Search
from cohorts.planning.effort import Effort
from cohorts.planning.fair import TooHard, route_with_floor
from cohorts.planning.series import Route

FEW_STEPS = 300
MOST_ROUNDS = 8


def one_after_another(search: Search, floor: int = 0) -> Draft:
    """Return a plan in which each cohort takes the best that the ones before it left.

    Those with the fewest possible days go first. A cohort may be left without a series.
    """
    draft = Draft(search)
    for cohort in search.hardest_first:
        route = best_beside(draft, cohort, floor)
        if route:
            draft.put(cohort, route)
    return draft


def settle(draft: Draft, floor: int = 0, *, effort: Effort | None = None) -> None:
    """Plan each cohort anew beside all others until no one gains; also spreads the gaps.

    With an effort it ends in time.
    """
    for _ in range(MOST_ROUNDS):
        before = draft.worth
        for cohort in draft.search.hardest_first:
            if effort is not None and effort.over:
                return
            old = draft.routes.get(cohort)
            draft.drop([cohort])
            new = best_beside(draft, cohort, floor)
            if old and (new is None or new.rank > old.rank):
                new = old
            if new:
                draft.put(cohort, new)
        if draft.worth == before:
            return


def best_beside(draft: Draft, cohort: str, floor: int) -> Route | None:
    """Return the best series beside the draft; with a floor, a good one if the best is far."""
    try:
        return route_with_floor(draft.search.lines[cohort], draft.bookings, floor, FEW_STEPS)
    except TooHard as gave_up:
        return gave_up.route
