"""From rows to facts: what a certificate says, what was granted here, who hangs together."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from companies.models import Company
from deminimis import engine
from deminimis.models import Certificate
from deminimis.queries.facts import facts_of, known_of, law_now, room_facts
from deminimis.queries.groups import Branch, branches_of, holds_on
from deminimis.queries.reach import reached
from tests.factories import (
    NOW,
    TODAY,
    make_certificate,
    make_company,
    make_control,
    make_declared_aid,
    make_entry,
    make_rate,
    make_taking,
)

pytestmark = pytest.mark.django_db

ROOM = Decimal("300000.00")


def decided(company: Company, sek: int = 11000, on: date = TODAY) -> engine.Decision:
    make_rate(on)
    facts = facts_of(company=company, amount_sek=Decimal(sek), case="c", on=on)
    return engine.assess(facts, law_now())


def room(company: Company, certificate: Certificate | None = None) -> engine.Decision:
    known = known_of(company, certificate=certificate)
    return engine.assess(room_facts(known, company_id=company.pk, on=TODAY), law_now())


def test_a_line_that_nobody_knew_the_regulation_of_is_never_guessed_but_goes_to_a_person() -> None:
    certificate = make_certificate(none_received=False)
    make_declared_aid(certificate=certificate, regulation="unknown", amount=Decimal(1))
    decision = decided(certificate.company)
    assert (decision.outcome, decision.rule) == (
        engine.Outcome.REVIEW,
        engine.Rule.NOT_TRANSPARENT,
    )


def test_an_unknown_line_that_is_too_old_to_count_stops_nobody() -> None:
    certificate = make_certificate(none_received=False)
    make_declared_aid(certificate=certificate, regulation="unknown", granted_on=date(2023, 3, 9))
    assert decided(certificate.company).rule is engine.Rule.CEILING_OK


@pytest.mark.parametrize(
    ("year", "stands_on", "is_by_year"),
    [
        (2024, date(2024, 12, 31), True),
        (2025, date(2025, 12, 31), True),
        (2026, date(2026, 3, 10), False),
    ],
)
def test_a_line_told_by_year_stands_on_its_last_day_but_never_after_the_signature(
    year: int, stands_on: date, is_by_year: bool
) -> None:
    certificate = make_certificate(none_received=False, signed_on=date(2026, 3, 10))
    make_declared_aid(certificate=certificate, year=year, amount=Decimal(300000))
    (told,) = known_of(certificate.company).told
    (line,) = told.aid
    assert (line.granted_on, line.declared_by_year) == (stands_on, is_by_year)
    assert decided(certificate.company).rule is engine.Rule.CEILING_EXCEEDED


@pytest.mark.parametrize(
    ("company", "certificate", "rule"),
    [
        ({}, {}, engine.Rule.CEILING_OK),
        (
            {},
            {"sector": "primary_agriculture", "separate_accounts": False},
            engine.Rule.SECTOR_EXCLUDED,
        ),
        (
            {},
            {"sector": "primary_agriculture", "separate_accounts": True},
            engine.Rule.CEILING_OK,
        ),
        ({"sector": "primary_agriculture"}, {"sector": "other"}, engine.Rule.SECTOR_EXCLUDED),
        (
            {"sector": "primary_agriculture"},
            {"sector": "primary_agriculture", "separate_accounts": True},
            engine.Rule.CEILING_OK,
        ),
        (
            {"sector": "primary_agriculture", "separate_accounts": True},
            {"sector": "primary_agriculture", "separate_accounts": False},
            engine.Rule.SECTOR_EXCLUDED,
        ),
    ],
)
def test_what_the_certificate_says_of_the_sector_is_taken_and_silence_frees_nobody(
    company: dict[str, Any], certificate: dict[str, Any], rule: engine.Rule
) -> None:
    firm = make_company(**company)
    make_certificate(company=firm, **certificate)
    assert decided(firm).rule is rule


def test_one_members_farming_is_not_anothers() -> None:
    farm, office = make_company(), make_company()
    make_control(farm, office)
    make_certificate(company=farm, sector="primary_agriculture", separate_accounts=False)
    assert decided(office).rule is engine.Rule.CEILING_OK
    assert decided(farm).rule is engine.Rule.SECTOR_EXCLUDED


def test_a_certificate_serves_the_whole_group_and_the_newest_signature_wins() -> None:
    mother, daughter, stranger = make_company(), make_company(), make_company()
    make_control(mother, daughter)
    make_certificate(company=mother, signed_on=TODAY - timedelta(days=1))
    newest = make_certificate(company=daughter, signed_on=TODAY)
    make_certificate(company=stranger, signed_on=TODAY)
    for member in (mother, daughter):
        assert known_of(member).certificate_of(member.pk, on=TODAY) == newest


def test_a_certificate_taken_as_approved_is_read_without_being_written() -> None:
    certificate = make_certificate(state="submitted", none_received=False)
    make_declared_aid(certificate=certificate, amount=Decimal(1000))
    company = certificate.company
    assert known_of(company).certificate_of(company.pk, on=TODAY) is None
    assert room(company, certificate).counted_eur == Decimal("1000.00")
    assert Certificate.objects.get().state == "submitted"


def test_aid_granted_here_counts_for_the_group_until_it_is_annulled() -> None:
    mother, daughter = make_company(), make_company()
    make_control(mother, daughter)
    entry = make_entry(company=daughter, amount_eur=Decimal(700))
    assert room(mother).headroom_before_eur == ROOM - 700
    make_taking(entry, kind="reduction", amount_eur=Decimal(-200))
    assert room(mother).headroom_before_eur == ROOM - 500
    make_taking(entry, amount_eur=Decimal(-500))
    assert room(mother).headroom_before_eur == ROOM


def test_the_room_is_told_without_a_certificate_and_to_the_last_cent() -> None:
    company = make_company()
    assert room(company).headroom_before_eur == ROOM
    make_entry(company=company, amount_eur=ROOM)
    assert room(company).headroom_before_eur == Decimal("0.00")


def test_there_is_no_room_to_tell_where_another_rule_decides() -> None:
    farm = make_company(sector="primary_agriculture")
    assert (room(farm).rule, room(farm).headroom_before_eur) == (
        engine.Rule.SECTOR_EXCLUDED,
        None,
    )


def test_a_link_counts_only_on_the_days_that_it_stands() -> None:
    owner, owned = make_company(), make_company()
    link = make_control(owner, owned, from_on=TODAY, until_on=TODAY + timedelta(days=1))
    days = [TODAY + timedelta(days=n) for n in (-1, 0, 1)]
    assert [holds_on(link, day) for day in days] == [False, True, False]
    members = [len(decided(owner, on=day).members) for day in days]
    assert members == [1, 2, 1]


@pytest.mark.parametrize(
    ("basis", "percent", "holds"),
    [
        ("votes", "50.00", False),
        ("votes", "50.01", True),
        ("votes", None, False),
        ("contract", None, True),
        ("board_majority", None, True),
    ],
)
def test_the_page_and_the_engine_agree_on_what_is_control(
    basis: str, percent: str | None, holds: bool
) -> None:
    owner, owned = make_company(), make_company()
    share = None if percent is None else Decimal(percent)
    link = make_control(owner, owned, basis=basis, percent=share)
    assert holds_on(link, TODAY) is holds
    assert len(decided(owner).members) == (2 if holds else 1)


def shape(branches: list[Branch] | tuple[Branch, ...]) -> list[Any]:
    return [(branch.company.name, shape(branch.below)) for branch in branches]


def branches(company: Company) -> list[Branch]:
    reach = reached(company)
    return branches_of(reach.group, reach.controls, members=(), on=TODAY)


def test_the_group_is_a_list_within_a_list_with_owners_above() -> None:
    a, b, c, d = (make_company(name=name) for name in "ABCD")
    make_control(a, b)
    make_control(b, c)
    make_control(a, d)
    expected: list[Any] = [("A", [("B", [("C", [])]), ("D", [])])]
    assert [shape(branches(company)) for company in (a, b, c, d)] == [expected] * 4


def test_a_ring_of_owners_ends_and_a_company_with_two_owners_stands_under_both() -> None:
    a, b, c = (make_company(name=name) for name in "ABC")
    make_control(a, b)
    make_control(b, a)
    make_control(b, c)
    make_control(a, c)
    assert shape(branches(a)) == [("A", [("B", [("A", []), ("C", [])]), ("C", [])])]


def test_a_company_alone_is_its_own_group() -> None:
    company = make_company(name="A", created_at=NOW)
    assert shape(branches(company)) == [("A", [])]
