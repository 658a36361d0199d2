"""Somebody is erased: no trace of them is left anywhere, and every number is as it was."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from accounts.rules import Role
from accounts.steps import ANYONE, acting, record
from cohorts.actions import erasure
from cohorts.models import (
    AgendaItem,
    Enrolment,
    Erasure,
    Fee,
    Feed,
    Interest,
    Invitation,
    LessonMark,
    Presence,
    Proof,
)
from cohorts.queries.coordination import Funnel, funnel_of
from cohorts.queries.personal import KEPT, PERSONAL, person_of
from cohorts.rules import CohortState, EnrolmentState, InvitationState
from cohorts.rules.erasures import ErasureRefusal, due_on
from cohorts.steps.fees import offer_round
from companies.sealing import digest, sealed
from deminimis.models import Certificate
from outbox.actions import deliver_waiting
from outbox.letters import Letter
from outbox.steps import queue
from reports.queries import Report, report_of
from tests.aftermath import everything, history, letters, read_again
from tests.factories import (
    NOW,
    make_certificate,
    make_cohort,
    make_company,
    make_contact,
    make_course,
    make_enrolment,
    make_interest,
    make_invitation,
    make_meeting,
    make_programme,
    make_rate,
    make_user,
)
from voting.models import Ballot, RollEntry

pytestmark = pytest.mark.django_db(transaction=True)

MARKER = "zqx7marker"
ADDRESS = f"{MARKER}@example.org"


@pytest.fixture(autouse=True)
def _files_of_its_own(settings: Settings, tmp_path: Path) -> None:
    """Keep uploads where nobody else's lie."""
    settings.VAR_DIR = tmp_path
    kept = {"location": tmp_path / "files"}
    default = {**settings.STORAGES["default"], "OPTIONS": kept}
    settings.STORAGES = {**settings.STORAGES, "default": default}


def erase(person: User | Interest, by: User | None = None) -> ErasureRefusal | None:
    is_user = isinstance(person, User)
    return erasure.erase_person(
        user_id=person.pk if is_user else None,
        interest_id=None if is_user else person.pk,
        by=by or make_user(role=Role.DATA_PROTECTION),
        now=NOW,
    )


def planted() -> Interest:
    """Return a sole trader with a word of their own in every column that the registry names."""
    company = make_company(
        name=f"{MARKER} firma",
        number=None,
        sealed_number=sealed("8112189876"),
        number_hint="76",
        number_digest=digest("8112189876"),
    )
    user = make_user(email=ADDRESS, name=f"Anna {MARKER}")
    EmailAddress.objects.create(user=user, email=ADDRESS, primary=True, verified=True)
    Authenticator.objects.create(user=user, type="totp", data={"secret": MARKER})
    SocialAccount.objects.create(user=user, provider="openid", uid=MARKER)
    make_contact(make_company(), user)
    interest = make_interest(
        user=user,
        name=f"Anna {MARKER}",
        email=ADDRESS,
        company=company,
        company_as_told=f"{MARKER} firma",
        topics=f"{MARKER} vill",
        times=["1-lunch"],
    )
    cohort = make_cohort(
        state=CohortState.CONFIRMED, seats=3, course=make_course(price_sek=Decimal(4000))
    )
    seat = make_enrolment(cohort=cohort, interest=interest, user=user, needs=f"{MARKER} slinga")
    round_ = cohort.rounds.get()
    make_rate()
    with transaction.atomic():
        participation = offer_round(round_, seat, actor=acting(user), now=NOW)
        record(seat, was="", became="note", actor=acting(user), now=NOW, why=f"{MARKER} ringde")
    Fee.objects.create(
        participation=participation,
        decision=participation.fee_decisions.get(is_current=True),
        state="asked",
        payer="self",
        amount_sek=4000,
        vat_percent=25,
        vat_sek=1000,
        payment_days=30,
        asked_at=NOW,
        asked_name=MARKER,
        asked_email=ADDRESS,
        signer=MARKER,
        invoice_to=f"{MARKER}, Storgatan 1",
        reference=MARKER,
    )
    # What was asked of the firm while the person's address was its only one.
    Certificate.objects.filter(company=company).delete()
    make_certificate(
        asked_name=MARKER, asked_email=ADDRESS.upper(), helper_name=MARKER, helper_email=ADDRESS
    )
    AgendaItem.objects.create(
        round=round_,
        author=seat,
        text=f"{MARKER} undrar",
        answer=f"Till {MARKER}",
        asked_at=NOW,
    )
    Presence.objects.create(meeting=make_meeting(round=round_), enrolment=seat, was_there=True)
    lesson = round_.course.lessons.first()
    assert lesson is not None
    LessonMark.objects.create(
        participation=participation, lesson=lesson, is_done=True, marked_at=NOW
    )
    name = default_storage.save("bevis.pdf", ContentFile(f"%PDF {MARKER}".encode()))
    Proof.objects.create(participation=participation, file=name, kind="pdf", handed_in_at=NOW)
    Feed.objects.create(owner=user, token_digest=MARKER, made_at=NOW)
    ballot = Ballot.objects.create(question="q", opens_at=NOW, closes_at=NOW + timedelta(days=7))
    RollEntry.objects.create(ballot=ballot, voter=user, has_voted=True)
    make_invitation(interest=interest)
    Client().force_login(user)
    with transaction.atomic():
        queue(a_letter(f"interest/{interest.pk}", f"interest/{interest.pk}/hej"), now=NOW)
        queue(a_letter("", "account/kod"), now=NOW)
        queue(a_letter("user/0", f"participation/{participation.pk}/about-them"), now=NOW)
    return interest


def a_letter(about: str, key: str) -> Letter:
    return Letter(
        key=key, about=about, to=ADDRESS, language="sv", subject=f"Hej {MARKER}", text=f"{MARKER}\n"
    )


def traces() -> Iterator[str]:
    """Yield where the marker stands: every column of every table, sessions opened, files."""
    for model in apps.get_models():
        for row in model._default_manager.values():
            for column, value in row.items():
                if MARKER in str(value).lower():
                    yield f"{model._meta.label}.{column}"
    for session in Session.objects.all():
        if MARKER in str(session.get_decoded()).lower():
            yield "sessions"
    for file in (Path(settings.VAR_DIR) / "files").rglob("*"):
        if MARKER in file.name or (file.is_file() and MARKER.encode() in file.read_bytes()):
            yield str(file)


def figures() -> tuple[Report, Funnel, int]:
    """Return what funders and coordinators are told: people, places, meetings, votes, money."""
    programme = make_programme()
    return report_of(programme), funnel_of(programme.pk), AgendaItem.objects.count()


def test_the_marker_stands_in_every_column_that_the_registry_names_before() -> None:
    person = person_of(interest=planted())
    with_rows = {one.code for one in PERSONAL if one.rows(person).exists()}
    assert with_rows == {one.code for one in PERSONAL}
    assert {"accounts.User.email", "cohorts.Enrolment.needs", "outbox.Message.text"} <= set(
        traces()
    )


def test_nothing_of_an_erased_person_is_left_and_every_number_is_as_it_was() -> None:
    interest = planted()
    user = interest.user
    assert user is not None
    before = figures()
    assert erase(user) is None
    assert sorted(set(traces())) == []
    assert figures() == before
    assert (read_again(interest).state, read_again(user).is_active) == ("anonymised", False)
    assert Session.objects.count() == 0
    assert user.speaks_for.filter(ended_at=None).count() == 0
    # Whatever still leaves the outbox says nothing of them either.
    deliver_waiting(now=NOW)
    assert sorted(set(traces())) == []


def test_what_must_stay_stays_and_is_counted_in_the_log() -> None:
    interest = planted()
    assert interest.user is not None
    officer = make_user(role=Role.DATA_PROTECTION)
    assert erase(interest.user, officer) is None
    (log,) = Erasure.objects.all()
    assert (log.state, log.done_at, log.done_by) == ("done", NOW, officer)
    assert set(log.removed) == {one.code for one in PERSONAL}
    assert set(log.kept) == set(KEPT) - {"aid", "invoices"}
    assert history(log) == [("", "asked", "user"), ("asked", "done", "user")]


def test_others_letters_to_a_shared_address_stay_theirs() -> None:
    leaver, colleague = [
        make_interest(email=address) for address in ("info@example.org", "INFO@example.org")
    ]
    for one in (leaver, colleague):
        with transaction.atomic():
            queue(a_letter(f"interest/{one.pk}", f"interest/{one.pk}/hej"), now=NOW)
    assert erase(leaver) is None
    assert letters() == [f"interest/{colleague.pk}/hej"]
    assert read_again(colleague).email == "INFO@example.org"


def test_a_firm_that_others_are_in_or_whose_aid_is_kept_keeps_its_name() -> None:
    kept = []
    for colleague in (True, False):
        company = make_company(number=None, sealed_number=sealed("8112189876"), number_digest=None)
        leaver = make_interest(company=company)
        if colleague:
            make_interest(company=company)
        else:
            make_certificate(company=company)
        assert erase(leaver) is None
        kept.append(read_again(company).name)
    assert "–" not in kept


def test_an_erased_persons_seats_go_to_the_same_next_person_once() -> None:
    cohort = make_cohort(seats=2, least=1)
    leaver = make_interest()
    make_enrolment(cohort=cohort, interest=leaver)
    make_enrolment(cohort=cohort)
    asked_by = make_cohort(seats=2, least=1)
    offer = make_invitation(cohort=asked_by, interest=leaver)
    first, second = make_interest(), make_interest()
    make_interest()
    assert leaver.user is not None
    assert erase(leaver.user) is None
    open_ones = Invitation.objects.filter(state=InvitationState.RELEASED)
    assert set(open_ones.values_list("cohort", "interest")) >= {(cohort.pk, first.pk)}
    assert open_ones.filter(cohort=cohort).count() == 1
    assert second.pk in open_ones.filter(cohort=asked_by).values_list("interest", flat=True)
    assert read_again(offer).state == InvitationState.DECLINED
    assert Enrolment.objects.get(interest=leaver).state == EnrolmentState.WITHDRAWN
    assert erase(leaver.user) is ErasureRefusal.ERASED_ALREADY
    assert open_ones.filter(cohort=cohort).count() == 1


def test_somebody_who_works_here_is_not_erased() -> None:
    worker = make_user(role=Role.COACH)
    officer = make_user(role=Role.DATA_PROTECTION)
    before = everything()
    assert erase(worker, officer) is ErasureRefusal.HOLDS_A_ROLE
    assert everything() == before


def test_somebody_without_a_log_in_is_erased_by_the_interest() -> None:
    interest = make_interest(name=f"Bo {MARKER}", email=ADDRESS)
    with transaction.atomic():
        record(interest, was="", became="active", actor=ANYONE, now=NOW, why=MARKER)
    assert erase(interest) is None
    assert sorted(set(traces())) == []
    assert erase(read_again(interest)) is ErasureRefusal.ERASED_ALREADY


def test_a_wish_is_written_down_once_told_to_the_officers_and_can_be_taken_back() -> None:
    user, officer = make_user(), make_user(role=Role.DATA_PROTECTION)
    for _ in range(2):
        erasure.ask_for_erasure(user_id=user.pk, now=NOW)
    (wish,) = Erasure.objects.all()
    assert letters() == [
        f"erasure/{wish.pk}/erasure_asked/{user.pk}",
        f"erasure/{wish.pk}/erasure_waits/{officer.pk}",
    ]
    for _ in range(2):
        erasure.take_erasure_back(user_id=user.pk, now=NOW)
    assert history(wish) == [("", "asked", "user"), ("asked", "taken_back", "user")]
    erasure.ask_for_erasure(user_id=user.pk, now=NOW)
    assert Erasure.objects.filter(state="asked").count() == 1


def test_a_wish_that_waits_is_the_one_that_is_granted() -> None:
    user = make_user(name=f"Cia {MARKER}", email=ADDRESS)
    erasure.ask_for_erasure(user_id=user.pk, now=NOW - timedelta(days=3))
    assert erase(user) is None
    (wish,) = Erasure.objects.all()
    assert (wish.asked_at, wish.done_at) == (NOW - timedelta(days=3), NOW)
    assert sorted(set(traces())) == []


@pytest.mark.pure
@pytest.mark.parametrize(
    ("asked_on", "last_day"),
    [
        (date(2026, 11, 29), date(2026, 12, 29)),
        (date(2026, 12, 1), date(2027, 1, 1)),
        (date(2027, 1, 31), date(2027, 2, 28)),
        (date(2028, 1, 30), date(2028, 2, 29)),
    ],
)
def test_a_wish_is_due_a_month_later(asked_on: date, last_day: date) -> None:
    assert due_on(asked_on) == last_day
