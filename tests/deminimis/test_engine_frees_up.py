from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deminimis.engine import AidStatus, Enterprise, Facts, Mode, NewAid, Outcome, PriorAid, assess
from deminimis.engine.facts import FiscalYearEnd
from tests.deminimis.asking import LAW, aid, asking, day, decided, merger, split, votes

pytestmark = pytest.mark.pure

FULL = aid("p", "299000.00", "2025-03-03")


def freed(*prior: PriorAid, **more: Any) -> str:
    return str(decided(asking(*prior, **more)).frees_up_on)


def test_it_frees_up_when_enough_has_left_the_window_and_not_before() -> None:
    steps = (
        aid("p", "1000.00", "2024-01-10"),
        aid("q", "900.00", "2024-02-29"),
        aid("r", "298000.00", "2025-03-03"),
    )
    assert freed(*steps, eur="1100.00") == "2027-01-11"
    assert freed(*steps, eur="2000.00") == "2027-03-01"
    assert freed(*steps, eur="2000.01") == "2028-03-04"


@pytest.mark.parametrize("eur", ["300000.01", "999999999.00"])
def test_aid_above_the_ceiling_itself_never_fits(eur: str) -> None:
    assert freed(FULL, eur=eur) == "None"


def test_nothing_frees_up_after_the_regulation_has_ended() -> None:
    late = aid("p", "299000.00", "2029-03-03")
    assert freed(late, on="2029-05-04") == "None"
    assert freed(late, on="2029-05-04", mode=Mode.REASSESS) == "2032-03-04"


@pytest.mark.parametrize(
    ("more", "on"),
    [
        ({"links": (votes("A", "B", until=day("2026-09-01")),)}, "2026-09-01"),
        ({"links": (votes("A", "B"),)}, "2028-03-04"),
        (
            {"links": (votes("A", "B"),), "events": (merger("X", "B", on="2026-08-01"),)},
            "2026-08-01",
        ),
        (
            {
                "links": (votes("A", "B"),),
                "events": (split("B", equity={"X": "1"}, on="2026-07-01"),),
            },
            "2026-07-01",
        ),
    ],
)
def test_a_change_that_the_facts_already_know_may_free_it(more: dict[str, Any], on: str) -> None:
    assert freed(aid("p", "299000.00", "2025-03-03", "B"), **more) == on


def test_a_renunciation_still_to_take_effect_frees_it_on_its_day() -> None:
    renounced = replace(
        FULL, status=AidStatus.RENOUNCED, confirmed=True, status_on=day("2026-05-20")
    )
    assert freed(renounced) == "2026-05-20"
    assert freed(replace(renounced, confirmed=False)) == "2028-03-04"


def test_aid_granted_later_counts_on_the_days_after_it() -> None:
    later = aid("q", "299000.00", "2026-06-01")
    early = aid("p", "299000.00", "2023-06-10")
    assert freed(early) == "2026-06-11"
    assert freed(early, later) == "2029-06-02"


def test_it_frees_up_before_a_later_aid_takes_the_headroom_again() -> None:
    early = aid("p", "298000.00", "2023-06-10")
    between = aid("q", "1000.00", "2024-01-10")
    later = aid("r", "299000.00", "2026-09-01")
    assert freed(early, between, later) == "2026-06-11"


def test_a_higher_ceiling_does_not_free_it_for_a_sector_that_is_excluded_from_then_on() -> None:
    old = LAW.regulations["2023/2831"].versions[0]
    changed = day("2027-01-01")
    versions = (
        replace(old, until=changed - timedelta(days=1)),
        replace(old, since=changed, ceiling_eur=Decimal(900_000), excluded=frozenset({"other"})),
    )
    regulation = replace(LAW.regulations["2023/2831"], versions=versions)
    law = replace(LAW, regulations={"2023/2831": regulation})
    assert decided(asking(FULL), law).frees_up_on is None
    miner = (Enterprise(id="A", sectors=("mining",)),)
    facts = asking(FULL, enterprises=miner)
    mining = replace(facts, new_aid=replace(facts.new_aid, activity="mining"))
    assert decided(mining, law).frees_up_on == changed


def test_a_company_that_joins_later_takes_the_headroom_with_it() -> None:
    joins = votes("A", "B", since=day("2027-01-01"))
    theirs = aid("q", "299000.00", "2026-12-01", "B")
    early = aid("p", "299000.00", "2024-06-10")
    assert freed(early, theirs, links=(joins,)) == "2029-12-02"


def test_a_higher_ceiling_frees_it_on_its_first_day() -> None:
    farm = (Enterprise(id="A", sectors=("primary_agriculture",)),)
    prior = aid("p", "15000.00", "2024-02-05", regulation="1408/2013")
    facts = {"regulation": "1408/2013", "enterprises": farm, "eur": "6000.00"}
    assert freed(prior, on="2024-12-15", **facts) == "2024-12-16"


def test_a_fiscal_window_frees_it_with_a_new_fiscal_year() -> None:
    prior = aid("p", "199000.00", "2019-12-31", regulation="1407/2013")
    facts = {"regulation": "1407/2013", "fiscal_year_end": FiscalYearEnd(8, 31)}
    assert freed(prior, on="2022-03-01", **facts) == "2022-09-01"


def test_it_does_not_free_up_on_a_day_that_needs_a_person() -> None:
    split_open = split("S", equity={"A": "-1", "Y": "1"}, on="2026-06-01")
    theirs = aid("q", "1.00", "2025-08-01", "S")
    early = aid("p", "299000.00", "2024-06-10")
    assert freed(early, theirs, events=(split_open,)) == "2028-08-02"


def test_nothing_stands_where_the_aid_is_granted_or_the_ceiling_is_not_the_reason() -> None:
    assert freed() == "None"
    assert freed(FULL, open_and_free_to_all=True) == "None"


DAYS = st.dates(date(2024, 1, 1), date(2027, 12, 31))


@st.composite
def crowded(draw: st.DrawFn) -> Facts:
    prior = tuple(
        aid(
            f"p{n}",
            str(draw(st.integers(0, 2_000))),
            draw(DAYS).isoformat(),
            draw(st.sampled_from("ABC")),
            status=draw(st.sampled_from((AidStatus.GRANTED, AidStatus.RENOUNCED))),
            confirmed=True,
            status_on=draw(DAYS),
        )
        for n in range(draw(st.integers(1, 6)))
    )
    links = tuple(
        votes("A", draw(st.sampled_from("BC")), since=draw(DAYS))
        for _ in range(draw(st.integers(0, 2)))
    )
    events = (merger("A", "C", on=draw(DAYS).isoformat()),) if draw(st.booleans()) else ()
    new = NewAid(on=draw(DAYS), amount=Decimal(draw(st.integers(298_000, 300_000))))
    return asking(*prior, links=links, events=events, new_aid=new)


@settings(deadline=None, max_examples=60)
@given(crowded())
def test_no_day_before_it_would_have_fitted_and_the_day_itself_does(facts: Facts) -> None:
    decision = assess(facts, LAW)
    if decision.outcome is not Outcome.FEE:
        return
    freed_on = decision.frees_up_on
    last = freed_on or date(2030, 12, 31)
    on = facts.new_aid.on + timedelta(days=1)
    while on < last:
        assert not assess(replace(facts, new_aid=replace(facts.new_aid, on=on)), LAW).eligible
        on += timedelta(days=7 if (last - on).days > 30 else 1)
    if freed_on is not None:
        on_time = replace(facts, new_aid=replace(facts.new_aid, on=freed_on))
        assert assess(on_time, LAW).eligible
