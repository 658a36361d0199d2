from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from deminimis.engine import AidStatus, Currency, Enterprise, NewAid, Note, PriorAid, Rule
from tests.deminimis.asking import LAW, aid, asking, day, decided, trace, votes

pytestmark = pytest.mark.pure

IN = "2025-03-03"


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({}, "COUNTED"),
        ({"status": AidStatus.APPLIED}, "NOT_GRANTED"),
        ({"status": AidStatus.APPLIED, "granted_on": None}, "NOT_GRANTED"),
        ({"status": AidStatus.ANNULLED}, "NOT_GRANTED"),
        ({"status": AidStatus.ANNULLED, "status_on": date(2026, 6, 1)}, "NOT_GRANTED"),
        ({"regulation": "none"}, "NOT_DE_MINIMIS"),
        ({"regulation": "GBER"}, "NOT_DE_MINIMIS"),
        ({"regulation": "TF"}, "NOT_DE_MINIMIS"),
        ({"regulation": "EU-direct"}, "NOT_DE_MINIMIS"),
        ({"regulation": "1407/2013"}, "COUNTED"),
        ({"regulation": "1408/2013"}, "COUNTED"),
        ({"regulation": "717/2014"}, "COUNTED"),
        ({"regulation": "2023/2832"}, "SEPARATE_CEILING"),
        ({"granting_state": "FI"}, "OTHER_MEMBER_STATE"),
        ({"beneficiary": "B"}, "NOT_SINGLE_UNDERTAKING"),
    ],
)
def test_each_earlier_aid_says_why_it_counts_or_does_not(more: dict[str, Any], code: str) -> None:
    eur = "7.00" if code == "COUNTED" else "0.00"
    assert trace(asking(aid("p", "7.00", IN, **more))) == [("p", code, eur)]


@pytest.mark.parametrize(
    ("status", "confirmed", "on", "line"),
    [
        (AidStatus.RENOUNCED, True, "2026-05-04", ("RENOUNCED_BEFORE_GRANT", "0.00")),
        (AidStatus.RENOUNCED, True, "2026-05-05", ("COUNTED", "100.00")),
        (AidStatus.RENOUNCED, False, "2026-05-04", ("COUNTED", "100.00")),
        (AidStatus.REDUCED, True, "2026-05-04", ("COUNTED", "40.00")),
        (AidStatus.REDUCED, True, "2026-05-05", ("COUNTED", "100.00")),
        (AidStatus.REDUCED, False, "2026-05-04", ("COUNTED", "100.00")),
        (AidStatus.GRANTED, True, "2026-05-04", ("COUNTED", "100.00")),
    ],
)
def test_a_change_counts_from_its_own_day_if_it_is_confirmed(
    status: AidStatus, confirmed: bool, on: str, line: tuple[str, str]
) -> None:
    changed = aid(
        "p",
        "100.00",
        IN,
        status=status,
        confirmed=confirmed,
        status_on=day(on),
        reduced_to=Decimal("40.00"),
    )
    assert trace(asking(changed)) == [("p", *line)]


@pytest.mark.parametrize(
    ("more", "rule"),
    [
        ({"regulation": "360/2012"}, Rule.REVIEW_360_2012),
        ({"transparent": False}, Rule.NOT_TRANSPARENT),
        ({"currency": Currency.SEK}, Rule.FX_RATE_MISSING),
    ],
)
def test_only_aid_that_would_count_can_raise_a_doubt(more: dict[str, Any], rule: Rule) -> None:
    outside: tuple[dict[str, Any], ...] = (
        {"granted_on": date(2023, 5, 3)},
        {"granted_on": date(2026, 5, 5)},
        {"granting_state": "FI"},
        {"beneficiary": "B"},
        {"status": AidStatus.ANNULLED},
        {"status": AidStatus.RENOUNCED, "confirmed": True, "status_on": date(2026, 5, 4)},
    )
    assert decided(asking(aid("p", "1.00", IN, **more))).rule is rule
    for change in outside:
        assert decided(asking(aid("p", "1.00", IN, **{**more, **change}))).rule is Rule.CEILING_OK


def test_a_doubt_is_raised_even_where_the_rest_would_pass_the_ceiling() -> None:
    full = aid("p", "300000.00", IN)
    assert decided(asking(full, aid("q", "1.00", IN, regulation="360/2012"))).rule is (
        Rule.REVIEW_360_2012
    )


def test_old_aid_for_services_counts_where_the_regulation_does_not_leave_it_open() -> None:
    facts = asking(aid("p", "7.00", IN, regulation="360/2012"), regulation="2023/2832")
    assert trace(facts) == [("p", "COUNTED", "7.00")]


def test_of_several_doubts_the_same_is_named_whatever_their_order() -> None:
    doubts = (
        aid("p", "1.00", IN, transparent=False),
        aid("q", "1.00", IN, currency=Currency.SEK),
        aid("r", "1.00", IN, regulation="360/2012"),
    )
    assert decided(asking(*doubts)).rule is Rule.REVIEW_360_2012
    assert decided(asking(*reversed(doubts))).rule is Rule.REVIEW_360_2012


@pytest.mark.parametrize(
    ("eur", "rule", "after"),
    [("10.00", Rule.CEILING_OK, "0.00"), ("10.01", Rule.CEILING_EXCEEDED, "10.00")],
)
def test_aid_may_reach_the_ceiling_and_not_pass_it_by_a_cent(
    eur: str, rule: Rule, after: str
) -> None:
    decision = decided(asking(aid("p", "299990.00", IN), eur=eur))
    assert (decision.rule, decision.headroom_before_eur, decision.headroom_after_eur) == (
        rule,
        Decimal("10.00"),
        Decimal(after),
    )


def test_headroom_is_nothing_where_more_was_given_than_the_ceiling() -> None:
    decision = decided(asking(aid("p", "300001.00", IN)))
    assert (decision.counted_eur, decision.headroom_before_eur, decision.headroom_after_eur) == (
        Decimal("300001.00"),
        Decimal(0),
        Decimal(0),
    )


@pytest.mark.parametrize(
    ("sectors", "apart", "activity", "ceiling"),
    [
        (("other",), False, "other", "200000.00"),
        (("road_freight",), False, "other", "100000.00"),
        (("road_freight",), True, "other", "100000.00"),
        (("road_freight", "other"), False, "other", "100000.00"),
        (("road_freight", "other"), True, "other", "200000.00"),
        (("road_freight", "other"), True, "road_freight", "100000.00"),
    ],
)
def test_road_freight_had_a_lower_ceiling_under_the_old_regulation(
    sectors: tuple[str, ...], apart: bool, activity: str, ceiling: str
) -> None:
    firm = Enterprise(id="A", sectors=sectors, separation_of_accounts=apart)
    new = NewAid(on=day("2023-12-31"), amount=Decimal(1), activity=activity)
    facts = asking(regulation="1407/2013", enterprises=(firm,), new_aid=new)
    assert decided(facts).ceiling_eur == Decimal(ceiling)


def test_the_whole_group_shares_one_ceiling() -> None:
    prior = (aid("p", "200000.00", IN), aid("q", "98000.01", IN, "B"))
    assert decided(asking(*prior, links=(votes("A", "B"),))).rule is Rule.CEILING_EXCEEDED
    assert decided(asking(*prior)).rule is Rule.CEILING_OK


def test_what_a_person_should_look_at_is_noted() -> None:
    by_year = PriorAid(
        id="p",
        beneficiary="A",
        granted_on=date(2025, 12, 31),
        declared_by_year=True,
        amount=Decimal(1),
        regulation="2023/2831",
    )
    later = aid("q", "1.00", "2026-05-05")
    assert decided(asking(by_year, later), LAW).notes == (
        Note.AID_GRANTED_LATER,
        Note.YEAR_LINE_COUNTED,
    )
    assert decided(asking(aid("p", "1.00", IN))).notes == ()


def test_granted_aid_without_a_day_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="expected a day for aid p"):
        aid("p", "1.00", IN, granted_on=None)


@pytest.mark.parametrize("amount", ["-0.01", "0.001"])
def test_an_amount_that_is_no_whole_number_of_cents_is_a_mistake_of_the_caller(
    amount: str,
) -> None:
    with pytest.raises(ValueError, match="whole cents"):
        asking(eur=amount)
