"""A course that costs 11 000 kronor, offered to people in companies of different kinds."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction

from accounts.steps import CLOCK, LINK, Actor
from cohorts.actions import payments
from cohorts.actions.access import ToldOrder, save_order
from cohorts.models import CourseRound, Fee, FeeDecision, Participation
from cohorts.rules import CohortState, RoundState
from cohorts.rules.access import OrderKind, OrderRefusal
from cohorts.rules.fees import ConfirmRefusal
from cohorts.rules.payments import FeeRefusal
from cohorts.steps.fees import offer_round
from cohorts.steps.payments import Invoice
from companies.models import Company
from tests.factories import (
    NOW,
    TODAY,
    make_certificate,
    make_cohort,
    make_company,
    make_course,
    make_enrolment,
    make_interest,
    make_rate,
    make_user,
)

DAY = timedelta(days=1)
PRICE_SEK = Decimal(11000)
BOSS = "chef@example.org"
ADDRESS = "Sågen AB\nStorgatan 1\n930 70 Malå"


def make_round(price_sek: Decimal = PRICE_SEK, **fields: Any) -> CourseRound:
    """Return a round whose fees are being decided."""
    make_rate()
    cohort = make_cohort(
        course=make_course(price_sek=price_sek),
        seats=60,
        state=CohortState.RUNNING,
        round_state=RoundState.FEE_CHECK,
    )
    CourseRound.objects.filter(cohort=cohort).update(**fields) if fields else None
    return cohort.rounds.get()


def offered(
    round_: CourseRound, company: Company | None = None, *, now: datetime = NOW
) -> Participation:
    """Return the offer of the round to one more person of a company."""
    interest = make_interest(company=company or make_company())
    enrolment = make_enrolment(cohort=round_.cohort, interest=interest)
    with transaction.atomic():
        return offer_round(round_, enrolment, actor=CLOCK, now=now)


def certified(**fields: Any) -> Company:
    """Return a company with an approved certificate."""
    return make_certificate(**fields).company


def farm() -> Company:
    """Return a company that may have no aid, so that its people have a fee."""
    return certified(sector="primary_agriculture")


def current(participation: Participation) -> FeeDecision:
    """Return the decision that holds."""
    return participation.fee_decisions.get(is_current=True)


def ask(participation: Participation, **fields: Any) -> ConfirmRefusal | None:
    """Let the person ask the boss."""
    told = {
        "seen_decision_id": current(participation).pk,
        "name": "Karin Chef",
        "email": BOSS,
        "now": NOW,
        **fields,
    }
    by = participation.enrolment.user
    return payments.ask_company(participation_id=participation.pk, by=by, **told)


def asked(participation: Participation) -> Fee:
    """Return the question to the company."""
    assert ask(participation) is None
    return participation.fees.get(state="asked")


def accept(fee: Fee, *, actor: Actor = LINK, now: datetime = NOW) -> FeeRefusal | None:
    """Let the boss say yes."""
    invoice = Invoice(to=ADDRESS, reference="K-17")
    return payments.accept_fee(
        fee_id=fee.pk, actor=actor, signer="Karin Chef", invoice=invoice, now=now
    )


def pay_alone(participation: Participation, **fields: Any) -> ConfirmRefusal | None:
    """Let the person pay as a private person."""
    told = {
        "seen_decision_id": current(participation).pk,
        "invoice": Invoice(to="Anna Ek\nStorgatan 2"),
        "now": NOW,
        **fields,
    }
    by = participation.enrolment.user
    return payments.pay_privately(participation_id=participation.pk, by=by, **told)


def order(
    round_: CourseRound,
    places: int = 10,
    kind: OrderKind = OrderKind.VOUCHER,
) -> OrderRefusal | None:
    """Order places with the provider."""
    told = ToldOrder(
        kind=kind, places=places, reference="EX-1", ordered_on=TODAY, free_until=TODAY + 20 * DAY
    )
    return save_order(round_id=round_.pk, told=told, by=make_user(), now=NOW)
