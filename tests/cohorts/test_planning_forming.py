"""People formed into cohorts: the most placed, then the most points, and why the others wait."""

import json
from itertools import product
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cohorts.planning import form_cohorts
from cohorts.planning.formation.checker import broken_forming_rules, worth
from cohorts.planning.formation.facts import Formation, FormedCohort, Kind, Waiting
from cohorts.planning.formation.greedy import one_by_one
from cohorts.planning.formation.placing import reasons_for_places
from cohorts.planning.formation.reading import read_forming_cases
from cohorts.planning.formation.units import units
from ground.reading import Malformed

pytestmark = pytest.mark.pure

Json = dict[str, Any]
MALA = Kind("M", "sv", "tue")


def person(**changes: Any) -> Json:
    return {"places": {"M": 10}, "langs": ["sv"], "slots": {"tue": 2}, "company": "k"} | changes


def crowd(count: int, **changes: Any) -> Json:
    return {f"p{n}": person(company=f"c{n}", **changes) for n in range(1, count + 1)}


def case(**changes: Any) -> Json:
    return {
        "id": "case",
        "min": 3,
        "max": 4,
        "company_max": 2,
        "capacity": {},
        "people": crowd(3),
    } | changes


def formed(built: Json) -> Formation:
    return form_cohorts(read_forming_cases(json.dumps(built))[0])


def test_together_share_a_cohort_or_all_wait() -> None:
    eight = case(people=crowd(8), together=[["p1", "p8"]])
    homes = [set(one.people) for one in formed(eight).cohorts]
    stranger = {**crowd(4), "p5": person(slots={"wed": 2}, company="c5")}
    parted = formed(case(people=stranger, together=[["p1", "p5"]]))

    assert [len({"p1", "p8"} & home) for home in homes if "p1" in home] == [2]
    assert parted.placed == 3
    assert parted.waiting == {"p1": Waiting.NO_COMMON_TIME, "p5": Waiting.NO_COMMON_TIME}


def test_apart_may_take_different_cohorts_of_one_kind() -> None:
    result = formed(case(people=crowd(6), apart=[["p1", "p2"], ["p3", "p4"]]))

    assert result.placed == 6
    assert all(len({"p1", "p2"} & set(one.people)) == 1 for one in result.cohorts)
    assert all(len({"p3", "p4"} & set(one.people)) == 1 for one in result.cohorts)


def test_three_who_must_all_be_apart_need_three_cohorts() -> None:
    enemies = [["p1", "p2", "p3"]]

    assert formed(case(people=crowd(9), apart=enemies)).placed == 9
    assert formed(case(people=crowd(8), apart=enemies)).placed == 7


def test_wishes_that_the_simple_way_of_dealing_cannot_meet_are_met_all_the_same() -> None:
    pairs = [["p1", "p2"], ["p3", "p4"], ["p5", "p6"]]
    rows = [["p1", "p3"], ["p3", "p5"]]

    result = formed(case(people=crowd(7), together=pairs, apart=rows))
    assert (result.placed, result.proven) == (7, True)


def test_a_company_has_at_most_so_many_in_each_cohort() -> None:
    people = {
        **{f"x{n}": person(company="x") for n in range(4)},
        **{f"y{n}": person(company=f"y{n}") for n in range(3)},
    }
    result = formed(case(people=people))

    assert result.placed == 7
    assert sorted(sum(key[0] == "x" for key in one.people) for one in result.cohorts) == [2, 2]


def test_capacity_counts_all_languages_together() -> None:
    people = {**crowd(3), **{f"e{n}": person(langs=["en"], company=f"e{n}") for n in range(3)}}

    assert formed(case(people=people)).placed == 6
    assert formed(case(people=people, capacity={"M|tue": 1})).placed == 3
    assert formed(case(people=people, capacity={"M|tue": 0})).placed == 0


def test_pinned_people_are_placed_before_others() -> None:
    people = {f"p{n}": person(company=f"c{n}", slots={"tue": 9, "wed": 1}) for n in range(3)}
    pinned = formed(case(people=people, pinned={"p1": "M|sv|wed"}))

    assert formed(case(people=people)).cohorts[0].kind == MALA
    assert pinned.cohorts == (FormedCohort(Kind("M", "sv", "wed"), ("p0", "p1", "p2")),)


@pytest.mark.parametrize(
    ("changes", "reasons"),
    [
        ({"people": crowd(2)}, {Waiting.TOO_FEW}),
        ({"people": crowd(5)}, {Waiting.TOO_FEW}),
        ({"people": crowd(6), "capacity": {"M|tue": 1}}, {Waiting.NO_CAPACITY}),
        ({"people": crowd(3), "capacity": {"M|tue": 0}}, {Waiting.NO_CAPACITY}),
        ({"people": {f"p{n}": person() for n in range(4)}}, {Waiting.COMPANY_FULL}),
        ({"people": {**crowd(2), "x1": person(), "x2": person(), "x3": person()},
          "max": 5}, {Waiting.COMPANY_FULL}),
        ({"people": crowd(4), "apart": [["p1", "p2"]]}, {Waiting.APART}),
        ({"people": crowd(3), "apart": [["p1", "p2"]], "together": [["p1", "p2"]]},
         {Waiting.APART, Waiting.TOO_FEW}),
        ({"people": {f"p{n}": person(company=f"c{n}", slots={day: 1})
                     for n, day in enumerate(("mon", "tue", "wed"))}}, {Waiting.NO_COMMON_TIME}),
        ({"people": {"p1": person(places={})}}, {Waiting.OTHER}),
    ],
)  # fmt: skip
def test_those_who_wait_are_told_why(changes: Json, reasons: set[Waiting]) -> None:
    assert set(formed(case(**changes)).waiting.values()) == reasons


def test_those_who_are_placed_are_told_which_of_their_wishes_it_is() -> None:
    people = {
        "p1": person(company="a"),
        "p2": person(company="b", places={"M": 4, "U": 10}, slots={"tue": 1, "wed": 2, "thu": 3}),
        "p3": person(company="c"),
    }
    read = read_forming_cases(json.dumps(case(people=people, pinned={"p3": "M|sv|tue"})))[0]
    told = reasons_for_places(read, form_cohorts(read))

    assert {key: str(reason) for key, reason in told.items()} == {
        "p1": "Både platsen och tiden är förstahandsval.",
        "p2": "Platsen är val 2 av 2 och tiden val 3 av 3.",
        "p3": "Handledaren har valt plats och tid.",
    }


def test_a_formation_that_breaks_a_rule_is_found() -> None:
    broken = read_forming_cases(
        json.dumps(
            case(
                people={**crowd(6), "x1": person(), "x2": person(), "x3": person()},
                capacity={"M|tue": 1},
                together=[["p1", "p2"]],
                apart=[["p3", "p4"]],
            )
        )
    )[0]
    cohorts = [
        FormedCohort(MALA, ("p1", "p3", "p4", "x1", "x2", "x3")),
        FormedCohort(MALA, ("p2", "p1")),
        FormedCohort(Kind("U", "sv", "tue"), ("p5", "p6", "p2")),
    ]

    assert len(broken_forming_rules(broken, cohorts)) == 11


@st.composite
def small(draw: Any) -> Json:
    """Draw cases in which everybody's every choice can be tried."""
    places = st.dictionaries(st.sampled_from("MU"), st.integers(0, 10), min_size=1, max_size=2)
    times = st.dictionaries(
        st.sampled_from(["tue", "wed"]), st.integers(0, 3), min_size=1, max_size=2
    )
    one = st.fixed_dictionaries(
        {"places": places, "langs": st.just(["sv"]), "slots": times},
        optional={},
    )
    names = [f"p{n}" for n in range(draw(st.integers(2, 6)))]
    pairs = st.lists(
        st.lists(st.sampled_from(names), min_size=2, max_size=2, unique=True), max_size=2
    )
    return case(
        min=2,
        max=3,
        company_max=draw(st.integers(1, 2)),
        capacity=draw(st.dictionaries(st.sampled_from(["M|tue", "U|wed"]), st.integers(0, 1))),
        people={key: {**draw(one), "company": draw(st.sampled_from("xyz"))} for key in names},
        together=draw(pairs),
        apart=draw(pairs),
    )


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
@given(small())
def test_no_way_of_forming_cohorts_is_better(built: Json) -> None:
    read = read_forming_cases(json.dumps(built))[0]
    result = formed(built)

    assert broken_forming_rules(read, result.cohorts) == []
    assert set(result.waiting) == set(read.people) - {
        key for one in result.cohorts for key in one.people
    }
    assert result.proven
    assert (result.placed, result.points) == _best(built)
    assert worth(read, one_by_one(read, units(read))) <= (result.placed, result.points)
    assert broken_forming_rules(read, one_by_one(read, units(read))) == []


def _best(built: Json) -> tuple[int, int]:
    """Return the best of all ways: everybody waits or takes one of two cohorts of a kind."""
    people = built["people"]
    choices = [
        [None, *((p, t, n) for p in one["places"] for t in one["slots"] for n in (0, 1))]
        for one in people.values()
    ]
    best = (0, 0)
    for chosen in product(*choices):
        where = dict(zip(people, chosen, strict=True))
        placed = sum(one is not None for one in chosen)
        if placed >= best[0] and _allowed(built, where):
            points = sum(
                people[key]["places"][one[0]] + people[key]["slots"][one[1]]
                for key, one in where.items()
                if one
            )
            best = max(best, (placed, points))
    return best


def _allowed(built: Json, where: dict[str, Any]) -> bool:
    cohorts = {one for one in where.values() if one}
    for cohort in cohorts:
        members = [key for key, one in where.items() if one == cohort]
        companies = [built["people"][key]["company"] for key in members]
        if not built["min"] <= len(members) <= built["max"]:
            return False
        if max(map(companies.count, companies)) > built["company_max"]:
            return False
    return (
        all(where[one] == where[other] for one, other in built["together"])
        and all(where[one] is None or where[one] != where[other] for one, other in built["apart"])
        and all(
            sum(f"{place}|{time}" == key for place, time, _ in cohorts) <= most
            for key, most in built["capacity"].items()
        )
    )


@pytest.mark.parametrize("key", sorted(case()))
def test_each_key_of_a_case_is_needed(key: str) -> None:
    lacking = {name: value for name, value in case().items() if name != key}
    with pytest.raises(Malformed) as refused:
        read_forming_cases(json.dumps({"cases": [lacking]}))

    assert refused.value.faults[0] == f"$.cases[0].{key}: expected a value, found nothing"


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"min": 0}, "$.min: expected a whole number of at least 1"),
        ({"min": 5}, "$.max: expected a number of at least 5"),
        ({"company_max": 0}, "$.company_max: expected a whole number of at least 1"),
        ({"capacity": {"M": 1}}, "$.capacity.M: expected place|time"),
        ({"capacity": {"M|tue": -1}}, "$.capacity.M|tue: expected a whole number of at least 0"),
        ({"people": {"p1": person(places=["M"])}}, "$.people.p1.places: expected an object"),
        ({"people": {"p1": person(places={"M": "a"})}}, "$.people.p1.places.M: expected a whole"),
        ({"people": {"p1": person(langs="sv")}}, "$.people.p1.langs: expected a list"),
        ({"people": {"p1": person(company=None)}}, "$.people.p1.company: expected a text"),
        ({"apart": [["p1", "p9"]]}, "$.apart[0][1]: expected one of p1, p2, p3"),
        ({"together": [["p1", "p1"]]}, "$.together[0]: expected each person once"),
        ({"pinned": {"p9": "M|sv|tue"}}, "$.pinned.p9: expected a pin for somebody"),
        ({"pinned": {"p1": "M|tue"}}, "$.pinned.p1: expected place|language|time"),
        ({"pinned": {"p1": "U|sv|tue"}}, "$.pinned.p1: expected a kind of cohort that"),
    ],
)
def test_a_faulty_value_is_told_with_its_place(changes: Json, fault: str) -> None:
    with pytest.raises(Malformed) as refused:
        read_forming_cases(json.dumps(case(**changes)))

    assert refused.value.faults[0].startswith(fault)
