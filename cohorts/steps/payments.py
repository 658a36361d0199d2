"""A fee as it is written and taken back, in somebody else's transaction."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils import timezone

from accounts.steps import Actor, record
from cohorts.models import Fee, FeeDecision, Participation
from cohorts.rules.payments import FeeState, Payer, vat_of
from cohorts.steps.moves import move_fee
from ground.steps import step


@dataclass(frozen=True, slots=True, kw_only=True)
class Invoice:
    """Where an invoice goes, and the payer's own reference."""

    to: str
    reference: str = ""


@step
def ask_for_fee(  # noqa: PLR0913 -- whom a fee is asked of, and for what
    participation: Participation,
    decision: FeeDecision,
    *,
    name: str,
    email: str,
    language: str,
    actor: Actor,
    now: datetime,
) -> Fee:
    """Write that a company is asked to pay for a place; its amount and terms are frozen here."""
    fee = _fee(participation, decision, payer=Payer.COMPANY, state=FeeState.ASKED, now=now)
    fee.company = participation.enrolment.interest.company
    fee.asked_name, fee.asked_email, fee.asked_language = name, email, language
    fee.save()
    record(fee, was="", became=FeeState.ASKED, actor=actor, now=now)
    return fee


@step
def owe_privately(
    participation: Participation,
    decision: FeeDecision,
    *,
    invoice: Invoice,
    actor: Actor,
    now: datetime,
) -> Fee:
    """Write that a person pays for their own place; it is accepted by that."""
    fee = _fee(participation, decision, payer=Payer.SELF, state=FeeState.ACCEPTED, now=now)
    fee.signer = participation.enrolment.interest.name
    fee.accepted_on = timezone.localdate(now)
    fee.invoice_to, fee.reference = invoice.to, invoice.reference
    fee.save()
    record(fee, was="", became=FeeState.ACCEPTED, actor=actor, now=now)
    return fee


@step
def withdraw_question(
    participation: Participation, *, actor: Actor, now: datetime, why: str
) -> None:
    """Take back the question to the company, if one waits for an answer; nobody was bound."""
    for fee in participation.fees.select_for_update().filter(state=FeeState.ASKED):
        move_fee(fee, FeeState.CANCELLED, actor=actor, now=now, why=why)


def _fee(
    participation: Participation,
    decision: FeeDecision,
    *,
    payer: Payer,
    state: FeeState,
    now: datetime,
) -> Fee:
    return Fee(
        participation=participation,
        decision=decision,
        state=state,
        payer=payer,
        amount_sek=decision.value_sek,
        vat_percent=settings.VAT_PERCENT,
        vat_sek=vat_of(decision.value_sek, settings.VAT_PERCENT),
        payment_days=settings.PAYMENT_DAYS,
        asked_at=now,
    )
