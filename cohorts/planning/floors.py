"""The worst-off person first: the highest number of meetings that everybody can attend.

The floors are tried from the highest that no cohort rules out by itself. One that is proven too
high lowers the bound; where the time ends the search, the highest floor with a plan is kept.
"""

from cohorts.planning.bookings import Bookings
from cohorts.planning.drafts import Draft, Search
from cohorts.planning.effort import Effort, Outcome
from cohorts.planning.fair import TooHard, fairest_route, may_keep
from cohorts.planning.sequence import one_after_another
from cohorts.planning.together import plan_together

MOST_STEPS = 60_000
SHARE = 0.6  # of the time that is left goes to each floor


def plan_fairly(search: Search, effort: Effort) -> Outcome:
    """Return the best plan by (meetings that the worst-off can attend, seats)."""
    if any(route is None for route in search.alone.values()):
        return Outcome(None, (), impossible=True)
    if len(search.lines) == 1:
        outcome = _alone(search)
        if outcome:
            return outcome
    highest = _highest(search)
    in_hand = next(
        (floor for floor in range(highest, -1, -1) if not one_after_another(search, floor).missing),
        -1,
    )
    ceiling = highest
    for floor in range(highest, -1, -1):
        part = effort if floor in (0, in_hand) else effort.part(SHARE)
        found = plan_together(search, part, floor)
        if found.impossible:
            ceiling = floor - 1
            continue
        if found.draft:
            bound = (ceiling, *found.bound) if floor == ceiling else (ceiling,)
            return Outcome(found.draft, bound, proven=found.proven and floor == ceiling)
    return Outcome(None, (), impossible=ceiling < 0)


def _alone(search: Search) -> Outcome | None:
    """Return the fairest plan of an only cohort, None if it is too hard without a solver."""
    [(cohort, lines)] = search.lines.items()
    try:
        found = fairest_route(lines, Bookings(search.lookup), MOST_STEPS)
    except TooHard:
        return None
    if found is None:
        return Outcome(None, (), impossible=True)
    floor, route = found
    seats = search.worth.score(route.worth)
    return Outcome(Draft(search, {cohort: route}), (floor, *seats), proven=True)


def _highest(search: Search) -> int:
    """Return a floor above which some cohort could not go even if it were the only one."""
    nothing = Bookings(search.lookup)
    crowded = [key for key in search.lines if search.case.cohorts[key].participants]
    highest = max((search.case.cohorts[key].meetings for key in crowded), default=0)
    for key in crowded:
        while highest and not may_keep(search.lines[key], nothing, highest):
            highest -= 1
    return highest
