"""What holds for every case: planned against all plans there are, for cases small enough."""

import random
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cohorts.planning.checker import broken_rules
from cohorts.planning.facts import Relaxation
from cohorts.planning.relax import relaxed
from tests.cohorts.planning_builders import Json, case, planned, read, small_cases
from tests.cohorts.planning_enumeration import all_plans, best_score

pytestmark = pytest.mark.pure

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
quick = settings(max_examples=100, deadline=None, suppress_health_check=SLOW)
with_solver = settings(max_examples=30, deadline=None, suppress_health_check=SLOW)
ALONE = ("seats", "worst_then_seats", "seats_then_km", "repair")


@quick
@given(small_cases(ALONE))
def test_one_cohort_gets_the_best_of_all_plans(case: Json) -> None:
    plan = planned(case)

    assert (plan.score and list(plan.score)) == best_score(case)
    assert plan.proven
    assert plan.meetings is None or broken_rules(read(case), plan.meetings) == []


@with_solver
@given(small_cases(ALONE, cohorts=2))
def test_two_cohorts_together_get_the_best_of_all_plans(case: Json) -> None:
    plan = planned(case)

    assert (plan.score and list(plan.score)) == best_score(case)
    assert plan.proven
    assert plan.meetings is None or broken_rules(read(case), plan.meetings) == []


@quick
@given(small_cases(ALONE), st.randoms(use_true_random=False))
def test_the_same_facts_in_another_order_give_the_same_plan(
    case: Json, dice: random.Random
) -> None:
    assert planned(_shuffled(case, dice)) == planned(case)


@quick
@given(small_cases(("repair",)))
def test_a_repair_leaves_locked_meetings_as_they_are(case: Json) -> None:
    plan = planned(case)
    for old, new in zip(case["existing"]["A"], (plan.meetings or {}).get("A", ()), strict=False):
        if old["date"] <= case["locked_until"]:
            assert (str(new.on), new.slot, new.place) == (old["date"], old["slot"], old["place"])


@quick
@given(small_cases(("seats", "worst_then_seats", "seats_then_km")), st.data())
def test_one_more_closed_day_never_gives_a_better_plan(case: Json, data: Any) -> None:
    first, last = (date.fromisoformat(end) for end in case["horizon"])
    closed = str(data.draw(st.dates(first, last)))
    before = planned(case)
    after = planned({**case, "closed_dates": [*case["closed_dates"], closed]})

    assert after.score is None or (before.score is not None and after.score <= before.score)


@with_solver
@given(small_cases(("seats",)))
def test_exactly_those_relaxations_are_named_under_which_a_plan_exists(case: Json) -> None:
    plan = planned(case)
    if plan.score is not None:
        assert plan.relaxations == ()
        return
    helping = {
        Relaxation.IGNORE_CLOSED_DAYS: {**case, "closed_dates": []},
        Relaxation.GAP_MAX_PLUS_7: {**case, "gap": [case["gap"][0], case["gap"][1] + 7]},
        Relaxation.GAP_MIN_MINUS_7: {**case, "gap": [max(1, case["gap"][0] - 7), case["gap"][1]]},
        Relaxation.NO_MIN_ATTEND: _with_cohort(case, min_attend=0),
        Relaxation.ALLOW_DIGITAL: _with_cohort(
            case, places=list({*case["cohorts"]["A"]["places"], "digital"})
        ),
        Relaxation.FACILITATOR_ALWAYS_FREE: {
            **case,
            "facilitators": {
                key: {"base": one["base"], "max_per_week": one.get("max_per_week")}
                for key, one in case["facilitators"].items()
            },
        },
    }
    for relaxation, other in helping.items():
        without_none = {key: _plain(one) for key, one in other["facilitators"].items()}
        exists = next(all_plans({**other, "facilitators": without_none}), None) is not None

        assert (relaxation in plan.relaxations) == exists


def test_each_relaxation_changes_one_thing_only() -> None:
    case = read(_with_everything())
    changed = {
        relaxation: [
            name
            for name in case.__slots__
            if getattr(relaxed(case, relaxation), name) != getattr(case, name)
        ]
        for relaxation in Relaxation
    }

    assert changed == {
        Relaxation.IGNORE_CLOSED_DAYS: ["closed"],
        Relaxation.FACILITATOR_ALWAYS_FREE: ["facilitators"],
        Relaxation.ENOUGH_ROOMS: ["enough_rooms"],
        Relaxation.GAP_MAX_PLUS_7: ["gap_days"],
        Relaxation.GAP_MIN_MINUS_7: ["gap_days"],
        Relaxation.ALLOW_DIGITAL: ["cohorts"],
        Relaxation.NO_MIN_ATTEND: ["cohorts"],
        Relaxation.NO_TRAVEL_TIME: ["travels"],
    }


def _with_everything() -> Json:
    built = case(closed_dates=["2027-01-21"])
    return _with_cohort(built, min_attend=1)


def _with_cohort(case: Json, **changes: Any) -> Json:
    return {**case, "cohorts": {"A": {**case["cohorts"]["A"], **changes}}}


def _plain(facilitator: Json) -> Json:
    return {key: value for key, value in facilitator.items() if value is not None}


def _shuffled(built: Json, dice: random.Random) -> Json:
    """Return the same facts with everything turned around whose order means nothing."""
    cohorts = {
        key: {
            **one,
            "places": dice.sample(one["places"], len(one["places"])),
            "facilitators": dice.sample(one["facilitators"], len(one["facilitators"])),
            "participants": _turned(one["participants"], dice),
        }
        for key, one in _turned(built["cohorts"], dice).items()
    }
    return {
        **built,
        "slots": _turned(built["slots"], dice),
        "cohorts": _turned(cohorts, dice),
        "facilitators": _turned(built["facilitators"], dice),
        "rooms": dice.sample(built["rooms"], len(built["rooms"])),
        "closed_dates": dice.sample(built["closed_dates"], len(built["closed_dates"])),
    }


def _turned(names: Json, dice: random.Random) -> Json:
    return {key: names[key] for key in dice.sample(sorted(names), len(names))}
