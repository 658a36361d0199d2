"""The worked cases: each score was found by trying every plan."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from cohorts.planning import plan_meetings
from cohorts.planning.checker import broken_rules
from cohorts.planning.facts import Meeting, Plan
from cohorts.planning.reading import read_cases
from cohorts.planning.times import start_utc
from tests.cohorts.planning_enumeration import all_plans, score

pytestmark = pytest.mark.pure

TEXT = (Path(__file__).parents[1] / "cases" / "meetings.json").read_text(encoding="utf-8")
FILE = json.loads(TEXT)["cases"]
CASES = read_cases(TEXT)
PLANS: dict[str, Plan] = {}
NUMBERS = range(len(FILE))
NAMES = [case["id"] for case in FILE]
FEASIBLE = [n for n in NUMBERS if FILE[n]["expect"]["feasible"]]
SINGLE = [n for n in FEASIBLE if FILE[n]["expect"]["optimal_plans"] == 1]
INFEASIBLE = [n for n in NUMBERS if not FILE[n]["expect"]["feasible"]]


def plan_of(number: int) -> Plan:
    case = CASES[number]
    if case.id not in PLANS:
        PLANS[case.id] = plan_meetings(case)
    return PLANS[case.id]


@pytest.mark.parametrize("number", NUMBERS, ids=NAMES)
def test_the_score_is_the_best_there_is(number: int) -> None:
    expected = FILE[number]["expect"]
    plan = plan_of(number)

    assert plan.feasible == expected["feasible"]
    assert (plan.score and list(plan.score)) == expected.get("score")
    assert plan.proven


@pytest.mark.parametrize("number", FEASIBLE, ids=[NAMES[n] for n in FEASIBLE])
def test_the_plan_keeps_every_rule(number: int) -> None:
    assert broken_rules(CASES[number], plan_of(number).meetings or {}) == []


@pytest.mark.parametrize("number", SINGLE, ids=[NAMES[n] for n in SINGLE])
def test_where_one_plan_is_best_it_is_that_one(number: int) -> None:
    expected = FILE[number]["expect"]
    plan, slots = plan_of(number), CASES[number].slots
    found = {
        key: [_as_json(meeting, slots[meeting.slot].start) for meeting in series]
        for key, series in (plan.meetings or {}).items()
    }

    assert found == expected["one_optimal_plan"]
    assert plan.measures is not None
    assert {name: getattr(plan.measures, name) for name in expected["measures"]} == (
        expected["measures"]
    )


@pytest.mark.parametrize("number", INFEASIBLE, ids=[NAMES[n] for n in INFEASIBLE])
def test_those_relaxations_are_named_that_help_and_why_there_is_no_plan(number: int) -> None:
    plan = plan_of(number)

    assert [str(one) for one in plan.relaxations] == (
        FILE[number]["expect"]["single_relaxations_that_help"]
    )
    assert plan.because


@pytest.mark.parametrize("number", FEASIBLE, ids=[NAMES[n] for n in FEASIBLE])
def test_each_meeting_starts_at_its_time_on_the_clock_in_stockholm(number: int) -> None:
    case = CASES[number]
    for series in (plan_of(number).meetings or {}).values():
        for meeting in series:
            start = start_utc(meeting.on, case.slots[meeting.slot].start)
            local = start.astimezone(ZoneInfo("Europe/Stockholm"))

            assert local.replace(tzinfo=None) == datetime.combine(
                meeting.on, case.slots[meeting.slot].start
            )


@pytest.mark.parametrize("number", NUMBERS, ids=NAMES)
def test_trying_every_plan_gives_the_number_of_plans_in_the_file(number: int) -> None:
    found = list(all_plans(FILE[number]))
    expected = FILE[number]["expect"]

    assert len(found) == expected["feasible_plans"]
    assert max((score(FILE[number], plan) for plan in found), default=None) == (
        expected.get("score")
    )


def _as_json(meeting: Meeting, start: Any) -> dict[str, str]:
    return {
        "date": str(meeting.on),
        "slot": meeting.slot,
        "place": meeting.place,
        "facilitator": meeting.facilitator,
        "start_utc": f"{start_utc(meeting.on, start):%Y-%m-%dT%H:%MZ}",
    }
