"""Filling in, handing in and withdrawing a certificate, and marking aid as registered.

Answers may be saved in any order and as often as one likes while the certificate is a draft; what
has been handed in is never changed, except that an officer settles a regulation nobody knew.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.rules import MoveRefused
from accounts.steps import LINK, Actor, acting, move, record
from companies.numbers import OrganisationNumber
from companies.rules import Sector
from companies.steps import number_told
from deminimis.models import Certificate, DeclaredAid, LedgerEntry, RegisterMark
from deminimis.queries.certificates import answers_of
from deminimis.rules import (
    NEXT,
    UNKNOWN_REGULATION,
    CertificateState,
    HandInRefusal,
    MarkRefusal,
    Question,
    mark_refusal,
    unanswered,
)
from deminimis.steps import certificate_wanted, lock_ledger


class NotADraft(Exception):
    """The certificate has been handed in or withdrawn, so its answers stand."""

    def __init__(self, state: CertificateState) -> None:
        super().__init__(state)
        self.state = state


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """One earlier aid as told: by day, or by year alone; exactly one of the two is given."""

    granter: str
    granted_on: date | None
    year: int | None
    amount: Decimal
    currency: str
    regulation: str


@dataclass(frozen=True, slots=True)
class NotHandedIn:
    """Why a certificate was not handed in, and which questions still wait."""

    refusal: HandInRefusal
    unanswered: tuple[Question, ...] = ()


@transaction.atomic(durable=True)
def begin_certificate(*, company_id: int, by: User, now: datetime) -> Certificate:
    """Return a certificate for a company to fill in, begun by its contact.

    One that is begun, or waits for an officer, is returned instead of a second. May run twice.
    """
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
def save_signer(*, certificate_id: int, name: str, is_authorised: bool) -> None:
    """Keep who fills the certificate in, and whether that person may sign for the company.

    :raises NotADraft: if it has been handed in or withdrawn.
    """
    certificate = _draft(certificate_id)
    certificate.signer_name = name
    certificate.signer_authorised = is_authorised
    certificate.save(update_fields=["signer_name", "signer_authorised"])


@transaction.atomic(durable=True)
def save_number(*, certificate_id: int, number: OrganisationNumber) -> bool:
    """Keep the organisation number of a company that had none; False if it could not be taken.

    :raises NotADraft: if the certificate has been handed in or withdrawn.
    """
    return number_told(_draft(certificate_id).company, number)


@transaction.atomic(durable=True)
def save_group(*, certificate_id: int, is_group: bool, names: str) -> None:
    """Keep whether the company belongs together with others, and with which.

    :raises NotADraft: if it has been handed in or withdrawn.
    """
    certificate = _draft(certificate_id)
    certificate.is_group = is_group
    certificate.group_names = names if is_group else ""
    certificate.save(update_fields=["is_group", "group_names"])


@transaction.atomic(durable=True)
def save_sector(*, certificate_id: int, sector: Sector) -> None:
    """Keep whether the company farms, herds reindeer or fishes.

    Another sector than before asks anew whether the accounts are kept apart; none of them leaves
    nothing to keep apart.

    :raises NotADraft: if it has been handed in or withdrawn.
    """
    certificate = _draft(certificate_id)
    if sector is Sector.OTHER:
        certificate.separate_accounts = False
    elif certificate.sector != sector:
        certificate.separate_accounts = None
    certificate.sector = sector
    certificate.save(update_fields=["sector", "separate_accounts"])


@transaction.atomic(durable=True)
def save_accounts(*, certificate_id: int, are_separate: bool) -> None:
    """Keep whether the excluded activity has accounts of its own.

    :raises NotADraft: if it has been handed in or withdrawn.
    """
    certificate = _draft(certificate_id)
    certificate.separate_accounts = are_separate
    certificate.save(update_fields=["separate_accounts"])


@transaction.atomic(durable=True)
def replace_declared_aid(*, certificate_id: int, lines: Sequence[Declared]) -> None:
    """Keep the earlier aid, the whole list each time; no lines means that none was received.

    :raises NotADraft: if it has been handed in or withdrawn.
    """
    certificate = _draft(certificate_id)
    certificate.aid.all().delete()
    DeclaredAid.objects.bulk_create(
        DeclaredAid(
            certificate=certificate,
            granter=line.granter,
            granted_on=line.granted_on,
            year=line.year,
            amount=line.amount,
            currency=line.currency,
            regulation=line.regulation,
        )
        for line in lines
    )
    certificate.none_received = not lines
    certificate.save(update_fields=["none_received"])


@transaction.atomic(durable=True)
def hand_in(
    *, certificate_id: int, is_authorised: bool, covers_group: bool, is_true: bool, now: datetime
) -> NotHandedIn | None:
    """Sign a certificate today and hand it in; return why not, or None. May run twice."""
    certificate = _locked(certificate_id)
    if certificate.state == CertificateState.SUBMITTED:
        return None
    if certificate.state != CertificateState.DRAFT:
        return NotHandedIn(HandInRefusal.OVER)
    if missing := unanswered(answers_of(certificate)):
        return NotHandedIn(HandInRefusal.UNANSWERED, missing)
    if not certificate.signer_authorised:
        return NotHandedIn(HandInRefusal.NOT_AUTHORISED)
    if not (is_authorised and covers_group and is_true):
        return NotHandedIn(HandInRefusal.NOT_DECLARED)
    certificate.covers_group = True
    certificate.signed_on = timezone.localdate(now)
    certificate.submitted_at = now
    fields = ("covers_group", "signed_on", "submitted_at")
    to = CertificateState.SUBMITTED
    move(certificate, to, ways=NEXT, actor=LINK, now=now, fields=fields)
    return None


@transaction.atomic(durable=True)
def withdraw(*, certificate_id: int, actor: Actor, now: datetime) -> None:
    """Take a certificate back. Aid granted on it stands; new places need a new one. May run twice.

    The ledger is locked first: a certificate changes what the aid rule says.

    :raises MoveRefused: if it was not approved, or a newer one has taken its place.
    """
    lock_ledger()
    certificate = _locked(certificate_id)
    if certificate.state == CertificateState.WITHDRAWN:
        return
    certificate.withdrawn_on = timezone.localdate(now)
    to = CertificateState.WITHDRAWN
    move(certificate, to, ways=NEXT, actor=actor, now=now, fields=("withdrawn_on",))


@transaction.atomic(durable=True)
def settle_regulations(
    *, certificate_id: int, regulations: Mapping[int, str], by: User, now: datetime
) -> int:
    """Write the regulation of lines that nobody knew, by line id; return how many were settled.

    Only a line that says "do not know" is touched; the history keeps that it did, and who knew.

    :raises MoveRefused: if the certificate does not wait for a decision.
    """
    certificate = _locked(certificate_id)
    if certificate.state != CertificateState.SUBMITTED:
        subject = f"certificate/{certificate_id}"
        raise MoveRefused(subject, certificate.state, CertificateState.SUBMITTED)
    lines = list(certificate.aid.filter(regulation=UNKNOWN_REGULATION, pk__in=regulations))
    for line in lines:
        line.regulation = regulations[line.pk]
        line.save(update_fields=["regulation"])
        settled = line.regulation
        record(line, was=UNKNOWN_REGULATION, became=settled, actor=acting(by), now=now)
    return len(lines)


@transaction.atomic(durable=True)
def mark_registered(
    *, entry_id: int, registered_on: date, reference: str, by: User, now: datetime
) -> MarkRefusal | None:
    """Write that a line of the ledger stands in the national register; return why not, or None.

    The line is locked first: two officers never mark it both.
    """
    entry = LedgerEntry.objects.select_for_update().get(id=entry_id)
    refusal = mark_refusal(
        granted_on=entry.granted_on,
        registered_on=registered_on,
        today=timezone.localdate(now),
        is_marked=RegisterMark.objects.filter(entry=entry).exists(),
    )
    if refusal is None:
        RegisterMark.objects.create(
            entry=entry, registered_on=registered_on, reference=reference, by=by
        )
        record(entry, was="", became="registered", actor=acting(by), now=now, why=reference)
    return refusal


def _draft(certificate_id: int) -> Certificate:
    certificate = _locked(certificate_id)
    if certificate.state != CertificateState.DRAFT:
        raise NotADraft(CertificateState(certificate.state))
    return certificate


def _locked(certificate_id: int) -> Certificate:
    return (
        Certificate.objects.select_for_update(of=("self",))
        .select_related("company")
        .get(id=certificate_id)
    )
