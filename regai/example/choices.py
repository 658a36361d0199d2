"""What people choose about a course with a price, each through the action behind the page."""

from datetime import datetime

from accounts.steps import LINK
from cohorts.actions import fees, payments
from cohorts.models import Fee, FeeDecision, Participation
from cohorts.queries.fees import current_decision
from cohorts.rules.payments import FeeState
from cohorts.steps.payments import Invoice
from regai.example.cast import Choice
from regai.example.signups import Person

BOSS = "Birgitta Exempelsson"
BOSS_EMAIL = "ekonomi@example.org"


def ask_company(participation: Participation, person: Person, *, now: datetime) -> None:
    """Let somebody ask whoever decides for their company to pay."""
    decision = current_decision(participation)
    assert decision is not None, person  # noqa: S101 -- the caller has seen one
    payments.ask_company(
        participation_id=participation.pk,
        by=participation.enrolment.user,
        seen_decision_id=decision.pk,
        name=BOSS,
        email=BOSS_EMAIL,
        now=now,
    )


def say_yes_for_company(person: Person, now: datetime) -> None:
    """Let the one who was asked say yes, by the link of the letter."""
    asked = Fee.objects.filter(
        state=FeeState.ASKED, participation__enrolment__interest__email=person.email
    )
    for fee in asked.order_by("id"):
        payments.accept_fee(
            fee_id=fee.pk,
            actor=LINK,
            signer=BOSS,
            invoice=Invoice(to=_address(person.company), reference="Kurser 2026"),
            now=now,
        )


def answer_alone(
    participation: Participation, decision: FeeDecision, person: Person, *, now: datetime
) -> None:
    """Let somebody answer without asking anybody: sit out, pay with own money, or say yes."""
    user = participation.enrolment.user
    if person.choice is Choice.SITS_OUT:
        fees.sit_out(participation_id=participation.pk, by=user, now=now)
    elif person.choice is Choice.PAYS_ALONE:
        payments.pay_privately(
            participation_id=participation.pk,
            by=user,
            seen_decision_id=decision.pk,
            invoice=Invoice(to=_address(person.name)),
            now=now,
        )
    else:
        fees.confirm_place(
            participation_id=participation.pk, by=user, seen_decision_id=decision.pk, now=now
        )


def _address(name: str) -> str:
    return f"{name}\nExempelvägen 7\n900 00 Exempelstad"
