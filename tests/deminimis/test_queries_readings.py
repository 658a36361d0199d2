"""What stored evidence says: the same figures, the reason of each line, and whether it is true."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from companies.models import Company
from deminimis import engine
from deminimis.queries.facts import facts_of, law_now
from deminimis.queries.readings import Reading, readings_of
from tests.factories import (
    TODAY,
    make_certificate,
    make_company,
    make_control,
    make_declared_aid,
    make_entry,
    make_rate,
)

pytestmark = pytest.mark.django_db


def evidence(company: Company, sek: int = 11000) -> str:
    make_rate()
    facts = facts_of(company=company, amount_sek=Decimal(sek), case="participation/1", on=TODAY)
    law = law_now()
    return engine.evidence(facts, law, engine.assess(facts, law))


def read(stored: str) -> Reading:
    (reading,) = readings_of([stored])
    assert reading is not None
    return reading


def test_a_reading_has_the_sums_of_the_decision_and_replays_to_the_same_bytes() -> None:
    certificate = make_certificate(none_received=False)
    make_declared_aid(certificate=certificate, granter="Almi", amount=Decimal(99000))
    make_entry(company=certificate.company, amount_eur=Decimal(1000))
    reading = read(evidence(certificate.company))
    assert (reading.rule, reading.outcome, reading.is_true) == (
        "CEILING_OK",
        "free_de_minimis",
        True,
    )
    assert (reading.counted_eur, reading.room_before_eur) == (Decimal(100000), Decimal(200000))
    assert (reading.new_aid_eur, reading.room_after_eur) == (Decimal(1000), Decimal(199000))
    assert (reading.sek_per_eur, reading.rate_published_on) == (Decimal(11), TODAY)
    assert [(line.granter, line.is_from_here, line.code) for line in reading.lines] == [
        ("Almi", False, "COUNTED"),
        ("", True, "COUNTED"),
    ]
    assert reading.has_member(certificate.company_id)


def test_lines_are_told_also_where_a_rule_decided_before_the_count() -> None:
    certificate = make_certificate(none_received=False, signed_on=date(2025, 1, 1))
    make_declared_aid(certificate=certificate, granter="Almi")
    reading = read(evidence(certificate.company))
    assert (reading.rule, reading.counted_eur) == ("DECLARATION_EXPIRED", None)
    assert [(line.granter, line.code, line.eur) for line in reading.lines] == [("Almi", "", None)]


@pytest.mark.parametrize("stored", ["", "{", "[]", "null", '{"format":2}', '{"format":1}'])
def test_what_is_no_evidence_is_not_read(stored: str) -> None:
    assert readings_of([stored]) == [None]


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ('"deciding_rule":"CEILING_OK"', '"deciding_rule":"CEILING_EXCEEDED"'),
        ('"amount":"11000.00"', '"amount":"1.00"'),
        ('"ceiling":"300000.00"', '"ceiling":"900000.00"'),
        ('"headroom_after_eur":"299000.00"', '"headroom_after_eur":"300000.00"'),
    ],
)
def test_evidence_that_was_changed_anywhere_is_not_true(was: str, becomes: str) -> None:
    stored = evidence(make_certificate().company)
    assert was in stored
    assert read(stored).is_true
    assert not read(stored.replace(was, becomes)).is_true


def test_votes_without_a_share_join_nobody_and_the_evidence_still_replays() -> None:
    owner, owned = make_company(), make_company()
    make_control(owner, owned, percent=None)
    reading = read(evidence(owner))
    assert (reading.is_true, reading.members) == (True, (f"company-{owner.pk}",))


def test_many_readings_take_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    certificate = make_certificate(none_received=False)
    for _ in range(5):
        make_declared_aid(certificate=certificate)
    stored = evidence(certificate.company)
    with django_assert_num_queries(1):
        assert len(readings_of([stored] * 20)) == 20


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    lines=st.lists(
        st.tuples(
            st.dates(date(2019, 1, 1), TODAY),
            st.integers(1, 20_000_000),
            st.sampled_from(["2023/2831", "1407/2013", "2023/2832", "none", "unknown"]),
        ),
        max_size=6,
    ),
    sek=st.integers(1, 5_000_000),
)
def test_whatever_a_certificate_says_the_evidence_replays_and_the_sums_agree(
    lines: list[tuple[date, int, str]], sek: int
) -> None:
    certificate = make_certificate(company=make_company(), none_received=not lines)
    for granted_on, cents, regulation in lines:
        make_declared_aid(
            certificate=certificate,
            granted_on=granted_on,
            amount=Decimal(cents) / 100,
            regulation=regulation,
        )
    reading = read(evidence(certificate.company, sek))
    assert reading.is_true
    if reading.counted_eur is not None:
        assert reading.counted_eur == sum(line.eur or 0 for line in reading.lines)
