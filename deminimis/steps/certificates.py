"""Certificates asked for, objected to, answered and decided, in somebody's transaction."""

from datetime import datetime

from django.utils import timezone

from accounts.models import User
from accounts.rules import MoveRefused
from accounts.steps import CLOCK, LINK, Actor, acting, move, record
from companies.steps import nace_told
from deminimis.models import Certificate
from deminimis.queries.certificates import UNDER_WAY, may_answer_still, unsettled_lines
from deminimis.rules import ANSWER_WITHIN, NEXT, CertificateState
from deminimis.steps.ledger import LONGEST_WHY
from ground.steps import step


class NotADraft(Exception):
    """The certificate has been handed in or withdrawn, so its answers stand."""

    def __init__(self, state: CertificateState) -> None:
        super().__init__(state)
        self.state = state


class NotHeard(Exception):
    """The company has not seen what speaks against it, or may still answer."""


class ConflictOfInterest(Exception):
    """Whoever decides has not said to be free of any conflict of interest."""


class RegulationUnsettled(Exception):
    """A line of the certificate names no regulation, so nobody can tell whether it counts."""


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
def decide_certificate(  # noqa: PLR0913 -- a decision that holds names all that it rests on
    certificate: Certificate,
    *,
    is_approved: bool,
    note: str,
    without_conflict: bool,
    by: User,
    now: datetime,
) -> None:
    """Approve or reject a locked certificate; an approved one supersedes the company's earlier.

    The trade that it tells becomes the company's, for the register. ``without_conflict`` is the
    word of ``by`` not to be partial, and is kept with the decision.

    :raises ConflictOfInterest: if that word is not given.
    :raises MoveRefused: if it does not wait for a decision.
    :raises RegulationUnsettled: if it is to be approved while a line says "do not know".
    :raises NotHeard: if it is to be rejected before the company has seen why and had time to
        answer.
    """
    if not without_conflict:
        raise ConflictOfInterest
    if is_approved and unsettled_lines(certificate).exists():
        raise RegulationUnsettled
    waits = certificate.state == CertificateState.SUBMITTED
    if waits and not is_approved and may_answer_still(certificate, on=timezone.localdate(now)):
        raise NotHeard
    nace_told(certificate.company, certificate.nace if is_approved else "")
    certificate.decided_by = by
    certificate.decided_at = now
    certificate.decision_note = note
    certificate.without_conflict = without_conflict
    fields = ("decided_by", "decided_at", "decision_note", "without_conflict")
    to = CertificateState.APPROVED if is_approved else CertificateState.REJECTED
    if is_approved:
        earlier = certificate.company.certificates.filter(state=CertificateState.APPROVED)
        for old in earlier.select_for_update():
            move(old, CertificateState.SUPERSEDED, ways=NEXT, actor=acting(by), now=now)
    why = note[:LONGEST_WHY]
    move(certificate, to, ways=NEXT, actor=acting(by), now=now, why=why, fields=fields)
