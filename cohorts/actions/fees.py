"""The person's answer to what a round costs, and the officer's word on a certificate."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.steps import CLOCK, acting
from cohorts.emails import fees as emails
from cohorts.emails import rounds as round_emails
from cohorts.models import FeeDecision, Participation
from cohorts.queries.fees import (
    current_decision,
    is_late,
    offered_past,
    offers_to_remind,
    programme_of,
    stage_of,
)
from cohorts.rules import FeeKind, ParticipationState
from cohorts.rules.enrolments import STUDIES
from cohorts.rules.fees import WAITS_FOR_US, ConfirmRefusal, confirm_refusal
from cohorts.rules.payments import FeeState
from cohorts.steps import move_participation
from cohorts.steps.fees import (
    bind,
    decide_after_certificate,
    decide_fee,
    grant_place,
    locked_participation,
)
from cohorts.steps.payments import withdraw_question
from deminimis.models import Certificate
from deminimis.queries import group_of, latest_certificate
from deminimis.rules import CertificateState
from deminimis.steps import decide_certificate, lock_ledger
from outbox.steps import queue

REMINDER_BEFORE_DEADLINE = timedelta(days=3)


@transaction.atomic(durable=True)
def confirm_place(
    *, participation_id: int, by: User, seen_decision_id: int, now: datetime
) -> ConfirmRefusal | None:
    """Bind a person to a round on the terms that were shown; return why not, or None.

    A fee is accepted by whoever is to pay it (``actions.payments``). The ledger is locked first
    and the rule asked again under it, so two colleagues never pass the ceiling together, and the
    aid is granted in the same transaction. If the answer is another now, the new decision is kept
    and nothing is bound. May run twice: the second does nothing.
    """
    lock_ledger()
    participation = locked_participation(participation_id)
    state = ParticipationState(participation.state)
    if state in STUDIES:
        return None
    late = is_late(participation, now=now)
    open_to_answer = state is ParticipationState.OFFERED and not late
    decision = decide_fee(participation, now=now) if open_to_answer else None
    refusal = confirm_refusal(
        FeeKind(decision.kind) if decision else FeeKind.NOT_NEEDED,
        state,
        is_the_one_seen=decision is not None and decision.pk == seen_decision_id,
        is_late=late,
    )
    if refusal is not None or decision is None:
        return refusal
    bind(participation, actor=acting(by), now=now)
    if decision.kind == FeeKind.FREE_AS_AID:
        grant_place(participation, now=now)
    queue(round_emails.place_confirmed(participation, decision), now=now)
    return None


@transaction.atomic(durable=True)
def sit_out(*, participation_id: int, by: User, now: datetime) -> None:
    """Let a person stand over one course and stay in the cohort. May run twice.

    :raises MoveRefused: if the person is bound already.
    """
    participation = locked_participation(participation_id)
    if participation.state == ParticipationState.SAT_OUT:
        return
    actor = acting(by)
    move_participation(participation, ParticipationState.SAT_OUT, actor=actor, now=now)
    withdraw_question(participation, actor=actor, now=now, why="sits out")


@transaction.atomic(durable=True)
def decide_on_certificate(  # noqa: PLR0913 -- a decision that holds names all that it rests on
    *,
    certificate_id: int,
    is_approved: bool,
    note: str,
    without_conflict: bool,
    by: User,
    now: datetime,
) -> int:
    """Approve or reject a certificate, and decide anew for those who wait on its companies.

    Returns how many fee decisions were looked at again. Whoever waited for it hears, also where
    the answer is the same. The ledger is locked first: a certificate changes what the rule says.

    :raises ConflictOfInterest: if ``by`` has not said to be without a conflict of interest.
    :raises MoveRefused: if the certificate does not wait for a decision.
    :raises RegulationUnsettled: if it is to be approved while a line names no regulation.
    """
    lock_ledger()
    certificate = (
        Certificate.objects.select_for_update(of=("self",))
        .select_related("company")
        .get(id=certificate_id)
    )
    decide_certificate(
        certificate,
        is_approved=is_approved,
        note=note,
        without_conflict=without_conflict,
        by=by,
        now=now,
    )
    programme = programme_of(certificate.company)
    if programme is not None and certificate.asked_email:
        letter = round_emails.certificate_decided(
            certificate, programme=programme, is_approved=is_approved
        )
        queue(letter, now=now)
    return decide_after_certificate([c.pk for c in group_of(certificate.company)], now=now)


@transaction.atomic(durable=True)
def lapse_offers(*, now: datetime) -> int:
    """End the offers of a course that nobody answered in time; the people stay in the cohort.

    Whoever waits for an officer's word is not too late, however long it takes.
    """
    past = offered_past(now).select_for_update(of=("self",))
    over = [participation for participation in past if is_late(participation, now=now)]
    for participation in over:
        move_participation(participation, ParticipationState.LAPSED, actor=CLOCK, now=now)
        withdraw_question(participation, actor=CLOCK, now=now, why="the time to answer is over")
        queue(emails.offer_lapsed(participation), now=now)
    return len(over)


@transaction.atomic(durable=True)
def remind_of_offers(*, now: datetime) -> int:
    """Remind once, three days before the last day; return how many people were thought of.

    The person hears, and whoever they wait for: the company that was asked to pay, or that has not
    handed in its certificate. The same run twice is one letter each.
    """
    near = list(offers_to_remind(now, within=REMINDER_BEFORE_DEADLINE))
    for participation in near:
        decision = current_decision(participation)
        if decision is None or stage_of(participation, decision) in WAITS_FOR_US:
            continue
        queue(emails.offer_reminder(participation), now=now)
        _remind_company(participation, decision, now=now)
    return len(near)


def _remind_company(participation: Participation, decision: FeeDecision, *, now: datetime) -> None:
    last_day = timezone.localdate(participation.answer_by)
    for fee in participation.fees.filter(state=FeeState.ASKED).select_related("company"):
        fee.participation = participation
        queue(emails.fee_reminder(fee, last_day=last_day), now=now)
    if decision.kind != FeeKind.CERTIFICATE_REQUESTED:
        return
    certificate = latest_certificate(participation.enrolment.interest.company)
    if certificate is None or certificate.state != CertificateState.DRAFT:
        return
    if certificate.asked_email:
        letter = round_emails.certificate_reminder(
            certificate, round_=participation.round, last_day=last_day
        )
        queue(letter, now=now)
