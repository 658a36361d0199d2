"""The worst-off first: how many meetings everybody can attend, then seats."""

import random

import pytest

from cohorts.planning.bookings import Bookings
from cohorts.planning.drafts import Search
from cohorts.planning.fair import TooHard, attends_least, fairest_route, route_with_floor
from cohorts.planning.options import least_able
from tests.cohorts.planning_builders import SLOTS, Json, case, cohort, planned, read
from tests.cohorts.planning_enumeration import best_score

pytestmark = pytest.mark.pure


def crowd(seed: int, meetings: int = 4, size: int = 5) -> Json:
    """Return a cohort whose people can at different times."""
    dice = random.Random(seed)
    week = [[day, slot] for day in range(5) for slot in ("am", "lunch")]
    return case(
        objective="worst_then_seats",
        horizon=["2027-01-11", "2027-03-26"],
        slots={slot: SLOTS[slot] for slot in ("am", "lunch")},
        facilitators={"f1": {"base": "mala", "weekly": dice.sample(week, 3)}},
        cohorts={
            "A": cohort(
                meetings=meetings,
                first=["2027-01-11", "2027-01-22"],
                places=["mala", "digital"],
                quota={"digital": [0, 1]},
                participants={
                    f"p{n}": {
                        "home": "mala",
                        "can": dice.sample(week, 5),
                        "digital": dice.random() < 0.5,
                    }
                    for n in range(size)
                },
            )
        },
    )


@pytest.mark.parametrize("seed", range(6))
def test_the_fairest_plan_is_that_of_all_plans(seed: int) -> None:
    built = crowd(seed, meetings=3)
    plan = planned(built)

    assert (plan.score and list(plan.score)) == best_score(built)
    assert plan.proven


@pytest.mark.parametrize("seed", range(6))
def test_each_floor_below_the_highest_can_be_kept_and_gives_no_fewer_seats(seed: int) -> None:
    search = Search(read(crowd(seed)))
    lines, nothing = search.lines["A"], Bookings(search.lookup)
    found = fairest_route(lines, nothing, 60_000)
    assert found is not None
    highest, fairest = found
    routes = [route_with_floor(lines, nothing, floor, 60_000) for floor in range(highest + 1)]
    worths = [route.worth for route in routes if route]

    assert len(worths) == highest + 1
    assert worths == sorted(worths, reverse=True)
    assert worths[-1] == fairest.worth
    assert attends_least(fairest, 5) == highest
    assert route_with_floor(lines, nothing, highest + 1, 60_000) is None


def test_a_search_that_is_given_up_says_so() -> None:
    thursdays = {f"p{n}": {"home": "mala", "can": [[3, "lunch"]]} for n in (1, 2, 3)}
    mondays = {"p4": {"home": "mala", "can": [[0, "lunch"]]}}
    built = case(
        facilitators={"f1": {"base": "mala", "weekly": [[0, "lunch"], [3, "lunch"]]}},
        cohorts={"A": cohort(meetings=3, participants=thursdays | mondays)},
    )
    search = Search(read(built))
    one_monday = route_with_floor(search.lines["A"], Bookings(search.lookup), 1, 1000)

    assert one_monday is not None
    assert sum(option.seats for option in one_monday.options) == 7
    with pytest.raises(TooHard):
        route_with_floor(search.lines["A"], Bookings(search.lookup), 1, 0)


def test_a_plan_without_people_is_as_fair_as_any() -> None:
    empty = case(objective="worst_then_seats", cohorts={"A": cohort(participants={})})

    assert planned(empty).score == (0, 0)


def test_people_whose_times_hold_somebody_elses_need_no_watching() -> None:
    often, seldom, other = 0b001, 0b010, 0b100

    assert least_able([often | seldom, often, often | other], 3) == [1, 2]
    assert least_able([often | seldom, often | seldom], 2) == [0]
    assert least_able([], 2) == [0]
