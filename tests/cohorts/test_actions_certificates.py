"""The officer's word on a certificate decides anew for everybody who waits for it."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction

from accounts.rules import MoveRefused
from accounts.steps import CLOCK
from cohorts.actions.certificates import hear_company
from cohorts.actions.fees import decide_on_certificate
from cohorts.models import CourseRound, Participation
from cohorts.rules import CohortState, RoundState
from cohorts.steps.fees import ask_for_certificate_if_none, offer_round
from companies.models import Company
from deminimis.models import Certificate
from tests.aftermath import everything, history, letters, read_again, receivers
from tests.factories import (
    NOW,
    TODAY,
    make_certificate,
    make_cohort,
    make_company,
    make_contact,
    make_control,
    make_course,
    make_declared_aid,
    make_enrolment,
    make_interest,
    make_rate,
    make_user,
)

pytestmark = pytest.mark.django_db(transaction=True)

DAY = timedelta(days=1)


@pytest.fixture
def round_() -> CourseRound:
    """The fee check of a course with a price."""
    make_rate()
    cohort = make_cohort(
        course=make_course(price_sek=Decimal(11000)),
        state=CohortState.RUNNING,
        round_state=RoundState.FEE_CHECK,
    )
    return cohort.rounds.get()


def offered(round_: CourseRound, company: Company) -> Participation:
    enrolment = make_enrolment(cohort=round_.cohort, interest=make_interest(company=company))
    with transaction.atomic():
        return offer_round(round_, enrolment, actor=CLOCK, now=NOW)


def handed_in(company: Company) -> Certificate:
    """Hand in what the company was asked for, or a new certificate."""
    asked = company.certificates.filter(state="draft").first()
    certificate = asked or make_certificate(company=company, state="submitted")
    Certificate.objects.filter(pk=certificate.pk).update(
        state="submitted",
        signed_on=TODAY,
        submitted_at=NOW,
        signer_authorised=True,
        covers_group=True,
        none_received=True,
    )
    return Certificate.objects.get(pk=certificate.pk)


def decide(certificate: Certificate, *, is_approved: bool = True, note: str = "") -> int:
    """Decide on a certificate; before a no the company has answered what speaks against it."""
    if not is_approved:
        heard = {"against": note, "answer_by": TODAY, "answered_at": NOW}
        Certificate.objects.filter(pk=certificate.pk).update(**heard)
    return decide_on_certificate(
        certificate_id=certificate.pk,
        is_approved=is_approved,
        without_conflict=True,
        note=note,
        by=make_user(),
        now=NOW,
    )


def kind(participation: Participation) -> str:
    return participation.fee_decisions.get(is_current=True).kind


def test_an_approved_certificate_makes_the_place_free_for_all_colleagues_who_wait(
    round_: CourseRound,
) -> None:
    company = make_company()
    waiting = [offered(round_, company) for _ in range(2)]
    stranger = offered(round_, make_company())
    before = letters()
    certificate = handed_in(company)
    assert decide(certificate) == 2
    assert [kind(one) for one in (*waiting, stranger)] == [
        "free_as_aid",
        "free_as_aid",
        "certificate_requested",
    ]
    assert letters()[len(before) :] == [
        f"certificate/{certificate.pk}/decided",
        *(f"fee-decision/{one.fee_decisions.get(is_current=True).pk}" for one in waiting),
    ]
    assert history(certificate)[-1] == ("submitted", "approved", "user")
    assert (read_again(certificate).decided_at, read_again(certificate).decided_by is None) == (
        NOW,
        False,
    )


def test_colleagues_in_the_whole_group_are_decided_anew(round_: CourseRound) -> None:
    mother, daughter, sister = (make_company() for _ in range(3))
    make_control(mother, daughter)
    make_control(mother, sister)
    waiting = offered(round_, sister)
    assert decide(handed_in(daughter)) == 1
    assert kind(waiting) == "free_as_aid"


@pytest.mark.parametrize(
    "link",
    [
        {"percent": Decimal(50)},
        {"until_on": TODAY},
        {"from_on": TODAY + DAY},
        {"percent": None},
    ],
)
def test_a_certificate_says_nothing_for_a_company_that_is_not_controlled_that_day(
    link: dict[str, Any], round_: CourseRound
) -> None:
    one, other = make_company(), make_company()
    make_control(one, other, **link)
    waiting = offered(round_, other)
    decide(handed_in(one))
    assert kind(waiting) == "certificate_requested"


def test_a_partners_newer_certificate_does_not_hide_ones_own(round_: CourseRound) -> None:
    one, other = make_company(), make_company()
    make_control(one, other, percent=Decimal(50))
    make_certificate(company=other, signed_on=TODAY - 30 * DAY)
    stranger = make_certificate(company=one, none_received=False)
    make_declared_aid(certificate=stranger, amount=Decimal(300_000))
    decision = offered(round_, other).fee_decisions.get()
    assert decision.kind == "free_as_aid"
    assert decision.evidence.count("declared-") == 0


def test_a_rejected_certificate_tells_why_and_frees_nobody(round_: CourseRound) -> None:
    company = make_company()
    waiting = offered(round_, company)
    certificate = handed_in(company)
    decide(certificate, is_approved=False, note="Underskriften saknas.")
    assert kind(waiting) == "certificate_requested"
    assert (read_again(certificate).state, read_again(certificate).decision_note) == (
        "rejected",
        "Underskriften saknas.",
    )
    assert f"certificate/{certificate.pk}/decided" in letters()


@pytest.mark.parametrize("asked", ["ekonomi@example.org", ""])
def test_what_speaks_against_goes_to_whoever_was_asked_else_to_the_contact(asked: str) -> None:
    """Nobody of the company has a seat anywhere."""
    interest = make_interest()
    contact = make_user()
    make_contact(interest.company, contact)
    certificate = make_certificate(company=interest.company, state="submitted", asked_email=asked)
    by = make_user()
    assert hear_company(certificate_id=certificate.pk, against="Fel år.", by=by, now=NOW)
    assert receivers() == [asked or contact.email]
    assert read_again(certificate).answer_by == TODAY + 7 * DAY


def test_the_time_to_answer_does_not_begin_where_nobody_can_be_written_to() -> None:
    certificate = make_certificate(state="submitted", asked_email="")
    make_interest()
    by = make_user()
    before = everything()
    assert not hear_company(certificate_id=certificate.pk, against="Fel år.", by=by, now=NOW)
    assert everything() == before


def test_the_answer_goes_to_whoever_was_asked(round_: CourseRound) -> None:
    company = make_company()
    offered(round_, company)
    certificate = handed_in(company)
    Certificate.objects.filter(pk=certificate.pk).update(asked_email="ekonomi@example.org")
    before = len(receivers())
    decide(certificate)
    assert receivers()[before] == "ekonomi@example.org"


def test_a_newer_certificate_supersedes_the_one_before(round_: CourseRound) -> None:
    company = make_company()
    offered(round_, company)
    old = make_certificate(company=company)
    new = handed_in(company)
    decide(new)
    assert (read_again(old).state, read_again(new).state) == ("superseded", "approved")


@pytest.mark.parametrize("state", ["draft", "approved", "rejected", "withdrawn", "superseded"])
def test_only_a_certificate_that_waits_is_decided(state: str) -> None:
    certificate = make_certificate(state=state)
    by = make_user()
    before = everything()
    with pytest.raises(MoveRefused):
        decide_on_certificate(
            certificate_id=certificate.pk,
            is_approved=True,
            without_conflict=True,
            note="",
            by=by,
            now=NOW,
        )
    assert everything() == before


def test_what_has_been_answered_is_not_decided_anew(round_: CourseRound) -> None:
    company = make_company()
    answered = [offered(round_, company) for _ in range(3)]
    for participation, state in zip(answered, ("sat_out", "lapsed", "not_started"), strict=True):
        Participation.objects.filter(pk=participation.pk).update(state=state)
    assert decide(handed_in(company)) == 0
    assert {kind(one) for one in answered} == {"certificate_requested"}


def test_who_has_left_the_cohort_hears_no_more_of_fees(round_: CourseRound) -> None:
    company = make_company()
    waiting = offered(round_, company)
    type(waiting.enrolment).objects.filter(pk=waiting.enrolment_id).update(state="withdrawn")
    assert decide(handed_in(company)) == 0


@pytest.mark.parametrize(("age_days", "asked"), [(0, 0), (60, 0), (61, 1), (200, 1)])
def test_a_company_is_asked_in_time_when_its_certificate_will_be_too_old_for_the_next_course(
    round_: CourseRound, age_days: int, asked: int
) -> None:
    company = make_company()
    make_certificate(company=company, signed_on=TODAY - age_days * DAY)
    member = make_enrolment(cohort=round_.cohort, interest=make_interest(company=company))
    with transaction.atomic():
        ask_for_certificate_if_none(member, round_, now=NOW)
    assert company.certificates.filter(state="draft").count() == asked
