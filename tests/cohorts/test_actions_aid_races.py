"""One ceiling for a whole chain of companies, while everybody says yes and links come and go."""

from collections import Counter
from datetime import timedelta
from decimal import Decimal
from functools import partial
from itertools import pairwise
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Sum

from accounts.models import User
from accounts.rules import Role
from accounts.steps import CLOCK
from cohorts.actions import aid, fees
from cohorts.actions.aid import ToldControl
from cohorts.models import Participation
from cohorts.rules import CohortState, RoundState
from cohorts.rules.fees import ConfirmRefusal
from cohorts.steps.fees import offer_round
from companies.models import Company, Control
from companies.numbers import read
from companies.rules import Basis
from deminimis.models import LedgerEntry
from deminimis.queries import group_of
from tests.at_once import at_once, faults
from tests.factories import (
    NOW,
    TODAY,
    make_certificate,
    make_cohort,
    make_company,
    make_control,
    make_course,
    make_declared_aid,
    make_enrolment,
    make_interest,
    make_rate,
    make_user,
)

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]

CEILING_EUR, DECLARED_EUR, PLACE_SEK = Decimal(300_000), Decimal(297_000), Decimal(11_000)
CHAIN, COLLEAGUES, ROOM_FOR, TIMES = 4, 20, 3, 2


def chain() -> list[Company]:
    """Return companies of which each controls the next, with room for three places together."""
    companies = [make_company() for _ in range(CHAIN)]
    for owner, owned in pairwise(companies):
        make_control(owner, owned)
    certificate = make_certificate(company=companies[0], none_received=False)
    make_declared_aid(certificate=certificate, amount=DECLARED_EUR)
    return companies


def offers_to(companies: list[Company]) -> list[Participation]:
    """Return offers of a course worth a thousand euro to colleagues all along the chain."""
    make_rate()
    cohort = make_cohort(
        course=make_course(price_sek=PLACE_SEK),
        seats=COLLEAGUES,
        least=0,
        state=CohortState.RUNNING,
        round_state=RoundState.FEE_CHECK,
    )
    offers = []
    for number in range(COLLEAGUES):
        company = companies[number % CHAIN]
        member = make_enrolment(cohort=cohort, interest=make_interest(company=company))
        with transaction.atomic():
            offers.append(offer_round(cohort.rounds.get(), member, actor=CLOCK, now=NOW))
    return offers


def says_yes(participation: Participation, seen: int) -> Any:
    by = participation.enrolment.user
    return fees.confirm_place(
        participation_id=participation.pk, by=by, seen_decision_id=seen, now=NOW
    )


def joins_and_parts(company: Company, other: Company, by: User) -> None:
    """Tell of a link to a company outside and end it again, several times."""
    told = ToldControl(
        other_name=other.name,
        other_number=read(other.number or ""),
        other_controls=False,
        basis=Basis.CONTRACT,
        percent=None,
        from_on=TODAY - timedelta(days=1),
    )
    for _ in range(TIMES):
        assert aid.join_companies(company_id=company.pk, told=told, by=by, now=NOW) is None
        link = Control.objects.get(owned=other, until_on=None)
        aid.part_companies(control_id=link.pk, until_on=TODAY, by=by, now=NOW)


@pytest.mark.parametrize("_", range(10))
def test_twenty_colleagues_in_a_chain_with_room_for_three_are_granted_exactly_three(
    _: int,
) -> None:
    companies, outside = chain(), make_company()
    offers = offers_to(companies)
    seen = [one.fee_decisions.get(is_current=True).pk for one in offers]
    officer = make_user(role=Role.AID_OFFICER)
    calls = [partial(says_yes, *pair) for pair in zip(offers, seen, strict=True)]
    outcomes = at_once([*calls, partial(joins_and_parts, companies[-1], outside, officer)])
    assert faults(outcomes) == []
    assert Counter(outcomes[:-1]) == {
        None: ROOM_FOR,
        ConfirmRefusal.COST_CHANGED: COLLEAGUES - ROOM_FOR,
    }
    granted = LedgerEntry.objects.filter(company__in=group_of(companies[0]))
    assert granted.count() == ROOM_FOR
    total = granted.aggregate(eur=Sum("amount_eur"))["eur"]
    assert DECLARED_EUR + total <= CEILING_EUR
    assert Control.objects.filter(owned=outside).exclude(until_on=None).count() == TIMES
