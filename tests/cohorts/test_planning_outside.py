"""What a case is told of the world outside it: weeks filled already, the days a cohort keeps."""

from dataclasses import replace
from datetime import date
from time import monotonic

import pytest
from hypothesis import HealthCheck, given, settings

from benchmarks.planning_instances import meetings_case
from cohorts.planning import plan_meetings
from cohorts.planning.checker import Rule, breaches, broken_rules
from cohorts.planning.drafts import Search
from cohorts.planning.effort import Effort
from cohorts.planning.facts import Case, Meeting
from cohorts.planning.sequence import one_after_another
from cohorts.planning.trading import trade
from tests.cohorts.planning_builders import Json, case, cohort, dates, read, small_cases

pytestmark = pytest.mark.pure

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
THURSDAY = date(2027, 1, 14)
TWO_WEEKS = ["2027-01-11", "2027-01-22"]


def led_outside(built: Json, *days: date) -> Case:
    """Return the case whose facilitator leads one meeting a week, elsewhere on ``days``."""
    facts = read(built)
    leader = replace(facts.facilitators["f1"], max_per_week=1, also_leads=days)
    return replace(facts, facilitators={"f1": leader})


def test_a_week_that_is_full_elsewhere_takes_no_meeting() -> None:
    built = case(cohorts={"A": cohort(first=TWO_WEEKS)})
    free = plan_meetings(led_outside(built))
    full = plan_meetings(led_outside(built, date(2027, 1, 11)))
    assert (dates(free), dates(full)) == (["2027-01-14"], ["2027-01-21"])


def test_the_checker_counts_meetings_elsewhere_in_the_iso_week() -> None:
    facts = led_outside(case(), date(2027, 1, 17))  # Sunday of the same week
    meeting = Meeting(THURSDAY, "lunch", "mala", "f1")
    assert [one.rule for one in breaches(facts, {"A": (meeting,)})] == [Rule.WEEK_FULL]
    facts = led_outside(case(), date(2027, 1, 18))
    assert breaches(facts, {"A": (meeting,)}) == []


def test_a_cohort_keeps_its_weekday_though_its_leader_works_all_week() -> None:
    facts = read(case(facilitators={"f1": {"base": "mala"}}))
    group = replace(facts.cohorts["A"], times=frozenset({(2, "lunch")}))
    facts = replace(facts, cohorts={"A": group})
    assert dates(plan_meetings(facts)) == ["2027-01-13"]
    wrong = Meeting(THURSDAY, "lunch", "mala", "f1")
    assert [one.rule for one in breaches(facts, {"A": (wrong,)})] == [Rule.TIME]


def test_why_there_is_no_plan_names_the_days_that_are_not_the_cohorts() -> None:
    facts = read(case(facilitators={"f1": {"base": "mala"}}))
    group = replace(facts.cohorts["A"], times=frozenset({(2, "lunch")}))
    closed = frozenset({date(2027, 1, 13)})
    plan = plan_meetings(replace(facts, cohorts={"A": group}, closed=closed))
    assert "4 av 5 vardagar är inte gruppens dag." in [str(one) for one in plan.because]


@settings(max_examples=25, deadline=None, suppress_health_check=SLOW)
@given(small_cases(("seats", "seats_then_km", "repair"), cohorts=3))
def test_a_trade_never_makes_a_plan_worse_nor_breaks_a_rule(built: Json) -> None:
    search = Search(read(built))
    if any(route is None for route in search.alone.values()):
        return
    draft = one_after_another(search)
    before = draft.worth
    trade(draft, Effort(monotonic() + 5))
    assert draft.worth >= before
    if not draft.missing:
        assert broken_rules(search.case, draft.meetings()) == []


def test_trades_of_a_large_case_are_repeatable_and_keep_the_rules() -> None:
    found = []
    for _ in range(2):
        search = Search(meetings_case(12, 5, choices=3, objective="seats"))
        draft = one_after_another(search)
        trade(draft, Effort(monotonic() + 60))
        found.append(draft.meetings())
        assert broken_rules(search.case, found[-1]) == [] or draft.missing
    assert found[0] == found[1]
