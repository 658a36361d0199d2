"""A company whose people are offered a course with a price, and what has been decided."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.steps import CLOCK
from cohorts.actions.fees import confirm_place
from cohorts.models import CourseRound, Participation
from cohorts.rules import CohortState, RoundState
from cohorts.steps.fees import offer_round
from companies.models import Company
from deminimis.models import Certificate
from tests.factories import (
    make_certificate,
    make_cohort,
    make_company,
    make_course,
    make_enrolment,
    make_interest,
    make_rate,
)

PRICE_SEK = Decimal(11000)


def today() -> date:
    """Return the day that the pages go by."""
    return timezone.localdate()


def make_round(price_sek: Decimal = PRICE_SEK, title: str = "AI för alla") -> CourseRound:
    """Return a running round of a course at this price, with today's exchange rate at 11."""
    make_rate(today())
    cohort = make_cohort(
        course=make_course(price_sek=price_sek, title=title),
        state=CohortState.RUNNING,
        round_state=RoundState.RUNNING,
    )
    return cohort.rounds.get()


def offer(company: Company, *, to: CourseRound | None = None, **interest: Any) -> Participation:
    """Return the offer of a round to one more person of ``company``, with its fee decision."""
    round_ = to or make_round()
    enrolment = make_enrolment(
        cohort=round_.cohort, interest=make_interest(company=company, **interest)
    )
    with transaction.atomic():
        return offer_round(round_, enrolment, actor=CLOCK, now=timezone.now())


def approved(company: Company | None = None, **fields: Any) -> Certificate:
    """Return an approved certificate that was signed today."""
    return make_certificate(
        company=company or make_company(), **{"signed_on": today(), "state": "approved", **fields}
    )


def handed_in(company: Company, **fields: Any) -> Certificate:
    """Return a certificate that waits for an officer since yesterday."""
    return approved(
        company,
        **{
            "state": "submitted",
            "submitted_at": timezone.now() - timedelta(days=1),
            "is_group": False,
            "separate_accounts": False,
            **fields,
        },
    )


def confirm(participation: Participation) -> None:
    """Let the person say yes to what the page shows."""
    seen = participation.fee_decisions.get(is_current=True)
    refused = confirm_place(
        participation_id=participation.pk,
        by=participation.enrolment.user,
        seen_decision_id=seen.pk,
        now=timezone.now(),
    )
    assert refused is None
