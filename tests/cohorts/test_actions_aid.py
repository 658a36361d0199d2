"""Joining and parting companies: one ceiling for those who hang together, decided anew at once."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from cohorts.actions import aid as actions
from cohorts.models import FeeDecision
from companies.models import Company, Control
from companies.numbers import read
from companies.rules import Basis, JoinRefusal
from tests.aftermath import everything, history
from tests.cohorts.aid_world import approved, make_round, offer, today
from tests.factories import legal_number, make_company, make_control, make_declared_aid, make_user

pytestmark = pytest.mark.django_db


def told(other: Company, **fields: Any) -> actions.ToldControl:
    return actions.ToldControl(
        **{
            "other_name": other.name,
            "other_number": read(other.number or ""),
            "other_controls": True,
            "basis": Basis.VOTES,
            "percent": Decimal("50.01"),
            "from_on": None,
            **fields,
        }
    )


def join(company: Company, link: actions.ToldControl) -> JoinRefusal | None:
    return actions.join_companies(
        company_id=company.pk, told=link, by=make_user(), now=timezone.now()
    )


def full(company: Company) -> None:
    """Give a company an approved certificate that fills the whole ceiling."""
    certificate = approved(company, none_received=False)
    make_declared_aid(certificate=certificate, granted_on=today(), amount=Decimal(300000))


def kind_for(company: Company) -> str:
    return FeeDecision.objects.get(is_current=True, company=company).kind


@pytest.mark.parametrize(
    ("percent", "kind"), [(Decimal("50.01"), "fee"), (Decimal("50.00"), "free_as_aid")]
)
def test_a_majority_of_the_votes_joins_two_ceilings_and_half_does_not(
    percent: Decimal, kind: str
) -> None:
    owner, owned = make_company(), make_company()
    full(owner)
    approved(owned, signed_on=today() - timedelta(days=1))
    offer(owned)
    assert kind_for(owned) == "free_as_aid"
    assert join(owned, told(owner, percent=percent)) is None
    assert kind_for(owned) == kind


def test_a_company_we_did_not_know_is_written_down_with_the_link() -> None:
    company = make_company()
    number = read(legal_number(777001))
    link = told(company, other_name="Nya Moder AB", other_number=number, from_on=date(2024, 5, 1))
    assert join(company, link) is None
    control = Control.objects.get()
    assert (control.owner.name, control.owned, control.from_on) == (
        "Nya Moder AB",
        company,
        date(2024, 5, 1),
    )
    assert history(control) == [("", "stands", "user")]


def test_the_link_goes_the_way_that_was_told() -> None:
    company, daughter = make_company(), make_company()
    assert join(company, told(daughter, other_controls=False)) is None
    control = Control.objects.get()
    assert (control.owner, control.owned) == (company, daughter)


def test_a_company_does_not_control_itself_and_no_link_stands_twice() -> None:
    company, other = make_company(), make_company()
    make_control(other, company)
    officer = make_user()
    before = everything()
    answers = [
        actions.join_companies(
            company_id=company.pk, told=told(one), by=officer, now=timezone.now()
        )
        for one in (company, other)
    ]
    assert answers == [JoinRefusal.SAME_COMPANY, JoinRefusal.STANDS_ALREADY]
    assert everything() == before


def test_a_link_that_has_ended_parts_ceilings_and_certificates_from_that_day() -> None:
    owner, owned = make_company(), make_company()
    full(owner)
    control = make_control(owner, owned)
    offer(owned, to=make_round())
    assert kind_for(owned) == "fee"
    refused = actions.part_companies(
        control_id=control.pk, until_on=today(), by=make_user(), now=timezone.now()
    )
    assert refused is None
    control.refresh_from_db()
    assert (control.until_on, history(control)) == (today(), [("stands", "ended", "user")])
    assert kind_for(owned) == "certificate_requested"


@pytest.mark.parametrize(
    ("link", "refusal"),
    [
        ({"until_on": date(2026, 1, 1)}, JoinRefusal.ENDED_ALREADY),
        ({"from_on": date(2026, 3, 2)}, JoinRefusal.ENDS_BEFORE_START),
    ],
)
def test_a_link_ends_once_and_not_before_it_began(
    link: dict[str, date], refusal: JoinRefusal
) -> None:
    control = make_control(make_company(), make_company(), **link)
    officer = make_user()
    before = everything()
    answer = actions.part_companies(
        control_id=control.pk, until_on=date(2026, 3, 1), by=officer, now=timezone.now()
    )
    assert (answer, everything()) == (refusal, before)
