from datetime import date
from decimal import Decimal, localcontext
from typing import Any

import pytest

from deminimis.engine import AidStatus, Currency, NewAid, Rate, Rule, in_euro, rate_of
from deminimis.engine.money import scaled, share
from tests.deminimis.asking import aid, asking, day, decided, trace

pytestmark = pytest.mark.pure

FRIDAY = date(2024, 3, 15)
RATES = {FRIDAY: Decimal("11.2674"), date(2024, 3, 1): Decimal(11)}


@pytest.mark.parametrize(
    ("on", "published"),
    [
        ("2024-03-15", "2024-03-15"),
        ("2024-03-16", "2024-03-15"),
        ("2024-03-22", "2024-03-15"),
        ("2024-03-23", None),
        ("2024-03-14", None),
        ("2024-03-08", "2024-03-01"),
        ("2024-02-29", None),
        ("0001-01-01", None),
    ],
)
def test_a_rate_serves_for_seven_days_and_never_for_a_day_before_it(
    on: str, published: str | None
) -> None:
    rate = rate_of(RATES, day(on), max_age_days=7)
    assert (rate and rate.published_on) == (published and day(published))


@pytest.mark.parametrize(
    ("sek", "rate", "eur"),
    [
        ("3300000.00", "11.2674", "292880.35"),
        ("6500.00", "10.8085", "601.38"),
        ("10.05", "10", "1.01"),
        ("10.04", "10", "1.00"),
        ("0.01", "11", "0.00"),
        ("999999999999999.99", "0.0000000001", "9999999999999999900000000.00"),
    ],
)
def test_kronor_are_rounded_half_up_to_the_cent(sek: str, rate: str, eur: str) -> None:
    assert in_euro(Decimal(sek), Rate(Decimal(rate), FRIDAY)) == Decimal(eur)


def test_the_callers_decimal_context_changes_nothing() -> None:
    with localcontext(prec=3):
        assert in_euro(Decimal("3300000.00"), Rate(Decimal("11.2674"), FRIDAY)) == Decimal(
            "292880.35"
        )
        assert share(Decimal("100000.00"), Decimal(1), Decimal(3)) == Decimal("33333.34")
        assert scaled(Decimal("100000.00"), Decimal(1), Decimal(3)) == Decimal("33333.33")


@pytest.mark.parametrize(
    ("more", "eur"),
    [
        ({}, "292880.35"),
        ({"notified_eur": Decimal("299500.00")}, "299500.00"),
        ({"reduced_to": Decimal("1126740.00"), "status": AidStatus.REDUCED}, "100000.00"),
        (
            {
                "reduced_to": Decimal("1100000.00"),
                "status": AidStatus.REDUCED,
                "notified_eur": Decimal("299500.00"),
            },
            "99833.33",
        ),
        ({"reduced_to": Decimal(0), "status": AidStatus.REDUCED}, "0.00"),
    ],
)
def test_earlier_aid_in_kronor_is_worth_what_the_notice_says_or_the_days_rate(
    more: dict[str, Any], eur: str
) -> None:
    changed: dict[str, Any] = {}
    if "reduced_to" in more:
        changed = {"confirmed": True, "status_on": date(2025, 1, 1)}
    prior = aid("p", "3300000.00", "2024-03-15", currency=Currency.SEK, **changed, **more)
    assert trace(asking(prior)) == [("p", "COUNTED", eur)]


@pytest.mark.parametrize(("reduced", "eur"), [("500.00", "500.00"), ("995.00", "990.00")])
def test_a_reduction_never_raises_what_the_notice_said(reduced: str, eur: str) -> None:
    prior = aid(
        "p",
        "1000.00",
        "2024-03-15",
        notified_eur=Decimal("990.00"),
        status=AidStatus.REDUCED,
        reduced_to=Decimal(reduced),
        confirmed=True,
        status_on=date(2025, 1, 1),
    )
    assert trace(asking(prior)) == [("p", "COUNTED", eur)]


def test_nothing_in_kronor_is_nothing_in_euro_without_a_rate() -> None:
    prior = aid("p", "0.00", "2025-01-15", currency=Currency.SEK)
    assert trace(asking(prior)) == [("p", "COUNTED", "0.00")]


def test_the_decision_freezes_the_euro_value_and_the_rate_of_the_new_aid() -> None:
    new = NewAid(on=day("2026-05-05"), amount=Decimal("6500.00"), currency=Currency.SEK)
    decision = decided(asking(new_aid=new))
    assert (decision.new_aid_eur, decision.rate) == (
        Decimal("599.91"),
        Rate(Decimal("10.8350"), date(2026, 5, 4)),
    )
    assert decision.headroom_after_eur == Decimal("299400.09")


def test_a_new_aid_in_kronor_without_a_rate_is_for_a_person_after_the_other_rules() -> None:
    new = NewAid(on=day("2026-05-12"), amount=Decimal("6500.00"), currency=Currency.SEK)
    assert decided(asking(new_aid=new)).rule is Rule.FX_RATE_MISSING
    open_case = aid("p", "1.00", "2025-01-15", regulation="360/2012")
    assert decided(asking(open_case, new_aid=new)).rule is Rule.REVIEW_360_2012
