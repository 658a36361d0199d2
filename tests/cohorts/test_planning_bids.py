"""Cases too large for one model: many lines swept at once, rents as a bound, bids picked among."""

from math import floor
from time import monotonic

import pytest
from hypothesis import given

from benchmarks.planning_instances import meetings_case
from cohorts.planning.bidding import NEAR_ENOUGH, lay_by_bids
from cohorts.planning.bookings import Bookings
from cohorts.planning.checker import broken_rules
from cohorts.planning.drafts import Draft, Search
from cohorts.planning.effort import Effort
from cohorts.planning.market import Market
from cohorts.planning.rents import Rents
from cohorts.planning.sequence import one_after_another
from cohorts.planning.series import DAYS_A_WEEK, Paths
from cohorts.planning.sweep import NEVER
from cohorts.planning.together import plan_together
from tests.cohorts.planning_builders import Json, read, small_cases
from tests.cohorts.test_planning_joint import many

pytestmark = pytest.mark.pure

LONG = 60.0


def bound_alone(search: Search) -> tuple[int, ...]:
    return search.worth.score(sum(route.worth for route in search.alone.values() if route))


@given(built=small_cases(("seats", "seats_then_km"), cohorts=2))
def test_a_sweep_finds_for_each_line_what_the_shortest_path_finds(built: Json) -> None:
    search = Search(read(built | {"existing": {}}))
    if search.case.gap_days[0] < DAYS_A_WEEK:
        return
    if not any(line.possible for lines in search.lines.values() for line in lines):
        return
    market = Market(search)
    nothing = Bookings(search.lookup)
    for sweep in market.sweeps():
        swept = sweep.best(market.gains[sweep.uses])
        for line, worth, uses in zip(swept.lines, swept.worth, swept.uses, strict=True):
            route = Paths(market.lines[line], nothing).best()
            assert (worth > NEVER) == (route is not None)
            if route is not None:
                options = [market.options[use] for use in uses]
                assert market.lines[line].worth_of(options) == worth == route.worth


@pytest.mark.parametrize("seed", range(3))
def test_no_plan_passes_the_bound_of_the_rents_and_the_bound_is_no_worse_than_alone(
    seed: int,
) -> None:
    search = Search(read(many(seed)))
    best = plan_together(search, Effort(monotonic() + LONG))
    rents = Rents(Market(search))
    rents.lower(60, Effort(monotonic() + LONG))

    assert best.proven
    assert best.draft is not None
    alone = sum(route.worth for route in search.alone.values() if route)
    assert best.draft.worth[1] <= rents.bound <= alone


@pytest.mark.parametrize("seed", range(3))
def test_bids_give_a_plan_that_breaks_no_rule_and_reaches_the_best_of_small_cases(
    seed: int,
) -> None:
    search = Search(read(many(seed)))
    best = plan_together(search, Effort(monotonic() + LONG))
    known = bound_alone(search)
    found = lay_by_bids(search, Draft(search), known, Effort(monotonic() + LONG))

    assert best.draft is not None
    assert found.draft is not None
    assert broken_rules(search.case, found.draft.meetings()) == []
    assert found.draft.points <= best.draft.points <= found.bound[0] <= known[0]
    assert found.draft.points >= floor(best.draft.points * 0.95)


def test_contended_cohorts_come_near_the_bound_and_beat_the_plan_in_hand() -> None:
    case = meetings_case(16, 3, choices=3, objective="seats")
    search = Search(case)
    in_hand = one_after_another(search)
    found = lay_by_bids(search, in_hand, bound_alone(search), Effort(monotonic() + LONG))

    assert found.draft is not None
    assert broken_rules(case, found.draft.meetings()) == []
    assert found.draft.worth > in_hand.worth
    assert 1 - found.draft.points / found.bound[0] < 4 * NEAR_ENOUGH


def test_the_same_facts_give_the_same_plan_where_time_does_not_end_the_search() -> None:
    search = Search(read(many(1)))
    plans = []
    for _ in range(2):
        effort = Effort(monotonic() + LONG)
        found = lay_by_bids(search, Draft(search), bound_alone(search), effort)
        assert not effort.over
        assert found.draft is not None
        plans.append(found.draft.meetings())

    assert plans[0] == plans[1]


def test_a_known_bound_that_is_stricter_is_kept() -> None:
    search = Search(read(many(0)))
    strict = (1,)
    found = lay_by_bids(search, one_after_another(search), strict, Effort(monotonic() + LONG))

    assert found.bound == strict
