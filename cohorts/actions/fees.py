"""The person's answer to what a round costs, and the officer's word on a certificate."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.steps import CLOCK, acting
from cohorts.emails import rounds as emails
from cohorts.models import Participation
from cohorts.queries.fees import (
    any_cohort_of,
    current_decision,
    offered_past,
    waiting_for_companies,
)
from cohorts.rules import FeeKind, ParticipationState
from cohorts.rules.enrolments import MAY_BE_PAID, STUDIES
from cohorts.rules.fees import ConfirmRefusal, confirm_refusal
from cohorts.steps import move_participation
from cohorts.steps.fees import bind, decide_fee, grant_place
from deminimis.models import Certificate
from deminimis.queries import group_of
from deminimis.steps import decide_certificate, lock_ledger
from outbox.steps import queue


@transaction.atomic(durable=True)
def confirm_place(  # noqa: PLR0913 -- what the person said yes to
    *,
    participation_id: int,
    by: User,
    seen_decision_id: int,
    payer: str = "",
    invoice_to: str = "",
    now: datetime,
) -> ConfirmRefusal | None:
    """Bind a person to a round on the terms that were shown; return why not, or None.

    The ledger is locked first and the rule asked again under it, so two colleagues never pass the
    ceiling together, and the aid is granted in the same transaction. If the answer is another now,
    the new decision is kept and nothing is bound. May run twice: the second does nothing.
    """
    lock_ledger()
    participation = _locked(participation_id)
    state = ParticipationState(participation.state)
    if state in STUDIES:
        return None
    if state is not ParticipationState.OFFERED:
        return ConfirmRefusal.ANSWERED_ALREADY
    decision = decide_fee(participation, now=now)
    kind = FeeKind(decision.kind)
    refusal = confirm_refusal(
        kind,
        state,
        is_the_one_seen=decision.pk == seen_decision_id,
        has_payer=bool(payer),
    )
    if refusal is not None:
        return refusal
    participation.confirmed_on = timezone.localdate(now)
    participation.payer = payer if kind is FeeKind.FEE else ""
    participation.invoice_to = invoice_to if kind is FeeKind.FEE else ""
    bind(participation, actor=acting(by), now=now)
    if kind is FeeKind.FREE_AS_AID:
        grant_place(participation, now=now)
    queue(emails.place_confirmed(participation, decision), now=now)
    return None


@transaction.atomic(durable=True)
def pay_instead(
    *, participation_id: int, by: User, payer: str, invoice_to: str, now: datetime
) -> ConfirmRefusal | None:
    """Bind a person who would rather pay than wait for a certificate; return why not, or None.

    No aid is asked for, so nothing of the company's room is used. May run twice.
    """
    lock_ledger()
    participation = _locked(participation_id)
    if participation.state in STUDIES:
        return None
    if participation.state != ParticipationState.OFFERED:
        return ConfirmRefusal.ANSWERED_ALREADY
    if not payer:
        return ConfirmRefusal.PAYER_MISSING
    current = current_decision(participation)
    if current is None or current.kind not in MAY_BE_PAID:
        return ConfirmRefusal.NOT_DECIDED
    decision = decide_fee(participation, now=now, pays_in_full=True)
    participation.confirmed_on = timezone.localdate(now)
    participation.payer, participation.invoice_to = payer, invoice_to
    bind(participation, actor=acting(by), now=now)
    queue(emails.place_confirmed(participation, decision), now=now)
    return None


@transaction.atomic(durable=True)
def sit_out(*, participation_id: int, by: User, now: datetime) -> None:
    """Let a person stand over one course and stay in the cohort. May run twice.

    :raises MoveRefused: if the person is bound already.
    """
    participation = _locked(participation_id)
    if participation.state != ParticipationState.SAT_OUT:
        move_participation(participation, ParticipationState.SAT_OUT, actor=acting(by), now=now)


@transaction.atomic(durable=True)
def decide_on_certificate(
    *, certificate_id: int, is_approved: bool, note: str, by: User, now: datetime
) -> int:
    """Approve or reject a certificate, and decide anew for those who wait on its companies.

    Returns how many fee decisions were looked at again. The ledger is locked first: a certificate
    changes what the aid rule says.

    :raises MoveRefused: if the certificate does not wait for a decision.
    :raises RegulationUnsettled: if it is to be approved while a line names no regulation.
    """
    lock_ledger()
    certificate = (
        Certificate.objects.select_for_update(of=("self",))
        .select_related("company")
        .get(id=certificate_id)
    )
    decide_certificate(certificate, is_approved=is_approved, note=note, by=by, now=now)
    cohort = any_cohort_of(certificate.company_id)
    if cohort is not None and certificate.asked_email:
        letter = emails.certificate_decided(certificate, cohort=cohort, is_approved=is_approved)
        queue(letter, now=now)
    waiting = list(waiting_for_companies([c.pk for c in group_of(certificate.company)]))
    for participation in waiting:
        decide_fee(participation, now=now)
    return len(waiting)


@transaction.atomic(durable=True)
def lapse_offers(*, now: datetime) -> int:
    """End the offers of a course that nobody answered in time; the people stay in the cohort."""
    over = list(offered_past(now).select_for_update(of=("self",)))
    for participation in over:
        move_participation(participation, ParticipationState.LAPSED, actor=CLOCK, now=now)
    return len(over)


def _locked(participation_id: int) -> Participation:
    return (
        Participation.objects.select_for_update(of=("self",))
        .select_related(
            "round__course",
            "round__cohort__programme",
            "enrolment__interest__company",
            "enrolment__cohort__programme",
        )
        .get(id=participation_id)
    )
