"""Files that cannot be read: every fault is told at once, with its place in the file."""

import json
from typing import Any

import pytest

from cohorts.planning.reading import read_cases
from ground.reading import Malformed
from tests.cohorts.planning_builders import case, cohort, people

pytestmark = pytest.mark.pure


def faults(value: Any) -> list[str]:
    with pytest.raises(Malformed) as refused:
        read_cases(value if isinstance(value, str) else json.dumps(value))
    return refused.value.faults


def test_a_file_of_cases_and_a_file_that_is_one_case_are_both_read() -> None:
    one = case()
    other = case(id="other")

    assert [read.id for read in read_cases(json.dumps({"cases": [one, other]}))] == [
        "case",
        "other",
    ]
    assert [read.id for read in read_cases(json.dumps(one))] == ["case"]


@pytest.mark.parametrize("text", ["", "{", "[1,]", "{'a': 1}", '{"a": NaN}', '{"a": 1, "a": 2}'])
def test_what_is_not_json_is_refused_in_one_line(text: str) -> None:
    assert len(faults(text)) == 1


@pytest.mark.parametrize("text", ["[]", "1", '"x"', "null"])
def test_what_is_no_object_is_refused(text: str) -> None:
    assert faults(text)[0].startswith("$: expected an object")


@pytest.mark.parametrize("key", sorted(case()))
def test_each_key_of_a_case_is_needed(key: str) -> None:
    lacking = {name: value for name, value in case().items() if name != key}

    assert f"$.cases[0].{key}: expected a value, found nothing" in faults({"cases": [lacking]})


@pytest.mark.parametrize("key", sorted(case()))
@pytest.mark.parametrize("value", [None, 3.5, True, "x", [1], {"a": 1}, [[]], -1])
def test_nothing_of_the_wrong_kind_is_taken_for_a_value(key: str, value: Any) -> None:
    told = []
    try:
        read_cases(json.dumps(case(**{key: value})))
    except Malformed as refused:
        told = refused.faults

    assert bool(told) != ((key, value) == ("id", "x"))


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"gap": [28, 14]}, "gap: expected a first value that is not after the last"),
        ({"gap": [0, 14]}, "gap[0]: expected a whole number of at least 1"),
        ({"gap": [14]}, "gap: expected a list of two values"),
        ({"horizon": ["2027-02-30", "2027-03-01"]}, "horizon[0]: expected a date such as"),
        ({"horizon": ["2027-04-01", "2027-03-01"]}, "horizon: expected a first value"),
        ({"horizon": ["2027-04-01", "9999-12-31"]}, "horizon[1]: expected a date from 1900"),
        ({"slots": {"lunch": ["11:30", "24:00"]}}, "slots.lunch[1]: expected a time of day"),
        ({"slots": {"lunch": ["13:00", "11:30"]}}, "slots.lunch: expected a first value"),
        ({"slots": {"lunch": ["11:30", "11:30"]}}, "slots.lunch: expected an end after"),
        ({"km": {"umeamala": 1}}, "km.umeamala: expected two towns"),
        ({"km": {"umea-mala": -1}}, "km.umea-mala: expected a whole number of at least 0"),
        ({"km": {"a-b": 1, "b-a": 2}}, "km.b-a: expected the same number as for a-b"),
        ({"objective": "best"}, "objective: expected one of repair, seats, seats_then_km"),
        ({"closed_dates": ["2027-1-1"]}, "closed_dates[0]: expected a date such as"),
        (
            {"facilitators": {"f1": {"base": "mala", "weekly": [[7, "lunch"]]}}},
            "facilitators.f1.weekly[0][0]: expected a weekday from 0 (Monday) to 6",
        ),
        (
            {"facilitators": {"f1": {"base": "mala", "weekly": [[1, "night"]]}}},
            "facilitators.f1.weekly[0][1]: expected one of lunch",
        ),
        (
            {"facilitators": {"f1": {"base": "mala", "busy": ["2027-01-14"]}}},
            "facilitators.f1.busy[0]: expected a list of two values",
        ),
        (
            {"facilitators": {"f1": {"base": "mala", "max_per_week": -1}}},
            "facilitators.f1.max_per_week: expected a whole number of at least 0",
        ),
        (
            {"rooms": [{"id": "M", "place": "mala", "capacity": 1}] * 2},
            "rooms[1].id: expected an id that no other room has",
        ),
        ({"existing": {"B": []}}, "existing.B: expected meetings of a cohort in this case"),
        ({"objective": "repair"}, "existing: expected a value, found nothing"),
        ({"locked_until": "soon"}, "locked_until: expected a date such as"),
    ],
)
def test_a_value_out_of_bounds_is_told_with_its_place(changes: Any, fault: str) -> None:
    assert any(
        one.startswith(f"$.cases[0].{fault}") for one in faults({"cases": [case(**changes)]})
    )


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"meetings": 0}, "meetings: expected a whole number of at least 1"),
        ({"meetings": 10**9}, "meetings: expected at most 400 meetings"),
        ({"first": ["2027-01-15", "2027-01-11"]}, "first: expected a first value"),
        ({"facilitators": ["f9"]}, "facilitators[0]: expected one of f1"),
        ({"places": "mala"}, "places: expected a list"),
        ({"quota": {"mala": [2, 1]}}, "quota.mala: expected a first value"),
        ({"min_attend": 1.5}, "min_attend: expected a whole number"),
        ({"participants": people(1, max_km="far")}, "participants.p1.max_km: expected a whole"),
        ({"participants": people(1, digital="yes")}, "participants.p1.digital: expected true"),
        ({"participants": people(1, away=["x"])}, "participants.p1.away[0]: expected a date"),
        ({"participants": people(1, can=[3])}, "participants.p1.can[0]: expected a list of two"),
    ],
)
def test_a_faulty_cohort_is_told_with_its_place(changes: Any, fault: str) -> None:
    built = case(cohorts={"A": cohort(**changes)})

    assert any(one.startswith(f"$.cohorts.A.{fault}") for one in faults(built))


def test_existing_meetings_stand_in_the_order_of_their_dates_and_are_not_too_many() -> None:
    standing = [
        {"date": day, "slot": "lunch", "place": "mala"} for day in ("2027-02-04", "2027-01-14")
    ]
    told = faults(case(existing={"A": standing}))

    assert [one.partition(", found")[0] for one in told] == [
        "$.existing.A: expected at most 1 meetings",
        "$.existing.A: expected meetings in the order of their dates",
    ]


def test_a_distance_that_a_plan_may_need_is_asked_for() -> None:
    assert [
        one.partition(", found")[0]
        for one in faults(case(km={}, cohorts={"A": cohort(participants={"p1": {"home": "umea"}})}))
    ] == ["$.km: expected a number for umea-mala"]


def test_travel_times_are_asked_for_only_where_a_day_has_two_times() -> None:
    towns = {"cohorts": {"A": cohort(places=["mala", "umea"])}, "travel_min": {}}
    two = {"am": ["08:30", "10:00"], "lunch": ["11:30", "13:00"]}

    assert len(read_cases(json.dumps(case(**towns)))) == 1
    assert [one.partition(", found")[0] for one in faults(case(**towns, slots=two))] == [
        "$.travel_min: expected a number for mala-umea"
    ]


def test_all_faults_of_all_cases_are_told_at_once() -> None:
    told = faults({"cases": [case(gap=[14]), case(objective="x"), case(id="")]})

    assert [one.split(":")[0] for one in told] == [
        "$.cases[0].gap",
        "$.cases[1].objective",
        "$.cases[2].id",
        "$.cases[1].id",
    ]


def test_null_means_left_out_where_a_value_may_be_left_out() -> None:
    free = {"base": "mala", "dates": None, "weekly": None, "off": None, "max_per_week": None}

    assert read_cases(json.dumps(case(facilitators={"f1": free}))) == read_cases(
        json.dumps(case(facilitators={"f1": {"base": "mala"}}))
    )
