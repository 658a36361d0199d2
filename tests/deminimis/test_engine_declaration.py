from dataclasses import replace
from datetime import date

import pytest

from deminimis.engine import (
    DECLARATION_FAULTS,
    SETTLED_BY_A_PERSON,
    Certificate,
    CertificateStatus,
    Note,
    Rule,
)
from tests.deminimis.asking import GRANT_DAY, LAW, asking, day, decided

pytestmark = pytest.mark.pure

MISSING = Certificate(status=CertificateStatus.MISSING)
THIRTY_DAYS = replace(LAW, policies=replace(LAW.policies, declaration_valid_days=30))


@pytest.mark.parametrize(
    ("signed", "rule"),
    [
        ("2026-02-02", Rule.DECLARATION_EXPIRED),
        ("2026-02-03", Rule.CEILING_OK),
        ("2026-05-04", Rule.CEILING_OK),
        ("2026-05-05", Rule.DECLARATION_AFTER_GRANT),
    ],
)
def test_a_declaration_serves_from_the_day_it_is_signed_for_ninety_days(
    signed: str, rule: Rule
) -> None:
    assert decided(asking(certificate=Certificate(signed_on=day(signed)))).rule is rule


def test_the_age_of_a_declaration_is_a_policy() -> None:
    for signed, rule in (("2026-04-04", Rule.CEILING_OK), ("2026-04-03", "DECLARATION_EXPIRED")):
        facts = asking(certificate=Certificate(signed_on=day(signed)))
        assert decided(facts, THIRTY_DAYS).rule == rule


@pytest.mark.parametrize(
    ("withdrawn", "rule", "notes"),
    [
        ("2026-05-03", Rule.DECLARATION_WITHDRAWN, ()),
        ("2026-05-04", Rule.DECLARATION_WITHDRAWN, ()),
        ("2026-05-05", Rule.CEILING_OK, (Note.CERTIFICATE_WITHDRAWN_LATER,)),
        (None, Rule.DECLARATION_WITHDRAWN, ()),
    ],
)
def test_a_declaration_withdrawn_after_the_grant_lets_it_stand_and_flags_the_file(
    withdrawn: str | None, rule: Rule, notes: tuple[Note, ...]
) -> None:
    certificate = Certificate(
        status=CertificateStatus.WITHDRAWN,
        signed_on=day("2026-04-20"),
        withdrawn_on=None if withdrawn is None else date.fromisoformat(withdrawn),
    )
    decision = decided(asking(certificate=certificate))
    assert (decision.rule, decision.notes) == (rule, notes)


@pytest.mark.parametrize(
    ("on", "complete", "rule"),
    [
        ("2028-12-31", True, Rule.DECLARATION_MISSING),
        ("2029-01-01", True, Rule.CEILING_OK),
        ("2029-01-01", False, Rule.DECLARATION_MISSING),
        ("2026-05-04", True, Rule.DECLARATION_MISSING),
    ],
)
def test_a_complete_check_of_the_register_replaces_the_declaration_once_it_is_not_required(
    on: str, complete: bool, rule: Rule
) -> None:
    facts = asking(on=on, certificate=MISSING, register_complete=complete)
    assert decided(facts).rule is rule


def test_a_certificate_that_is_left_out_is_a_good_one() -> None:
    assert asking().certificate == Certificate(
        status=CertificateStatus.VALID, signatory_authorised=True, covers_group=True
    )
    assert decided(asking()).rule is Rule.CEILING_OK
    assert asking().new_aid.on == GRANT_DAY


def test_a_persons_word_settles_doubts_and_faults_of_a_declaration_and_nothing_else() -> None:
    assert {
        Rule.CEILING_EXCEEDED,
        Rule.SECTOR_EXCLUDED,
        Rule.SECTOR_SEPARATION_MISSING,
        Rule.EXPORT_AID_EXCLUDED,
    }.isdisjoint(SETTLED_BY_A_PERSON)
    assert {
        Rule.REVIEW_360_2012,
        Rule.NOT_TRANSPARENT,
        Rule.FX_RATE_MISSING,
        Rule.SPLIT_EQUITY_UNDEFINED,
        Rule.ASSET_PURCHASE,
        Rule.SCHEME_GRACE_PERIOD,
    } == SETTLED_BY_A_PERSON - DECLARATION_FAULTS
    assert len(DECLARATION_FAULTS) == 7
