"""Cohorts that stand in each other's way: facilitators, weeks, rooms, and cases cut in blocks."""

import json
from time import monotonic
from typing import Any

import pytest

from cohorts.planning.checker import broken_rules
from cohorts.planning.drafts import Draft, Search
from cohorts.planning.effort import Effort, lower_bound
from cohorts.planning.facts import Relaxation
from cohorts.planning.large import lay_in_blocks
from cohorts.planning.reading import read_cases
from cohorts.planning.rooms import deal_rooms
from cohorts.planning.sequence import one_after_another, settle
from cohorts.planning.together import plan_together
from tests.cohorts.planning_builders import SLOTS, Json, case, cohort, dates, people, planned, read

pytestmark = pytest.mark.pure

DAY = ["2027-01-14", "2027-01-14"]


def crowd(count: int, **changes: Any) -> Json:
    """Return cohorts A, B, C ... whose only day is 14 January 2027, under one facilitator."""
    built = {
        "slots": SLOTS,
        "facilitators": {"f1": {"base": "mala"}},
        "cohorts": {key: cohort(first=DAY) for key in "ABCDEFGH"[:count]},
    }
    return case(**built | changes)


def test_three_cohorts_share_the_three_times_of_a_day() -> None:
    plan = planned(crowd(3))
    taken = sorted(series[0].slot for series in (plan.meetings or {}).values())

    assert (plan.score, taken, plan.proven) == ((12,), ["am", "lunch", "pm"], True)


def test_a_fourth_cohort_has_no_time_left_and_it_is_said_which_would_help() -> None:
    plan = planned(crowd(4))

    assert (plan.feasible, plan.proven, plan.relaxations) == (False, True, ())
    assert [str(line) for line in plan.because] == [
        "Varje kursgrupp går att planera för sig, men inte alla samtidigt.",
        "D: De andra grupperna tar handledare eller lokaler på de dagar som hade gått.",
    ]


def test_at_most_so_many_meetings_a_week_for_one_facilitator() -> None:
    few = {"f1": {"base": "mala", "max_per_week": 2}}

    assert planned(crowd(2, facilitators=few)).score == (8,)
    assert planned(crowd(3, facilitators=few)).feasible is False


def test_without_travel_time_a_day_in_two_towns_would_go() -> None:
    towns = {"A": cohort(first=DAY), "B": cohort(first=DAY, places=["umea"])}
    slots = {key: SLOTS[key] for key in ("am", "lunch")}
    plan = planned(crowd(2, cohorts=towns, slots=slots))

    assert plan.feasible is False
    assert plan.relaxations == (Relaxation.ALLOW_DIGITAL, Relaxation.NO_TRAVEL_TIME)


@pytest.mark.parametrize(
    ("sizes", "seats", "fit"),
    [
        ((12, 8), (12, 8), True),
        ((12, 9), (12, 8), False),
        ((8, 8), (12, 8), True),
        ((5, 5, 5), (12, 8), False),
        ((12, 8, 3), (20, 12, 3), True),
        ((12, 8, 3), (12, 7, 3), False),
    ],
)
def test_meetings_at_once_fit_if_the_largest_fit_the_largest_rooms(
    sizes: tuple[int, ...], seats: tuple[int, ...], fit: bool
) -> None:
    keys = "ABC"[: len(sizes)]
    built = case(
        facilitators={f"f{key}": {"base": "mala"} for key in keys},
        cohorts={
            key: cohort(first=DAY, participants=people(size), facilitators=[f"f{key}"])
            for key, size in zip(keys, sizes, strict=True)
        },
        rooms=[{"id": f"M{n}", "place": "mala", "capacity": n} for n in seats],
    )
    plan = planned(built)

    assert (plan.feasible, plan.proven) == (fit, True)
    assert (Relaxation.ENOUGH_ROOMS in plan.relaxations) == (not fit)
    if plan.meetings:
        dealt = deal_rooms(read(built), plan.meetings)
        assert len(set(dealt.values())) == len(sizes)
        assert all(int(room[1:]) >= sizes[keys.index(key)] for (key, _), room in dealt.items())


def test_rooms_are_dealt_the_largest_to_the_largest() -> None:
    built = case(rooms=[{"id": f"M{n}", "place": "mala", "capacity": n} for n in (8, 20, 12)])
    meetings = planned(built).meetings or {}

    assert deal_rooms(read(built), meetings) == {("A", 0): "M20"}


def test_a_digital_meeting_gets_no_room() -> None:
    built = case(cohorts={"A": cohort(places=["digital"])})

    assert deal_rooms(read(built), planned(built).meetings or {}) == {}


def test_two_slots_that_overlap_take_the_same_room_and_facilitator() -> None:
    overlapping = {"lunch": ["11:30", "13:00"], "late": ["12:30", "14:00"]}

    assert planned(crowd(2, slots=overlapping)).feasible is False
    leaders = {"f1": {"base": "mala"}, "f2": {"base": "mala"}}
    both = {key: cohort(first=DAY, facilitators=["f1", "f2"]) for key in "AB"}
    one_room = crowd(2, slots=overlapping, facilitators=leaders, cohorts=both)
    assert planned(one_room).relaxations == (Relaxation.ENOUGH_ROOMS, Relaxation.ALLOW_DIGITAL)


def many(seed: int) -> Json:
    """Return eight cohorts under three facilitators, more than fit where each would like best."""
    liked = [[day, slot] for day in range(5) for slot in sorted(SLOTS)]
    return case(
        slots=SLOTS,
        horizon=["2027-01-11", "2027-03-12"],
        facilitators={
            f"f{n}": {
                "base": "mala",
                "weekly": [liked[(seed + 4 * n + k * 3) % 15] for k in range(3)],
                "max_per_week": 2,
            }
            for n in range(3)
        },
        cohorts={
            key: cohort(
                meetings=2,
                first=["2027-01-11", "2027-01-29"],
                facilitators=[f"f{n % 3}", f"f{(n + 1) % 3}"],
                participants={
                    f"p{k}": {
                        "home": "mala",
                        "can": [liked[(n * k + s + seed) % 15] for s in range(6)],
                    }
                    for k in range(5)
                },
            )
            for n, key in enumerate("ABCDEFGH")
        },
    )


@pytest.mark.parametrize("seed", range(3))
def test_a_case_laid_in_blocks_stays_within_its_bound_and_breaks_no_rule(seed: int) -> None:
    whole = read_cases(json.dumps(many(seed)))[0]
    search = Search(whole)
    best = plan_together(search, Effort(monotonic() + 30))
    in_blocks = lay_in_blocks(search, Draft(search), Effort(monotonic() + 6), floor=0)

    assert best.proven
    assert best.draft is not None
    assert in_blocks.draft is not None
    assert broken_rules(whole, in_blocks.draft.meetings()) == []
    assert in_blocks.draft.points <= best.draft.points <= in_blocks.bound[0]


@pytest.mark.parametrize("seed", range(3))
def test_the_plan_in_hand_keeps_the_rules_and_settling_never_makes_it_worse(seed: int) -> None:
    search = Search(read(many(seed)))
    draft = one_after_another(search)
    before = draft.worth
    settle(draft)

    assert draft.worth >= before
    assert draft.missing or broken_rules(search.case, draft.meetings()) == []


def test_the_gaps_are_drawn_to_three_weeks_where_it_costs_no_seat() -> None:
    every_day = {"f1": {"base": "mala"}}
    series = {"A": cohort(meetings=4, first=DAY)}

    assert dates(planned(case(facilitators=every_day, cohorts=series))) == [
        "2027-01-14",
        "2027-02-04",
        "2027-02-25",
        "2027-03-18",
    ]


@pytest.mark.parametrize(
    ("known", "found", "stricter"),
    [
        ((10, -5), (), (10, -5)),
        ((10, -5), (9,), (9,)),
        ((10, -5), (10,), (10,)),
        ((10, -5), (11, -1), (10, -5)),
        ((10, -5), (10, -7), (10, -7)),
    ],
)
def test_the_stricter_of_two_bounds_is_kept(
    known: tuple[int, ...], found: tuple[int, ...], stricter: tuple[int, ...]
) -> None:
    assert lower_bound(known, found) == stricter
