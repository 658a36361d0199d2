"""The contact's page about their own company, and the reason for a fee in plain words."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from cohorts.models import FeeDecision, Participation
from companies.models import Company, Contact
from deminimis.models import Certificate
from tests.cohorts.aid_world import approved, confirm, handed_in, make_round, offer, today
from tests.deminimis.pages import text_of, words_in
from tests.factories import (
    make_company,
    make_contact,
    make_control,
    make_declared_aid,
    make_entry,
    make_user,
)

pytestmark = pytest.mark.django_db


def contact_of(client: Client, *companies: Company) -> Client:
    user = make_user(name="Karin Kontakt")
    for company in companies:
        make_contact(company, user)
    client.force_login(user)
    return client


def log_in(client: Client, participation: Participation) -> Client:
    client.force_login(participation.enrolment.user)
    return client


def test_who_speaks_for_no_company_is_told_what_the_page_is_for(client: Client) -> None:
    assert client.get("/foretag/").status_code == 302
    make_company()
    assert "Du står inte som kontaktperson" in text_of(contact_of(client), "/foretag/")


def test_a_contact_sees_own_colleagues_certificates_room_and_aid_and_nobody_elses(
    client: Client,
) -> None:
    own, other = make_company(name="Eget AB"), make_company(name="Främmande AB")
    certificate = approved(own, none_received=False)
    make_declared_aid(certificate=certificate, granted_on=today(), amount=Decimal(99000))
    round_ = make_round()
    confirm(offer(own, to=round_, name="Anna Alm"))
    offer(other, to=round_, name="Bo Berg")
    page = text_of(contact_of(client, own), "/foretag/")
    assert "Anna Alm" in page
    assert ("Bo Berg" in page, "Främmande" in page) == (False, False)
    assert "200 000 euro kvar under taket 100 000 euro räknas av" in page
    assert "stöd: kursplats 11 000 kr 1 000 euro" in page
    until = today() + timedelta(days=90)
    assert f"Det gäller för kursplatser som bekräftas till och med {until}" in page


def test_another_company_is_not_found_by_its_id(client: Client) -> None:
    own, other = make_company(), make_company()
    contact_of(client, own)
    for asked in (str(other.pk), "0", "x", "9" * 5000):
        assert client.get("/foretag/", {"foretag": asked}).status_code == 404
    assert client.post("/foretag/", {"company": other.pk}).status_code == 404
    assert Certificate.objects.count() == 0


def test_somebody_who_no_longer_speaks_for_a_company_sees_nothing(client: Client) -> None:
    company = make_company(name="Förra AB")
    contact_of(client, company)
    Contact.objects.update(ended_at=timezone.now())
    assert "Förra AB" not in text_of(client, "/foretag/")


def test_a_contact_of_two_companies_goes_between_them(client: Client) -> None:
    alfa, beta = make_company(name="Alfa AB"), make_company(name="Beta AB")
    contact_of(client, beta, alfa)
    response = client.get("/foretag/")
    assert "Alfa AB" in words_in(response.content.decode())[:40]
    assert f'href="?foretag={beta.pk}"' in response.content.decode()
    assert "Beta AB" in text_of(client, f"/foretag/?foretag={beta.pk}")[:40]


def test_a_contact_begins_a_certificate_and_lands_in_it(client: Client) -> None:
    company = make_company()
    offer(company, to=make_round())
    Certificate.objects.all().delete()
    page = text_of(contact_of(client, company), "/foretag/")
    assert "1 kollega kan inte få besked om sin kursplats" in page
    response = client.post("/foretag/", {"company": company.pk}, follow=True)
    assert "Fyll i intyget" in words_in(response.content.decode())
    client.post("/foretag/", {"company": company.pk})
    certificate = Certificate.objects.get()
    assert (certificate.state, certificate.asked_name) == ("draft", "Karin Kontakt")


@pytest.mark.parametrize(
    ("state", "signed_days_ago", "words"),
    [
        ("draft", None, "Fyll i de minimis-intyget"),
        ("submitted", 1, "Intyget granskas"),
        ("approved", 90, "Intyget är godkänt"),
        ("approved", 91, "Lämna ett nytt de minimis-intyg"),
        ("rejected", 1, "Lämna ett de minimis-intyg"),
        ("withdrawn", 1, "Lämna ett de minimis-intyg"),
    ],
)
def test_the_next_step_follows_the_certificate(
    client: Client, state: str, signed_days_ago: int | None, words: str
) -> None:
    company = make_company()
    signed = None if signed_days_ago is None else today() - timedelta(days=signed_days_ago)
    handed_in(company, state=state, signed_on=signed)
    assert words in text_of(contact_of(client, company), "/foretag/")


def test_the_link_to_a_certificate_opens_it_without_an_account(client: Client) -> None:
    company = make_company()
    approved(company)
    content = contact_of(client, company).get("/foretag/").content.decode()
    path = "/intyg/" + content.split('href="/intyg/')[1].split('"')[0]
    assert "Det här är lämnat" in text_of(Client(), path)


@pytest.mark.parametrize("many", [1, 60])
def test_the_company_page_takes_as_many_queries_for_many_as_for_one(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, many: int
) -> None:
    company, round_ = make_company(), make_round()
    certificate = approved(company, none_received=False)
    for number in range(many):
        offer(company, to=round_, name=f"Kollega {number:02}")
        make_entry(company=company)
        make_declared_aid(certificate=certificate)
        handed_in(company, state="rejected")
    contact_of(client, company)
    client.get("/foretag/")
    with django_assert_num_queries(18):
        page = text_of(client, "/foretag/?kollegor=alla")
    assert page.count("Kollega ") == many
    first = text_of(client, "/foretag/")
    assert (first.count("Kollega "), "Visa alla 60 kollegor" in first) == (min(many, 50), many > 50)


def test_why_is_told_with_each_earlier_aid_and_whether_it_counts(client: Client) -> None:
    company, group = make_company(), make_company(name="Hemliga AB")
    make_control(group, company)
    certificate = approved(company, none_received=False)
    for granter, year in (("Almi", today().year - 1), ("Kommunen", 2019)):
        make_declared_aid(
            certificate=certificate, granter=granter, year=year, amount=Decimal(100000)
        )
    make_entry(company=group, granted_on=today(), amount_eur=Decimal(199999))
    participation = offer(company)
    page = text_of(log_in(client, participation), f"/varfor/{participation.pk}/")
    assert "Varför kostar kursen?" in page
    assert "har inte utrymme nog kvar under EU:s tak" in page
    assert "Stöd som räknas 299 999 euro Utrymme kvar 1 euro Platsen är värd 1 000 euro" in page
    assert f"Almi {today().year - 1} 100 000 euro räknas 100 000 euro" in page
    assert "Kommunen 2019 100 000 euro räknas inte: äldre än tre år 0 euro" in page
    assert "Stöd till ett företag som hör ihop med ditt" in page
    assert "Hemliga" not in page
    assert "Betala kursavgiften, 11 000 kr exklusive moms" in page
    frees_up_on = today().replace(year=today().year + 2, month=12, day=31) + timedelta(days=1)
    assert f"finns tidigast {frees_up_on}" in page


@pytest.mark.parametrize(
    ("company_fields", "certificate_fields", "words"),
    [
        ({"kind": "public_body"}, None, "driver ingen verksamhet som räknas som företag"),
        ({}, None, "Be den som får skriva under för företaget att lämna ett de minimis-intyg."),
        ({"sector": "primary_agriculture"}, {}, "vi berättar vem som kan hjälpa er"),
        (
            {},
            {"sector": "primary_agriculture", "separate_accounts": False},
            "vi berättar vem som kan hjälpa er",
        ),
        (
            {},
            {"sector": "primary_agriculture", "separate_accounts": True},
            "När du säger ja får företaget ett stöd som är värt 11 000 kr.",
        ),
        ({}, {}, "När du säger ja får företaget ett stöd som är värt 11 000 kr."),
    ],
)
def test_what_one_can_do_follows_the_reason(
    client: Client,
    company_fields: dict[str, str],
    certificate_fields: dict[str, object] | None,
    words: str,
) -> None:
    company = make_company(**company_fields)
    if certificate_fields is not None:
        approved(company, **certificate_fields)
    participation = offer(company)
    assert words in text_of(log_in(client, participation), f"/varfor/{participation.pk}/")


def test_a_course_that_is_free_for_all_says_so(client: Client) -> None:
    participation = offer(make_company(), to=make_round(Decimal(0)))
    page = text_of(log_in(client, participation), f"/varfor/{participation.pk}/")
    assert "Kursen är gratis för alla." in page
    assert "Du har redan svarat" in page


def test_somebody_elses_reason_is_not_found(client: Client) -> None:
    participation = offer(make_company())
    other = offer(make_company())
    path = f"/varfor/{participation.pk}/"
    assert client.get(path).status_code == 302
    assert log_in(client, other).get(path).status_code == 404
    assert contact_of(client, participation.enrolment.interest.company).get(path).status_code == 404


def test_a_place_without_a_decision_leads_back_in_words(client: Client) -> None:
    participation = offer(make_company())
    FeeDecision.objects.all().delete()
    response = log_in(client, participation).get(f"/varfor/{participation.pk}/")
    assert response["Location"] == f"/avgift/{participation.pk}/"
