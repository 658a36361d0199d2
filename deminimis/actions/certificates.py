"""A certificate is begun, handed in and withdrawn; an officer settles what nobody knew."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Protocol

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.rules import MoveRefused
from accounts.steps import LINK, Actor, acting, move, record
from companies.models import Company
from deminimis.models import Certificate
from deminimis.queries import group_of
from deminimis.queries.certificates import answers_of, unsettled_lines
from deminimis.rules import (
    NEXT,
    UNKNOWN_REGULATION,
    CertificateState,
    HandInRefusal,
    Question,
    unanswered,
)
from deminimis.steps import certificate_wanted, lock_ledger


class AfterCertificate(Protocol):
    """What follows for those who waited for a certificate of these companies; a step."""

    def __call__(self, company_ids: Collection[int], *, now: datetime) -> int: ...


# Taken when a company takes back what an officer had not decided on, under the ledger's lock. The
# site hangs it up (regai.apps): this app knows nothing of those who wait for a course.
taken_back: list[AfterCertificate] = []


@dataclass(frozen=True, slots=True)
class NotHandedIn:
    """Why a certificate was not handed in, and which questions still wait."""

    refusal: HandInRefusal
    unanswered: tuple[Question, ...] = ()


@transaction.atomic(durable=True)
def begin_certificate(*, company_id: int, by: User, now: datetime) -> Certificate:
    """Return a certificate for a company to fill in, begun by its contact.

    One that is begun, or waits for an officer, is returned instead of a second. May run twice.
    The company's row is locked first, so that two clicks in one moment begin one.
    """
    _lock_company(company_id)
    certificate, _ = certificate_wanted(
        company_id=company_id,
        name=by.name,
        email=by.email,
        language=by.language,
        actor=acting(by),
        now=now,
    )
    return certificate


@transaction.atomic(durable=True)
def begin_again(*, certificate_id: int, now: datetime) -> Certificate:
    """Return a new certificate for the company of one that is over, for the same reader.

    One that is under way is returned instead of a second. May run twice.
    """
    old = Certificate.objects.get(id=certificate_id)
    _lock_company(old.company_id)
    certificate, _ = certificate_wanted(
        company_id=old.company_id,
        name=old.asked_name,
        email=old.asked_email,
        language=old.asked_language,
        actor=LINK,
        now=now,
    )
    return certificate


@transaction.atomic(durable=True)
def hand_in(  # noqa: PLR0913 -- who signs, what is declared, when
    *,
    certificate_id: int,
    by: User | None,
    is_authorised: bool,
    covers_group: bool,
    is_true: bool,
    now: datetime,
) -> NotHandedIn | None:
    """Sign a certificate today and hand it in; return why not, or None. May run twice.

    ``by`` has logged in and signs so; None where a signed paper has been handed in instead.
    """
    certificate = _locked(certificate_id)
    if certificate.state == CertificateState.SUBMITTED:
        return None
    is_declared = is_authorised and covers_group and is_true
    if refused := _refused(certificate, by=by, is_declared=is_declared):
        return refused
    certificate.covers_group, certificate.signed_by = True, by
    certificate.signed_on = timezone.localdate(now)
    certificate.submitted_at = now
    fields = ("covers_group", "signed_by", "signed_on", "submitted_at")
    to, actor = CertificateState.SUBMITTED, acting(by) if by else LINK
    move(certificate, to, ways=NEXT, actor=actor, now=now, fields=fields)
    return None


@transaction.atomic(durable=True)
def withdraw(*, certificate_id: int, actor: Actor, now: datetime) -> None:
    """Take a certificate back. Aid granted on it stands; new places need a new one. May run twice.

    The ledger is locked first: a certificate changes what the aid rule says. Those who waited for
    an officer to look at it wait no longer, and hear.

    :raises MoveRefused: if it was not approved, or a newer one has taken its place.
    """
    lock_ledger()
    certificate = _locked(certificate_id)
    if certificate.state == CertificateState.WITHDRAWN:
        return
    was = certificate.state
    certificate.withdrawn_on = timezone.localdate(now)
    to = CertificateState.WITHDRAWN
    move(certificate, to, ways=NEXT, actor=actor, now=now, fields=("withdrawn_on",))
    if was == CertificateState.SUBMITTED:
        group = [company.pk for company in group_of(certificate.company)]
        for follow in taken_back:
            follow(group, now=now)


@dataclass(frozen=True, slots=True)
class Known:
    """What an officer has found out about a line: its regulation, and its day and amount if asked.

    None of the last two leaves what the line says.
    """

    regulation: str
    granted_on: date | None = None
    amount: Decimal | None = None


@transaction.atomic(durable=True)
def settle_lines(
    *, certificate_id: int, known: Mapping[int, Known], by: User, now: datetime
) -> int:
    """Write what nobody knew about lines, by line id; return how many were settled.

    Only a line that says "do not know" is touched; the history keeps that it did, and who knew.

    :raises MoveRefused: if the certificate does not wait for a decision.
    """
    certificate = _locked(certificate_id)
    if certificate.state != CertificateState.SUBMITTED:
        subject = f"certificate/{certificate_id}"
        raise MoveRefused(subject, certificate.state, CertificateState.SUBMITTED)
    lines = list(unsettled_lines(certificate).filter(pk__in=known))
    for line in lines:
        told = known[line.pk]
        line.regulation = told.regulation
        if line.amount is None:
            line.amount = told.amount
        if line.granted_on is None and line.year is None:
            line.granted_on = told.granted_on
        line.save(update_fields=["regulation", "amount", "granted_on"])
        settled = line.regulation
        record(line, was=UNKNOWN_REGULATION, became=settled, actor=acting(by), now=now)
    return len(lines)


def _refused(certificate: Certificate, *, by: User | None, is_declared: bool) -> NotHandedIn | None:
    """Return why a locked certificate cannot be handed in as it is, or None."""
    if certificate.state != CertificateState.DRAFT:
        return NotHandedIn(HandInRefusal.OVER)
    if missing := unanswered(answers_of(certificate)):
        return NotHandedIn(HandInRefusal.UNANSWERED, missing)
    if not certificate.signer_authorised:
        return NotHandedIn(HandInRefusal.NOT_AUTHORISED)
    if not is_declared:
        return NotHandedIn(HandInRefusal.NOT_DECLARED)
    if by is None and not certificate.papers.exists():
        return NotHandedIn(HandInRefusal.NOT_SIGNED)
    return None


def _lock_company(company_id: int) -> None:
    Company.objects.select_for_update().get(id=company_id)


def _locked(certificate_id: int) -> Certificate:
    return Certificate.objects.select_for_update(of=("self",)).get(id=certificate_id)
