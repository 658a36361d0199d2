"""Deciding on a certificate: one that is known whole, once, and the earlier one gives way."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from accounts.rules import MoveRefused
from deminimis import steps
from deminimis.models import Certificate
from tests.aftermath import everything, history
from tests.factories import (
    NOW,
    TODAY,
    make_certificate,
    make_company,
    make_declared_aid,
    make_user,
)

pytestmark = pytest.mark.django_db

HEARD: dict[str, Any] = {"against": "Fel underskrift.", "answer_by": TODAY, "answered_at": NOW}


def decide(certificate: Certificate, *, is_approved: bool = True) -> None:
    officer = make_user()
    with transaction.atomic():
        steps.decide_certificate(
            certificate,
            is_approved=is_approved,
            without_conflict=True,
            note="Sett.",
            by=officer,
            now=NOW,
        )


def ask(company_id: int) -> tuple[Certificate, bool]:
    with transaction.atomic():
        return steps.certificate_wanted(
            company_id=company_id, name="Fia", email="f@example.org", language="sv", now=NOW
        )


def states() -> list[str]:
    return list(Certificate.objects.order_by("id").values_list("state", flat=True))


def test_an_approved_certificate_supersedes_the_companys_earlier_and_no_other() -> None:
    company = make_company()
    make_certificate(company=company)
    make_certificate()
    newest = make_certificate(company=company, state="submitted")
    decide(newest)
    assert states() == ["superseded", "approved", "approved"]
    assert history(newest) == [("submitted", "approved", "user")]


def test_a_rejected_certificate_leaves_the_earlier_in_force() -> None:
    company = make_company()
    make_certificate(company=company)
    decide(make_certificate(company=company, state="submitted", **HEARD), is_approved=False)
    assert states() == ["approved", "rejected"]


def test_a_certificate_with_an_unknown_regulation_is_not_approved_and_nothing_is_written() -> None:
    certificate = make_certificate(state="submitted", none_received=False)
    make_declared_aid(certificate=certificate, regulation="unknown")
    officer = make_user()
    before = everything()
    with pytest.raises(steps.RegulationUnsettled), transaction.atomic():
        steps.decide_certificate(
            certificate, is_approved=True, without_conflict=True, note="", by=officer, now=NOW
        )
    assert everything() == before


def test_a_certificate_with_an_unknown_regulation_may_be_rejected() -> None:
    certificate = make_certificate(state="submitted", none_received=False, **HEARD)
    make_declared_aid(certificate=certificate, regulation="unknown")
    decide(certificate, is_approved=False)
    assert states() == ["rejected"]


@pytest.mark.parametrize(
    ("heard", "is_heard"),
    [
        ({}, False),
        ({"answered_at": NOW}, False),  # of its own accord, before anybody asked
        ({"answer_by": TODAY}, False),
        ({"answer_by": TODAY - timedelta(days=1)}, True),
        ({"answer_by": TODAY, "answered_at": NOW}, True),
    ],
)
def test_a_no_waits_until_the_company_has_seen_why_and_had_time_to_answer(
    heard: dict[str, Any], is_heard: bool
) -> None:
    certificate = make_certificate(state="submitted", **heard)
    if is_heard:
        decide(certificate, is_approved=False)
    else:
        with pytest.raises(steps.NotHeard):
            decide(certificate, is_approved=False)
    assert states() == ["rejected" if is_heard else "submitted"]


@pytest.mark.parametrize("state", ["draft", "approved", "rejected", "withdrawn", "superseded"])
def test_only_what_was_handed_in_is_decided(state: str) -> None:
    certificate = make_certificate(state=state)
    with pytest.raises(MoveRefused):
        decide(certificate)
    assert states() == [state]


@pytest.mark.parametrize("state", ["draft", "submitted"])
def test_a_company_is_asked_for_one_certificate_at_a_time(state: str) -> None:
    under_way = make_certificate(state=state)
    found = ask(under_way.company_id)
    assert found == (under_way, False)


@pytest.mark.parametrize("state", ["approved", "rejected", "withdrawn", "superseded"])
def test_a_company_whose_certificate_is_over_is_asked_for_a_new_one(state: str) -> None:
    over = make_certificate(state=state)
    certificate, is_new = ask(over.company_id)
    assert (certificate.state, is_new, certificate == over) == ("draft", True, False)
