"""Two of everything that an address can name, and everybody who may ask for it."""

import re
import time
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.account.internal.flows.login import _AUTHENTICATION_METHODS_USER_SESSION_KEY
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.queries import works_here
from accounts.rules import Role
from cohorts.actions.feeds import open_feed
from cohorts.emails.codes import CHECK_IN
from cohorts.emails.fees import FEE
from cohorts.emails.readers import ANSWER, INVITATION, MANAGE
from cohorts.models import (
    AgendaItem,
    Break,
    Cohort,
    DropOut,
    Fee,
    Forming,
    InvoiceBatch,
    Participation,
    PlanJob,
    Proof,
    Room,
    RoomTime,
    TimeOff,
)
from cohorts.rules import CohortState, RoundState
from companies.models import Company, CompanyChange
from deminimis.models import Certificate, Paper, Recovery, Settlement
from deminimis.rules import CERTIFICATE_LINK
from outbox.links import Link
from outbox.models import Message
from tests import factories
from tests.cohorts.aid_world import offer
from tests.passkeys import make_passkey
from tests.second_factor import make_app
from voting.models import Ballot, RollEntry

PART = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>((?:[^()]|\([^()]*\))*)\)")
FORGED = "1.1.1.forged"
LOG_IN, STEP, OPERATOR = "/logga-in/", "/logga-in/extra-steg/", "/drift/admin/login/"
AN_HOUR = 3600
# The addresses that end in a token, by their first part; a genuine one stands in each world's rows.
LINKS = ("anmalan/", "inbjudan/", "intyg/", "avgift/", "traff/", "kalender/", "code")
A_FILE = b"%PDF-1.7 %%EOF"


def names_in(address: str) -> list[str]:
    """Return what an address names, from the left."""
    return [part[1] or part[2] for part in PART.finditer(address)]


@dataclass
class World:
    """Rows by the name that an address gives them: one's own, and somebody else's."""

    people: dict[str, User] = field(default_factory=dict)
    own: dict[str, Any] = field(default_factory=dict)
    others: dict[str, Any] = field(default_factory=dict)
    keys: dict[str, int] = field(default_factory=dict)
    sessions: dict[tuple[str, bool], str] = field(default_factory=dict)
    doors: dict[tuple[str, bool], str] = field(default_factory=dict)
    # One for all: each new one would look for all static files.
    client: Client = field(default_factory=Client)

    def ask(self, address: str, actor: str, *, whole: bool = True) -> str:
        """Return what ``actor`` gets: "own/others", or one word if it is the same or there is one.

        ``whole``: with the second step of the log-in, by those who have one.
        """
        paths = [self._filled(address, actor, rows) for rows in (self.own, self.others)]
        answers = [self._answer(path, actor, whole=whole) for path in dict.fromkeys(paths)]
        return "/".join(dict.fromkeys(answers))

    def ask_mixed(self, address: str, actor: str) -> str:
        """Return what ``actor`` gets for a row of their own with somebody else's below it."""
        outer = names_in(address)[0]
        mixed = {**self.others, outer: self.own[outer]}
        return self._answer(self._filled(address, actor, mixed), actor, whole=True)

    def works_here(self, actor: str) -> bool:
        return actor in self.people and works_here(self.people[actor])

    def _filled(self, address: str, actor: str, rows: dict[str, Any]) -> str:
        def value(part: re.Match[str]) -> str:
            name = part[1] or part[2]
            if name == "token":
                return str(rows[address[: address.index("/") + 1]])
            if name == "pk":
                mine = rows is self.own
                return str(self.keys.get(actor if mine else "somebody", 0))
            if name == "app_label":
                return part[3].split("|", 1)[0]
            return str(rows[name])

        return "/" + PART.sub(value, address).removesuffix("$")

    def _answer(self, path: str, actor: str, *, whole: bool) -> str:
        client = self.client
        client.cookies.clear()
        if actor in self.people:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[actor, whole]
        undo = transaction.savepoint()
        response = client.get(path)
        if response.status_code == 405:
            response = client.post(path, {})
        b"".join(response)  # read to its end, so that a file that is given out is closed
        transaction.savepoint_rollback(undo)
        # Let go of it too: each row looked at is held against every savepoint that still stands.
        transaction.savepoint_commit(undo)
        if response.get("Location", "").startswith(OPERATOR) and path != OPERATOR:
            return self._at_the_operators_door(actor, whole=whole)
        return _word(response)

    def _at_the_operators_door(self, actor: str, *, whole: bool) -> str:
        """Return where Django's admin leads on; it is the same from all its pages."""
        if (actor, whole) not in self.doors:
            self.doors[actor, whole] = self._answer(OPERATOR, actor, whole=whole)
        return self.doors[actor, whole]


def _word(response: Any) -> str:
    led = urlsplit(response.get("Location", "")).path
    if led in {LOG_IN, STEP}:
        return "login" if led == LOG_IN else "step"
    refused = response.status_code in {403, 404, 429} or response.status_code >= 500
    return str(response.status_code) if refused else "open"


def build() -> World:
    """Return a world with everybody in it."""
    world = World()
    for role in Role:
        world.people[role.value] = factories.make_user(
            role=role, is_staff=role is Role.OPERATOR, is_superuser=role is Role.OPERATOR
        )
    world.people["participant"], world.people["contact"] = (
        factories.make_user(),
        factories.make_user(),
    )
    factories.make_course(slug="exempel")  # as the programme is called
    company = factories.make_company(needs_check=True)
    factories.make_contact(company, world.people["contact"], may_sign=True)
    world.own = _rows(
        company,
        participant=world.people["participant"],
        facilitator=world.people["facilitator"],
        coach=world.people["coach"],
    )
    world.others = _rows(
        factories.make_company(needs_check=True),
        participant=factories.make_user(),
        facilitator=factories.make_user(role=Role.FACILITATOR),
        coach=factories.make_user(role=Role.COACH),
    )
    world.others |= dict.fromkeys(LINKS, FORGED)
    world.keys["somebody"] = make_passkey(factories.make_user()).pk
    for actor, user in world.people.items():
        make_app(user)
        world.keys[actor] = make_passkey(user).pk
        for whole in (True, False):
            world.sessions[actor, whole] = _session(user, world.keys[actor] if whole else 0)
    return world


def _session(user: User, factor: int) -> str:
    client = Client()
    client.force_login(user)
    if factor:
        session: Any = client.session
        session[AUTHENTICATION_METHODS_SESSION_KEY] = [
            {"method": "mfa", "at": time.time() + AN_HOUR, "id": factor, "reauthenticated": True}
        ]
        session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(user.pk)
        session.save()
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def _rows(company: Company, *, participant: User, facilitator: User, coach: User) -> dict[str, Any]:
    today, now = timezone.localdate(), timezone.now()
    course = factories.make_course(price_sek=Decimal(1000))
    factories.make_rate(today)
    cohort = factories.make_cohort(
        course=course,
        facilitator=facilitator,
        state=CohortState.RUNNING,
        round_state=RoundState.RUNNING,
        starts_on=today - timedelta(days=30),
    )
    round_ = cohort.rounds.get()
    participation = offer(company, to=round_, user=participant, on_behalf_by=coach)
    enrolment = participation.enrolment
    invitation = factories.make_invitation(
        cohort=cohort, interest=factories.make_interest(company=company, on_behalf_by=coach)
    )
    invitation.expires_at = now + timedelta(days=10)
    invitation.save(update_fields=["expires_at"])
    meeting = factories.make_meeting(round=round_, starts_at=now + timedelta(days=3))
    item = AgendaItem.objects.create(round=round_, author=enrolment, text="Hur?", asked_at=now)
    certificate = factories.make_certificate(
        company=company, state="submitted", submitted_at=now, signed_on=today
    )
    fee = Fee.objects.create(
        participation=participation,
        decision=participation.fee_decisions.get(is_current=True),
        state="asked",
        payer="company",
        company=company,
        amount_sek=Decimal(1000),
        vat_percent=Decimal(25),
        vat_sek=Decimal(250),
        payment_days=30,
        asked_at=now,
    )
    draft = factories.make_certificate(company=factories.make_company(), state="draft")
    return {
        "cohort_id": cohort.pk,
        "enrolment_id": enrolment.pk,
        "invitation_id": invitation.pk,
        "meeting_id": meeting.pk,
        "item_id": item.pk,
        "round_id": round_.pk,
        "fee_id": fee.pk,
        "batch_id": InvoiceBatch.objects.create(made_at=now, made_by=facilitator).pk,
        "ballot_id": _ballot(cohort, participant).pk,
        "participation_id": participation.pk,
        "interest_id": enrolment.interest_id,
        "company_id": company.pk,
        "certificate_id": certificate.pk,
        "control_id": factories.make_control(company, factories.make_company()).pk,
        "entry_id": factories.make_entry(company=company, register_due_on=today).pk,
        "letter_id": _letter(f"interest/{enrolment.interest_id}").pk,
        "message_id": Message.objects.latest("pk").pk,
        "slug": "exempel",
        "page": "skriv-under",
        "name": "resultat.json",
        "object_id": 1,
        "content_type_id": 1,
        "url": "nowhere",
        "anmalan/": _token(MANAGE, enrolment.interest_id),
        "inbjudan/": _token(INVITATION, invitation.pk),
        "intyg/": _token(CERTIFICATE_LINK, draft.pk),
        "avgift/": _token(FEE, fee.pk),
        "traff/": _token(ANSWER.format(meeting.pk), enrolment.pk),
        "kalender/": open_feed(owner_id=participant.pk, cohort_id=None, now=now),
        "code": _token(CHECK_IN, meeting.pk),
        **_papers(participation, certificate, facilitator),
        **_plans(cohort, facilitator),
    }


def _papers(participation: Participation, certificate: Certificate, by: User) -> dict[str, Any]:
    """Return what people hand in, and what an officer writes about it; two files are kept."""
    today, now, company = timezone.localdate(), timezone.now(), certificate.company
    proof = Proof.objects.create(
        participation=participation,
        file=default_storage.save("kursbevis/bevis.pdf", ContentFile(A_FILE)),
        kind="pdf",
        handed_in_at=now,
    )
    paper = Paper.objects.create(
        certificate=certificate,
        kind="pdf",
        stored_as=default_storage.save("intyg/intyg.pdf", ContentFile(A_FILE)),
        size_bytes=len(A_FILE),
        sha256="0" * 64,
        added_at=now,
    )
    settlement = Settlement.objects.create(
        case=f"participation/{participation.pk}",
        company=company,
        rule="DECLARATION_SIGNATORY",
        key="declaration",
        reason="Fullmakten har kommit.",
        proposed_by=by,
        proposed_at=now,
    )
    recovery = Recovery.objects.create(
        entry=factories.make_entry(company=company),
        why="Uppgifterna stämde inte.",
        sum_sek=Decimal(11000),
        opened_by=by,
        opened_at=now,
    )
    change = CompanyChange.objects.create(
        kind="merger", on=today, source=company, target=factories.make_company(), told_at=now
    )
    return {
        "drop_out_id": DropOut.objects.create(participation=participation, left_at=now).pk,
        "proof_id": proof.pk,
        "paper_id": paper.pk,
        "settlement_id": settlement.pk,
        "recovery_id": recovery.pk,
        "change_id": change.pk,
        "contact_id": factories.make_contact(company, factories.make_user()).pk,
    }


def _plans(cohort: Cohort, facilitator: User) -> dict[str, Any]:
    """Return what planning names; the two kinds of time share a number, as an address does."""
    today, now = timezone.localdate(), timezone.now()
    times = {"starts_at": now + timedelta(days=90), "ends_at": now + timedelta(days=91)}
    town = factories.make_place()
    room = Room.objects.create(
        place=town, name=f"Sal {cohort.pk}", address="Gatan 1", seats=9, is_step_free=True
    )
    off = TimeOff.objects.create(user=facilitator, **times)
    RoomTime.objects.create(pk=off.pk, room=room, kind="booked", note="Kör", **times)
    closed = Break.objects.create(
        municipality_id=str(town.municipality_id), name="Lov", first_on=today, last_on=today
    )
    nobody: dict[str, Any] = {
        "cohorts": [],
        "waiting": {},
        "placed": 0,
        "proven": True,
        "pinned": {},
    }
    forming = Forming.objects.create(
        programme=cohort.programme, wish={}, answer=nobody, made_by=facilitator, made_at=now
    )
    wish = {"first_on": today.isoformat(), "rounds": {}}
    job = PlanJob.objects.create(wish=wish, asked_by=facilitator, asked_at=now)
    return {
        "room_id": room.pk,
        "time_id": off.pk,
        "break_id": closed.pk,
        "forming_id": forming.pk,
        "job_id": job.pk,
        "user_id": facilitator.pk,
    }


def _ballot(cohort: Cohort, voter: User) -> Ballot:
    now = timezone.now()
    ballot = Ballot.objects.create(
        question="next course",
        state="open",
        opens_at=now - timedelta(days=1),
        closes_at=now + timedelta(days=1),
        seed="a" * 64,
        seed_digest="b" * 64,
    )
    RollEntry.objects.create(ballot=ballot, voter=voter)
    course = factories.make_course()
    cohort.rounds.create(
        course=course, state=RoundState.IN_BALLOT, price_sek=course.price_sek, ballot=ballot
    )
    ballot.options.create(key=str(course.pk), title=course.title)
    return ballot


def _letter(about: str) -> Message:
    now = timezone.now()
    return Message.objects.create(
        key=f"access/{about}",
        about=about,
        to="a@example.org",
        language="sv",
        subject="RegAI: ett brev",
        text="Hej!",
        state="given_up",
        queued_at=now,
        next_try_at=now,
        ended_at=now,
    )


def _token(purpose: str, row: int) -> str:
    last_day = timezone.localdate() + timedelta(days=7)
    return Link(
        purpose=purpose, row=row, generation=1, last_day=last_day, path="{token}"
    ).signed_path()
