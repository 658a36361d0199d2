"""A plan bettered by letting one cohort have its wish at the cost of those in its way.

A cohort takes the series that it would have if it were alone; those that clash with it lose
theirs and are planned anew beside it. What does not make the whole plan better is taken back.
No solver; hundreds of trades a minute.
"""

from cohorts.planning.bookings import Bookings
from cohorts.planning.drafts import Draft
from cohorts.planning.effort import Effort
from cohorts.planning.fair import attends_least
from cohorts.planning.lookup import Lookup, week
from cohorts.planning.options import Option
from cohorts.planning.sequence import best_beside
from cohorts.planning.series import Paths, Route

MOST_ROUNDS = 6


def trade(draft: Draft, effort: Effort, floor: int = 0) -> None:
    """Make trades until none is worth it or the time is up."""
    wishes = {cohort: _wishes(draft, cohort, floor) for cohort in draft.search.lines}
    for _ in range(MOST_ROUNDS):
        before = draft.worth
        for cohort in sorted(wishes, key=lambda key: (-_loss(draft, key), key)):
            for wish in wishes[cohort]:
                if effort.over or (effort.any_plan and not draft.missing):
                    return
                if _loss(draft, cohort) > 0 and _is_better(draft, cohort, wish):
                    _try(draft, cohort, wish, floor)
        if draft.worth == before:
            return


def fits(draft: Draft, cohort: str, route: Route) -> bool:
    """Return whether a series can stand beside all others as they are."""
    size = draft.size(cohort)
    return all(
        draft.bookings.allow(route.leader, one, size)
        and draft.bookings.week_left(route.leader, one.day) != 0
        for one in route.options
    )


def _wishes(draft: Draft, cohort: str, floor: int) -> list[Route]:
    """Return the best series under each facilitator if the cohort were the only one."""
    nothing = Bookings(draft.search.lookup)
    paths = [Paths(line, nothing) for line in draft.search.lines[cohort] if line.possible]
    routes = [route for one in paths if (route := one.best())]
    fair = [one for one in routes if attends_least(one, draft.size(cohort)) >= floor]
    return sorted(fair, key=lambda one: one.rank)


def _loss(draft: Draft, cohort: str) -> int:
    """Return how much a cohort would gain if it were the only one; most if it has no series."""
    alone = draft.search.alone[cohort]
    if alone is None:
        return 0
    route = draft.routes.get(cohort)
    return alone.worth - route.worth if route else abs(alone.worth) + draft.search.worth.seat


def _is_better(draft: Draft, cohort: str, wish: Route) -> bool:
    return cohort not in draft.routes or wish.worth > draft.routes[cohort].worth


def _try(draft: Draft, cohort: str, wish: Route, floor: int) -> None:
    """Make a trade, and take it back unless the plan is better for it."""
    before = draft.worth
    ousted = [other for other in draft.routes if other != cohort and _clash(draft, other, wish)]
    old = {key: draft.routes[key] for key in (cohort, *ousted) if key in draft.routes}
    draft.drop([cohort, *ousted])
    if fits(draft, cohort, wish):
        draft.put(cohort, wish)
    for other in sorted(ousted, key=draft.search.hardest_first.index):
        route = best_beside(draft, other, floor)
        if route:
            draft.put(other, route)
    if draft.worth <= before:
        draft.drop([cohort, *ousted])
        draft.put_all(old)


def _clash(draft: Draft, other: str, wish: Route) -> bool:
    """Return whether a cohort may be in the way of a wish."""
    lookup, route = draft.search.lookup, draft.routes[other]
    leads = route.leader == wish.leader
    capped = leads and lookup.case.facilitators[wish.leader].max_per_week is not None
    return any(
        (capped and week(one.day) == week(two.day))
        or (one.day == two.day and (leads or _same_rooms(lookup, one, two)))
        for one in wish.options
        for two in route.options
    )


def _same_rooms(lookup: Lookup, one: Option, two: Option) -> bool:
    return (
        one.roomed
        and two.roomed
        and one.place == two.place
        and lookup.band[one.slot] == lookup.band[two.slot]
    )
