"""What a company is, set by an officer with a reason: those who wait are decided anew."""

import pytest
from django.test import Client
from django.utils import timezone

from accounts.rules import Role
from cohorts.actions.aid import set_kind
from cohorts.models import FeeDecision
from companies.models import Company
from companies.rules import Kind, KindRefusal
from tests.aftermath import everything, history, whys
from tests.cohorts.aid_world import confirm, make_round, offer
from tests.deminimis.pages import text_of, words_in
from tests.factories import make_company, make_control, make_user

pytestmark = pytest.mark.django_db

WHY = "Det är en kommun."


def set_to(company: Company, kind: Kind) -> KindRefusal | None:
    return set_kind(company_id=company.pk, kind=kind, why=WHY, by=make_user(), now=timezone.now())


def kind_for(company: Company) -> str:
    return FeeDecision.objects.get(is_current=True, company=company).kind


def test_those_who_wait_are_decided_anew_and_also_when_it_is_set_back() -> None:
    company = make_company()
    daughter = make_company()
    make_control(company, daughter)
    round_ = make_round()
    offer(company, to=round_)
    offer(daughter, to=round_)
    assert kind_for(company) == "certificate_requested"
    assert set_to(company, Kind.PUBLIC_BODY) is None
    assert (kind_for(company), kind_for(daughter)) == ("waived", "certificate_requested")
    assert set_to(company, Kind.ASSOCIATION) is None
    assert kind_for(company) == "certificate_requested"
    assert history(company) == [
        ("enterprise", "public_body", "user"),
        ("public_body", "association", "user"),
    ]
    assert whys(company) == [WHY, WHY]


def test_a_place_that_has_been_answered_is_not_touched() -> None:
    company = make_company(kind=Kind.PUBLIC_BODY)
    confirm(offer(company))
    assert set_to(company, Kind.ENTERPRISE) is None
    assert (kind_for(company), FeeDecision.objects.count()) == ("waived", 1)


@pytest.mark.parametrize(
    ("was", "to", "refusal"),
    [
        (Kind.ASSOCIATION, Kind.ASSOCIATION, KindRefusal.SAME),
        (Kind.SOLE_TRADER, Kind.PUBLIC_BODY, KindRefusal.FOLLOWS_THE_NUMBER),
        (Kind.ENTERPRISE, Kind.SOLE_TRADER, KindRefusal.FOLLOWS_THE_NUMBER),
    ],
)
def test_a_sole_trader_follows_its_number_and_no_kind_is_set_twice(
    was: Kind, to: Kind, refusal: KindRefusal
) -> None:
    company, by = make_company(kind=was), make_user()
    before = everything()
    answer = set_kind(company_id=company.pk, kind=to, why=WHY, by=by, now=timezone.now())
    assert (answer, everything()) == (refusal, before)


def test_an_officer_sets_it_on_a_page_that_shows_what_it_was_and_why(client: Client) -> None:
    company = make_company(name="Exempelby kommun")
    client.force_login(make_user(role=Role.AID_OFFICER, name="Olga Officer"))
    path = f"/stod/foretag/{company.pk}/slag/"
    assert "Slag av organisation: företag." in text_of(client, f"/stod/foretag/{company.pk}/")
    before = everything()
    page = words_in(client.post(path, {"kind": "sole_trader", "why": ""}).content.decode())
    assert "Skriv varför." in page
    assert everything() == before
    told = {"kind": "public_body", "why": WHY}
    page = words_in(client.post(path, told, follow=True).content.decode())
    assert "Slag av organisation: offentlig organisation." in page
    assert f"företag blev offentlig organisation av Olga Officer. {WHY}" in text_of(client, path)
    page = words_in(client.post(path, told).content.decode())
    assert "Det står redan så. Ingenting ändrades." in page


def test_a_sole_traders_page_says_why_and_offers_no_form(client: Client) -> None:
    company = make_company(kind=Kind.SOLE_TRADER)
    client.force_login(make_user(role=Role.AID_OFFICER))
    response = client.get(f"/stod/foretag/{company.pk}/slag/")
    page = words_in(response.content.decode())
    assert "En enskild firma följer av numret och ändras inte här." in page
    assert 'name="why"' not in response.content.decode()


def test_only_an_officer_sets_it(client: Client) -> None:
    company = make_company()
    client.force_login(make_user(role=Role.COORDINATOR))
    path = f"/stod/foretag/{company.pk}/slag/"
    assert client.post(path, {"kind": "public_body", "why": WHY}).status_code == 403
    assert history(company) == []
