"""Who pays for a place: a company is asked and says yes or no, or a person pays for themselves.

An employee's click never binds the company. The ledger is locked before anybody is bound, as for a
free place: who pays is given nothing, and the rule is asked so under the lock (docs/locking.md).
"""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.steps import Actor, acting
from cohorts.emails import fees as emails
from cohorts.emails import rounds as round_emails
from cohorts.models import Fee, FeeDecision, Participation
from cohorts.queries.fees import current_decision, is_late
from cohorts.queries.payments import asked_until
from cohorts.rules import FeeKind, ParticipationState
from cohorts.rules.enrolments import MAY_BE_PAID, PARTICIPATION_NEXT, STUDIES
from cohorts.rules.fees import PAYABLE, ConfirmRefusal, pay_refusal
from cohorts.rules.payments import FEE_BINDS, FeeRefusal, FeeState, Payer, withdrawal_refusal
from cohorts.steps import move_fee, move_participation
from cohorts.steps.access import return_access
from cohorts.steps.fees import bind, decide_fee, locked_participation
from cohorts.steps.payments import Invoice, ask_for_fee, owe_privately, withdraw_question
from deminimis.steps import lock_ledger
from outbox.steps import queue


@transaction.atomic(durable=True)
def ask_company(  # noqa: PLR0913 -- whom to ask, and about what
    *,
    participation_id: int,
    by: User,
    seen_decision_id: int,
    name: str,
    email: str,
    now: datetime,
) -> ConfirmRefusal | None:
    """Ask whoever may decide for the company to pay; return why not, or None. Nobody is bound.

    Somebody else can be asked instead: the earlier letter's link is void then. The same person
    twice is one question.
    """
    participation = locked_participation(participation_id)
    decision = current_decision(participation)
    refusal = _pay_refusal(participation, decision, seen=seen_decision_id, now=now)
    if refusal is not None or decision is None:
        return refusal
    asked = participation.fees.select_for_update().filter(state=FeeState.ASKED).first()
    if asked is None:
        language = participation.enrolment.interest.language
        asked = ask_for_fee(
            participation,
            decision,
            name=name,
            email=email,
            language=language,
            actor=acting(by),
            now=now,
        )
    elif asked.asked_email != email:
        asked.asked_name, asked.asked_email = name, email
        asked.link_generation += 1
        asked.save(update_fields=["asked_name", "asked_email", "link_generation"])
    queue(emails.fee_asked(_whole(asked), last_day=_last_day(participation, now)), now=now)
    return None


@transaction.atomic(durable=True)
def accept_fee(
    *, fee_id: int, actor: Actor, signer: str, invoice: Invoice, now: datetime
) -> FeeRefusal | None:
    """Bind the company to a fee, and the person to the place; return why not, or None.

    ``signer`` has said that they may decide for the company. Where the answer to what it costs is
    another now, the new decision is kept and nobody is bound. May run twice.
    """
    lock_ledger()
    fee, participation = _locked(fee_id)
    if fee.state in FEE_BINDS:
        return None
    if fee.state != FeeState.ASKED or participation.state != ParticipationState.OFFERED:
        return FeeRefusal.OVER
    if is_late(participation, now=now):
        return FeeRefusal.TOO_LATE
    decision = decide_fee(participation, now=now)
    if decision.kind not in PAYABLE or decision.value_sek != fee.amount_sek:
        return FeeRefusal.COST_CHANGED
    if decision.kind in MAY_BE_PAID:
        decision = decide_fee(participation, now=now, pays_in_full=True)
    fee.decision, fee.signer, fee.accepted_on = decision, signer, timezone.localdate(now)
    fee.invoice_to, fee.reference = invoice.to, invoice.reference
    fields = ("decision", "signer", "accepted_on", "invoice_to", "reference")
    move_fee(fee, FeeState.ACCEPTED, actor=actor, now=now, fields=fields)
    bind(participation, actor=actor, now=now)
    fee.participation = participation
    queue(emails.fee_accepted(fee, email=fee.asked_email), now=now)
    queue(round_emails.place_confirmed(participation, decision, fee=fee), now=now)
    return None


@transaction.atomic(durable=True)
def decline_fee(*, fee_id: int, actor: Actor, now: datetime) -> FeeRefusal | None:
    """Say that the company does not pay; return why not, or None. The person may still choose."""
    fee, participation = _locked(fee_id)
    if fee.state == FeeState.CANCELLED:
        return None
    if fee.state != FeeState.ASKED:
        return FeeRefusal.OVER
    move_fee(fee, FeeState.CANCELLED, actor=actor, now=now, why="the company does not pay")
    fee.participation = participation
    queue(emails.fee_declined(fee), now=now)
    return None


@transaction.atomic(durable=True)
def pay_privately(
    *, participation_id: int, by: User, seen_decision_id: int, invoice: Invoice, now: datetime
) -> ConfirmRefusal | None:
    """Bind a person who pays for their own place as a private person; return why not, or None.

    No aid is asked for, so nothing of the company's room is used. May run twice.
    """
    lock_ledger()
    participation = locked_participation(participation_id)
    if participation.state in STUDIES:
        return None
    decision = current_decision(participation)
    refusal = _pay_refusal(participation, decision, seen=seen_decision_id, now=now)
    if refusal is not None or decision is None:
        return refusal
    decision = decide_fee(participation, now=now)
    if decision.pk != seen_decision_id:
        return ConfirmRefusal.COST_CHANGED
    if decision.kind in MAY_BE_PAID:
        decision = decide_fee(participation, now=now, pays_in_full=True)
    actor = acting(by)
    withdraw_question(participation, actor=actor, now=now, why="the person pays")
    fee = owe_privately(participation, decision, invoice=invoice, actor=actor, now=now)
    bind(participation, actor=actor, now=now)
    queue(round_emails.place_confirmed(participation, decision, fee=fee), now=now)
    return None


@transaction.atomic(durable=True)
def withdraw_purchase(*, participation_id: int, by: User, now: datetime) -> FeeRefusal | None:
    """Take a private purchase back within fourteen days; return why not, or None. May run twice.

    The person stays in the cohort. What has been invoiced is credited.
    """
    participation = locked_participation(participation_id)
    fee = participation.fees.select_for_update().order_by("-id").first()
    if fee is None:
        return FeeRefusal.NO_RIGHT_TO_WITHDRAW
    if fee.payer == Payer.SELF and fee.state in {FeeState.CANCELLED, FeeState.CREDITED}:
        return None
    state = ParticipationState(participation.state)
    if ParticipationState.DROPPED not in PARTICIPATION_NEXT[state]:
        return FeeRefusal.OVER
    refusal = withdrawal_refusal(
        Payer(fee.payer),
        FeeState(fee.state),
        accepted_on=fee.accepted_on,
        today=timezone.localdate(now),
    )
    if refusal is not None:
        return refusal
    actor, why = acting(by), "withdrew the purchase"
    to = FeeState.CANCELLED if fee.state == FeeState.ACCEPTED else FeeState.CREDITED
    fee.credited_on = timezone.localdate(now) if to is FeeState.CREDITED else None
    move_fee(fee, to, actor=actor, now=now, why=why, fields=("credited_on",))
    move_participation(participation, ParticipationState.DROPPED, actor=actor, now=now, why=why)
    return_access(participation, actor=actor, now=now)
    fee.participation = participation
    queue(emails.purchase_withdrawn(fee), now=now)
    return None


def _pay_refusal(
    participation: Participation, decision: FeeDecision | None, *, seen: int, now: datetime
) -> ConfirmRefusal | None:
    if decision is None:
        return ConfirmRefusal.NOT_DECIDED
    return pay_refusal(
        FeeKind(decision.kind),
        ParticipationState(participation.state),
        is_the_one_seen=decision.pk == seen,
        is_late=is_late(participation, now=now),
    )


def _locked(fee_id: int) -> tuple[Fee, Participation]:
    """Return a fee and its participation, the participation locked first (docs/locking.md)."""
    participation_id = Fee.objects.values_list("participation_id", flat=True).get(id=fee_id)
    participation = locked_participation(participation_id)
    fee = Fee.objects.select_for_update(of=("self",)).select_related("company").get(id=fee_id)
    return fee, participation


def _whole(fee: Fee) -> Fee:
    """Return the fee with what a letter about it names."""
    return Fee.objects.select_related(
        "company",
        "participation__round__course",
        "participation__enrolment__interest",
        "participation__enrolment__cohort__programme",
    ).get(pk=fee.pk)


def _last_day(participation: Participation, now: datetime) -> date:
    if participation.answer_by is None:
        return asked_until(timezone.localdate(now))
    return timezone.localdate(participation.answer_by)
