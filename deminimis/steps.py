"""Assessing a place, granting aid and deciding on certificates, in somebody's transaction."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from accounts.models import User
from accounts.steps import CLOCK, Actor, acting, move, record
from companies.models import Company
from deminimis import engine
from deminimis.models import Certificate, LedgerEntry, LedgerLock
from deminimis.queries import REGULATION, facts_of, law_now
from deminimis.queries.certificates import UNDER_WAY
from deminimis.rules import NEXT, UNKNOWN_REGULATION, CertificateState, EntryKind
from ground.steps import step

THE_LOCK = 1


class NotGrantable(Exception):
    """The decision does not allow a grant."""


class RegulationUnsettled(Exception):
    """A line of the certificate names no regulation, so nobody can tell whether it counts."""


@dataclass(frozen=True, slots=True)
class Assessment:
    """The engine's decision on one place, and the evidence that replays it to the same bytes."""

    decision: engine.Decision
    evidence: str
    on: date


@step
def lock_ledger() -> None:
    """Wait for, and hold until the commit, the one lock on all grants and all control links."""
    LedgerLock.objects.get_or_create(pk=THE_LOCK)
    LedgerLock.objects.select_for_update().get(pk=THE_LOCK)


@step
def assess(
    *, company: Company, value_sek: Decimal, case: str, on: date, pays_in_full: bool = False
) -> Assessment:
    """Return what a place worth ``value_sek`` means for ``company`` on the day ``on``.

    Whoever pays in full is given nothing, so that no aid is asked for.

    Binding only under ``lock_ledger``: without it, it is what would hold today.
    """
    given_sek = Decimal(0) if pays_in_full else value_sek
    facts = facts_of(company=company, amount_sek=given_sek, case=case, on=on)
    facts = replace(facts, open_and_free_to_all=value_sek == 0)
    law = law_now()
    decision = engine.assess(facts, law)
    return Assessment(decision, engine.evidence(facts, law, decision), on)


@step
def grant(
    *, company: Company, case: str, value_sek: Decimal, assessment: Assessment, now: datetime
) -> LedgerEntry:
    """Write a grant into the ledger. Only under ``lock_ledger``, in the same transaction.

    :raises NotGrantable: if the decision does not allow it.
    """
    decision = assessment.decision
    if decision.outcome is not engine.Outcome.FREE_DE_MINIMIS or decision.new_aid_eur is None:
        raise NotGrantable(decision.rule)
    entry = LedgerEntry.objects.create(
        company=company,
        kind=EntryKind.GRANT,
        case=case,
        granted_on=assessment.on,
        amount_sek=value_sek,
        amount_eur=decision.new_aid_eur,
        regulation=REGULATION,
        evidence=assessment.evidence,
        register_due_on=engine.register_due_on(assessment.on),
        entered_at=now,
    )
    record(entry, was="", became=EntryKind.GRANT, actor=CLOCK, now=now)
    return entry


@step
def certificate_wanted(  # noqa: PLR0913 -- whom a certificate is asked of, and by whom
    *, company_id: int, name: str, email: str, language: str, now: datetime, actor: Actor = CLOCK
) -> tuple[Certificate, bool]:
    """Return the certificate that a company is asked for, and whether it is asked for only now.

    One that is begun, or that waits for an officer, is not asked for a second time.
    """
    under_way = Certificate.objects.filter(company=company_id, state__in=UNDER_WAY).first()
    if under_way is not None:
        return under_way, False
    certificate = Certificate.objects.create(
        company_id=company_id,
        asked_name=name,
        asked_email=email,
        asked_language=language,
        created_at=now,
    )
    record(certificate, was="", became=CertificateState.DRAFT, actor=actor, now=now)
    return certificate, True


@step
def decide_certificate(
    certificate: Certificate, *, is_approved: bool, note: str, by: User, now: datetime
) -> None:
    """Approve or reject a locked certificate; an approved one supersedes the company's earlier.

    :raises MoveRefused: if it does not wait for a decision.
    :raises RegulationUnsettled: if it is to be approved while a line says "do not know".
    """
    if is_approved and certificate.aid.filter(regulation=UNKNOWN_REGULATION).exists():
        raise RegulationUnsettled
    certificate.decided_by = by
    certificate.decided_at = now
    certificate.decision_note = note
    fields = ("decided_by", "decided_at", "decision_note")
    to = CertificateState.APPROVED if is_approved else CertificateState.REJECTED
    if is_approved:
        earlier = certificate.company.certificates.filter(state=CertificateState.APPROVED)
        for old in earlier.select_for_update():
            move(old, CertificateState.SUPERSEDED, ways=NEXT, actor=acting(by), now=now)
    move(certificate, to, ways=NEXT, actor=acting(by), now=now, why=note[:500], fields=fields)
