"""Assessing a place, granting aid and deciding on certificates, in somebody's transaction."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone

from accounts.models import User
from accounts.rules import MoveRefused
from accounts.steps import CLOCK, LINK, Actor, acting, move, record
from companies.models import Company
from companies.steps import nace_told
from deminimis import engine
from deminimis.models import Certificate, LedgerEntry, LedgerLock, Recovery, Settlement
from deminimis.queries import REGULATION, facts_of, law_now
from deminimis.queries.certificates import UNDER_WAY, may_answer_still, unsettled_lines
from deminimis.queries.ledger import standing
from deminimis.queries.settled import settled, settlements_of
from deminimis.rules import (
    ANSWER_WITHIN,
    NEXT,
    RECOVERY_NEXT,
    SETTLEMENT_NEXT,
    CertificateState,
    CorrectionRefusal,
    EntryKind,
    RecoveryState,
    SettlementRefusal,
    SettlementState,
    correction_refusal,
)
from ground.steps import step

THE_LOCK = 1
LONGEST_WHY = 500


class NotGrantable(Exception):
    """The decision does not allow a grant."""


class NotADraft(Exception):
    """The certificate has been handed in or withdrawn, so its answers stand."""

    def __init__(self, state: CertificateState) -> None:
        super().__init__(state)
        self.state = state


class NotHeard(Exception):
    """The company has not seen what speaks against it, or may still answer."""


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
    if decision.rule in engine.SETTLED_BY_A_PERSON:
        word = settlements_of(case).filter(state=SettlementState.APPROVED, company=company)
        facts = settled(facts, word)
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
def correct_grant(  # noqa: PLR0913 -- a line in a ledger has its columns
    entry: LedgerEntry,
    *,
    kind: EntryKind,
    becomes_eur: Decimal,
    why: str,
    actor: Actor,
    now: datetime,
) -> LedgerEntry | CorrectionRefusal:
    """Write the line that makes a grant worth ``becomes_eur``, or return why not.

    Only under ``lock_ledger``. Kronor follow in proportion; the grant itself stays as it was.
    """
    left = standing(entry)
    refusal = correction_refusal(
        kind=kind,
        is_grant=entry.kind == EntryKind.GRANT,
        standing_eur=left.eur,
        becomes_eur=becomes_eur,
    )
    if refusal is not None:
        return refusal
    becomes_sek = engine.scaled(left.sek, becomes_eur, left.eur)
    on = timezone.localdate(now)
    line = LedgerEntry.objects.create(
        company=entry.company,
        kind=kind,
        case=entry.case,
        of=entry,
        granted_on=entry.granted_on,
        amount_sek=becomes_sek - left.sek,
        amount_eur=becomes_eur - left.eur,
        regulation=entry.regulation,
        why=why,
        register_due_on=engine.register_due_on(on),
        entered_at=now,
    )
    record(line, was="", became=kind, actor=actor, now=now, why=why[:LONGEST_WHY])
    return line


@step
def move_settlement(
    settlement: Settlement, to: SettlementState, *, by: User, now: datetime
) -> SettlementRefusal | None:
    """Say yes or no to a locked proposal, or take it back; return why not, or None.

    The one who proposed it may only take it back.
    """
    if to not in SETTLEMENT_NEXT[SettlementState(settlement.state)]:
        return SettlementRefusal.OVER
    if to is not SettlementState.TAKEN_BACK:
        if settlement.proposed_by == by:
            return SettlementRefusal.SAME_PERSON
        settlement.decided_by, settlement.decided_at = by, now
    fields = ("decided_by", "decided_at")
    move(settlement, to, ways=SETTLEMENT_NEXT, actor=acting(by), now=now, fields=fields)
    return None


@step
def move_recovery(
    recovery: Recovery,
    to: RecoveryState,
    *,
    by: User,
    now: datetime,
    fields: tuple[str, ...] = (),
) -> None:
    """Take a locked case of recovery further.

    :raises MoveRefused: if it is over, or nothing has been demanded yet.
    """
    move(recovery, to, ways=RECOVERY_NEXT, actor=acting(by), now=now, fields=fields)


@step
def draft_of(certificate_id: int) -> Certificate:
    """Return a certificate that is not handed in yet, its row locked.

    :raises NotADraft: if it has been handed in or withdrawn.
    """
    certificate = (
        Certificate.objects.select_for_update(of=("self",))
        .select_related("company")
        .get(id=certificate_id)
    )
    if certificate.state != CertificateState.DRAFT:
        raise NotADraft(CertificateState(certificate.state))
    return certificate


@step
def keep_objection(certificate: Certificate, *, against: str, by: User, now: datetime) -> None:
    """Write what speaks against a locked certificate, and until when the company may answer.

    :raises MoveRefused: if it does not wait for a decision.
    """
    if certificate.state != CertificateState.SUBMITTED:
        subject = f"certificate/{certificate.pk}"
        raise MoveRefused(subject, certificate.state, CertificateState.SUBMITTED)
    certificate.against, certificate.answered_at = against, None
    certificate.answer_by = timezone.localdate(now) + ANSWER_WITHIN
    certificate.save(update_fields=["against", "answer_by", "answered_at"])
    record(certificate, was="submitted", became="heard", actor=acting(by), now=now)


@step
def answer_of_company(certificate: Certificate, *, answer: str, now: datetime) -> None:
    """Keep the company's answer to what speaks against a locked certificate."""
    certificate.answer, certificate.answered_at = answer, now
    certificate.save(update_fields=["answer", "answered_at"])
    record(certificate, was="submitted", became="answered", actor=LINK, now=now)


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

    The trade that it tells becomes the company's, for the register.

    :raises MoveRefused: if it does not wait for a decision.
    :raises RegulationUnsettled: if it is to be approved while a line says "do not know".
    :raises NotHeard: if it is to be rejected before the company has seen why and had time to
        answer.
    """
    if is_approved and unsettled_lines(certificate).exists():
        raise RegulationUnsettled
    waits = certificate.state == CertificateState.SUBMITTED
    if waits and not is_approved and may_answer_still(certificate, on=timezone.localdate(now)):
        raise NotHeard
    nace_told(certificate.company, certificate.nace if is_approved else "")
    certificate.decided_by = by
    certificate.decided_at = now
    certificate.decision_note = note
    certificate.without_conflict = True
    fields = ("decided_by", "decided_at", "decision_note", "without_conflict")
    to = CertificateState.APPROVED if is_approved else CertificateState.REJECTED
    if is_approved:
        earlier = certificate.company.certificates.filter(state=CertificateState.APPROVED)
        for old in earlier.select_for_update():
            move(old, CertificateState.SUPERSEDED, ways=NEXT, actor=acting(by), now=now)
    why = note[:LONGEST_WHY]
    move(certificate, to, ways=NEXT, actor=acting(by), now=now, why=why, fields=fields)
