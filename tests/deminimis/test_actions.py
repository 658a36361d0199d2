"""Filling in, handing in, withdrawing, settling, marking: the state after, and nothing on a no."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from accounts.models import Change
from accounts.rules import MoveRefused
from accounts.steps import LINK
from companies.numbers import read
from companies.rules import Kind, Sector
from deminimis import actions
from deminimis.models import Certificate, DeclaredAid, RegisterMark
from deminimis.rules import CertificateState, HandInRefusal, MarkRefusal, Question
from tests.factories import (
    NOW,
    TODAY,
    make_certificate,
    make_company,
    make_declared_aid,
    make_entry,
    make_user,
)

pytestmark = pytest.mark.django_db

LINE = actions.Declared(
    granter="Almi",
    granted_on=date(2025, 3, 14),
    year=None,
    amount=Decimal("25000.00"),
    currency="SEK",
    regulation="2023/2831",
)


def draft(**fields: Any) -> Certificate:
    empty: dict[str, Any] = {"signed_on": None, "signer_name": "", "signer_authorised": None}
    empty |= {"covers_group": None, "none_received": None, "separate_accounts": None}
    return make_certificate(**{"state": CertificateState.DRAFT, **empty, **fields})


def answered(**fields: Any) -> Certificate:
    told: dict[str, Any] = {"signer_name": "Fia", "signer_authorised": True, "is_group": False}
    told |= {"separate_accounts": False, "none_received": True}
    return draft(**{**told, **fields})


def hand_in(certificate: Certificate, **ticks: bool) -> actions.NotHandedIn | None:
    told = {"is_authorised": True, "covers_group": True, "is_true": True, **ticks}
    return actions.hand_in(certificate_id=certificate.pk, by=make_user(), now=NOW, **told)


def read_again(certificate: Certificate) -> Certificate:
    return Certificate.objects.get(pk=certificate.pk)


def test_a_contact_begins_one_certificate_and_gets_the_same_one_again() -> None:
    company, contact = make_company(), make_user()
    first = actions.begin_certificate(company_id=company.pk, by=contact, now=NOW)
    again = actions.begin_certificate(company_id=company.pk, by=contact, now=NOW)
    assert (first, Certificate.objects.count()) == (again, 1)
    assert (first.asked_email, first.asked_name) == (contact.email, contact.name)
    history = Change.objects.get(subject=f"certificate/{first.pk}")
    assert (history.became, history.by_user) == ("draft", contact)


def test_answers_are_kept_page_by_page_and_what_is_not_answered_stays_unknown() -> None:
    certificate = draft()
    actions.save_signer(certificate_id=certificate.pk, name="Fia", is_authorised=False)
    kept = read_again(certificate)
    assert (kept.signer_name, kept.signer_authorised) == ("Fia", False)
    assert (kept.is_group, kept.none_received, kept.separate_accounts) == (None, None, None)


def test_a_no_to_the_group_forgets_the_names() -> None:
    certificate = draft(is_group=True, group_names="Syster AB")
    actions.save_group(certificate_id=certificate.pk, is_group=False, names="Syster AB")
    kept = read_again(certificate)
    assert (kept.is_group, kept.group_names) == (False, "")


def test_a_sole_traders_number_among_the_groups_names_is_not_kept() -> None:
    certificate = draft()
    names = "Syster AB 599900-0018\nRask Skog, 19811228-9874"
    actions.save_group(certificate_id=certificate.pk, is_group=True, names=names)
    kept = read_again(certificate).group_names
    assert kept == "Syster AB 599900-0018\nRask Skog, ••••••-••74"


@pytest.mark.parametrize(
    ("before", "told", "accounts_after"),
    [
        (Sector.OTHER, Sector.OTHER, False),
        (Sector.OTHER, Sector.PRIMARY_AGRICULTURE, None),
        (Sector.PRIMARY_AGRICULTURE, Sector.PRIMARY_AGRICULTURE, True),
        (Sector.PRIMARY_AGRICULTURE, Sector.PRIMARY_FISHERY, None),
        (Sector.PRIMARY_AGRICULTURE, Sector.OTHER, False),
    ],
)
def test_another_sector_asks_about_the_accounts_anew(
    before: Sector, told: Sector, accounts_after: bool | None
) -> None:
    certificate = draft(sector=before, separate_accounts=True)
    actions.save_sector(certificate_id=certificate.pk, sector=told)
    kept = read_again(certificate)
    assert (kept.sector, kept.separate_accounts) == (told, accounts_after)


def test_the_list_of_aid_is_replaced_whole_and_no_lines_means_none_received() -> None:
    certificate = draft()
    for _ in range(2):
        actions.replace_declared_aid(certificate_id=certificate.pk, lines=[LINE, LINE])
    assert (DeclaredAid.objects.count(), read_again(certificate).none_received) == (2, False)
    actions.replace_declared_aid(certificate_id=certificate.pk, lines=[])
    assert (DeclaredAid.objects.count(), read_again(certificate).none_received) == (0, True)


def test_what_has_been_handed_in_is_not_changed_by_a_page_left_open() -> None:
    certificate = make_certificate(state=CertificateState.SUBMITTED, submitted_at=NOW)
    with pytest.raises(actions.NotADraft):
        actions.replace_declared_aid(certificate_id=certificate.pk, lines=[LINE])
    with pytest.raises(actions.NotADraft):
        actions.save_signer(certificate_id=certificate.pk, name="Nu", is_authorised=True)
    kept = read_again(certificate)
    assert (kept.signer_name, kept.none_received) == ("Fia Firmatecknare", True)
    assert DeclaredAid.objects.count() == 0


@pytest.mark.parametrize(
    ("left_out", "question"),
    [
        ({"signer_name": ""}, Question.SIGNER),
        ({"signer_authorised": None}, Question.SIGNER),
        ({"is_group": None}, Question.GROUP),
        ({"separate_accounts": None}, Question.SECTOR),
        ({"sector": Sector.PRIMARY_FISHERY, "separate_accounts": None}, Question.ACCOUNTS),
        ({"none_received": None}, Question.AID),
        ({"none_received": False}, Question.AID),
    ],
)
def test_a_certificate_with_an_open_question_is_not_handed_in_and_says_which(
    left_out: dict[str, Any], question: Question
) -> None:
    certificate = answered(**left_out)
    assert hand_in(certificate) == actions.NotHandedIn(HandInRefusal.UNANSWERED, (question,))
    kept = read_again(certificate)
    assert (kept.state, kept.signed_on, kept.covers_group) == ("draft", None, None)
    assert Change.objects.count() == 0


@pytest.mark.parametrize("unticked", ["is_authorised", "covers_group", "is_true"])
def test_each_of_the_three_ticks_is_needed(unticked: str) -> None:
    certificate = answered()
    refused = hand_in(certificate, **{unticked: False})
    assert refused == actions.NotHandedIn(HandInRefusal.NOT_DECLARED)
    assert read_again(certificate).state == "draft"


def test_who_may_not_sign_does_not_hand_in_whatever_is_ticked() -> None:
    certificate = answered(signer_authorised=False)
    assert hand_in(certificate) == actions.NotHandedIn(HandInRefusal.NOT_AUTHORISED)
    assert read_again(certificate).state == "draft"


def test_a_certificate_handed_in_is_signed_today_and_handing_in_twice_is_once() -> None:
    certificate = answered()
    assert (hand_in(certificate), hand_in(certificate)) == (None, None)
    kept = read_again(certificate)
    assert (kept.state, kept.signed_on, kept.covers_group) == ("submitted", TODAY, True)
    assert Change.objects.filter(became="submitted").count() == 1


def test_a_withdrawn_certificate_cannot_be_handed_in() -> None:
    certificate = answered(state=CertificateState.WITHDRAWN, withdrawn_on=TODAY)
    assert hand_in(certificate) == actions.NotHandedIn(HandInRefusal.OVER)


@pytest.mark.parametrize("state", ["draft", "submitted", "approved"])
def test_a_certificate_is_withdrawn_from_today_and_twice_is_once(state: str) -> None:
    certificate = make_certificate(state=state)
    for _ in range(2):
        actions.withdraw(certificate_id=certificate.pk, actor=LINK, now=NOW)
    kept = read_again(certificate)
    assert (kept.state, kept.withdrawn_on) == ("withdrawn", TODAY)
    assert Change.objects.count() == 1


@pytest.mark.parametrize("state", ["rejected", "superseded"])
def test_a_certificate_that_is_over_cannot_be_withdrawn(state: str) -> None:
    certificate = make_certificate(state=state)
    with pytest.raises(MoveRefused):
        actions.withdraw(certificate_id=certificate.pk, actor=LINK, now=NOW)
    assert (read_again(certificate).state, read_again(certificate).withdrawn_on) == (state, None)


def test_a_new_certificate_is_begun_after_one_that_was_rejected_and_only_once() -> None:
    old = make_certificate(state=CertificateState.REJECTED)
    first = actions.begin_again(certificate_id=old.pk, now=NOW)
    again = actions.begin_again(certificate_id=old.pk, now=NOW)
    assert (first, first.state, first.company) == (again, "draft", old.company)
    assert (first.asked_email, first.signer_authorised) == (old.asked_email, None)


def test_a_missing_number_is_written_and_a_sole_traders_lies_sealed() -> None:
    company = make_company(number=None, number_digest=None)
    certificate = draft(company=company)
    assert actions.save_number(certificate_id=certificate.pk, number=read("811228-9874"))
    company.refresh_from_db()
    assert (company.kind, company.number, company.number_hint) == (Kind.SOLE_TRADER, None, "74")
    assert company.shown_number == "••••••-••74"


def test_a_number_that_another_company_has_is_not_taken() -> None:
    other = make_company()
    company = make_company(number=None, number_digest=None)
    certificate = draft(company=company)
    taken = read(other.number or "")
    assert actions.save_number(certificate_id=certificate.pk, number=taken) is False
    company.refresh_from_db()
    assert (company.number, company.number_digest) == (None, None)


def test_an_officer_settles_only_what_nobody_knew_and_the_history_keeps_it() -> None:
    officer = make_user()
    certificate = make_certificate(state=CertificateState.SUBMITTED, none_received=False)
    unknown, known = (
        make_declared_aid(certificate=certificate, regulation=regulation)
        for regulation in ("unknown", "1407/2013")
    )
    settled = actions.settle_lines(
        certificate_id=certificate.pk,
        known={line.pk: actions.Known("2023/2831") for line in (unknown, known)},
        by=officer,
        now=NOW,
    )
    assert settled == 1
    kept = dict(DeclaredAid.objects.values_list("pk", "regulation"))
    assert kept == {unknown.pk: "2023/2831", known.pk: "1407/2013"}
    history = Change.objects.get()
    assert (history.was, history.became, history.by_user) == ("unknown", "2023/2831", officer)


def test_nothing_is_settled_once_the_certificate_is_decided() -> None:
    certificate = make_certificate()
    with pytest.raises(MoveRefused):
        actions.settle_lines(certificate_id=certificate.pk, known={}, by=make_user(), now=NOW)


def test_a_line_is_marked_as_registered_once() -> None:
    officer, entry = make_user(), make_entry()

    def mark(reference: str) -> MarkRefusal | None:
        return actions.mark_registered(
            entry_id=entry.pk, registered_on=TODAY, reference=reference, by=officer, now=NOW
        )

    assert mark("A1") is None
    second = mark("B2")
    assert second is MarkRefusal.MARKED_ALREADY
    kept = RegisterMark.objects.get()
    assert (kept.registered_on, kept.reference, kept.by) == (TODAY, "A1", officer)
    assert Change.objects.get(subject=f"ledgerentry/{entry.pk}").why == "A1"


@pytest.mark.parametrize(
    ("days", "refusal"),
    [(-1, MarkRefusal.BEFORE_THE_GRANT), (0, None), (1, MarkRefusal.IN_THE_FUTURE)],
)
def test_a_line_is_registered_no_earlier_than_granted_and_no_later_than_today(
    days: int, refusal: MarkRefusal | None
) -> None:
    entry = make_entry()
    answer = actions.mark_registered(
        entry_id=entry.pk,
        registered_on=TODAY + timedelta(days=days),
        reference="",
        by=make_user(),
        now=NOW,
    )
    assert (answer, RegisterMark.objects.count()) == (refusal, 0 if refusal else 1)
