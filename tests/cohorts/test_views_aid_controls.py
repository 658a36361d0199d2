"""The pages that join and part companies."""

from decimal import Decimal

import pytest
from django.test import Client

from accounts.rules import Role
from companies.models import Control
from tests.cohorts.aid_world import today
from tests.deminimis.pages import text_of, words_in
from tests.factories import make_company, make_control, make_user

pytestmark = pytest.mark.django_db

LINK = {"name": "Moder AB", "direction": "owner", "basis": "votes", "percent": "66,67"}


def officer(client: Client) -> Client:
    client.force_login(make_user(role=Role.AID_OFFICER))
    return client


def test_an_officer_joins_two_companies_and_sees_the_laws_reason(client: Client) -> None:
    company, mother = make_company(), make_company(name="Moder AB")
    path = f"/stod/foretag/{company.pk}/hor-ihop/"
    assert officer(client).get(path).status_code == 200
    response = client.post(path, {**LINK, "number": mother.number or ""}, follow=True)
    page = words_in(response.content.decode())
    assert "Kopplingen är sparad." in page
    assert "Moder AB" in page
    assert "Ägaren ovanför har 66,67 % av rösterna." in page
    assert Control.objects.get().percent == Decimal("66.67")


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"number": "5560125791"}, "Numret stämmer inte. Kontrollera siffrorna."),
        ({"number": ""}, "Skriv numret, så att det blir rätt företag."),
        ({"percent": ""}, "Skriv hur stor andel av rösterna det är."),
        ({"percent": "101"}, "Skriv en andel från 0 till 100 med högst två decimaler."),
        ({"percent": "-1"}, "Skriv en andel från 0 till 100 med högst två decimaler."),
        ({"percent": "NaN"}, "Skriv en andel från 0 till 100 med högst två decimaler."),
        ({"percent": "50,001"}, "Skriv en andel från 0 till 100 med högst två decimaler."),
        ({"direction": ""}, "Välj vem som styr vem."),
        ({"basis": ""}, "Välj en grund."),
        ({"from_on": "igår"}, "Skriv dagen som 2026-11-24."),
        ({"from_on": "1026-11-24"}, "Skriv ett år mellan 1900 och 2199."),
        ({"from_on": "2206-11-24"}, "Skriv ett år mellan 1900 och 2199."),
    ],
)
def test_a_wrong_link_is_told_at_its_field_and_nothing_is_written(
    client: Client, told: dict[str, str], sentence: str
) -> None:
    company, mother = make_company(), make_company()
    response = officer(client).post(
        f"/stod/foretag/{company.pk}/hor-ihop/", {**LINK, "number": mother.number or "", **told}
    )
    assert sentence in words_in(response.content.decode())
    assert Control.objects.count() == 0


def test_a_share_is_not_kept_where_the_ground_is_another(client: Client) -> None:
    company, mother = make_company(), make_company()
    told = {**LINK, "number": mother.number or "", "basis": "contract"}
    officer(client).post(f"/stod/foretag/{company.pk}/hor-ihop/", told)
    assert Control.objects.get().percent is None


def test_a_link_is_ended_on_a_day_and_is_still_shown(client: Client) -> None:
    mother, daughter = make_company(), make_company(name="Dotter AB")
    control = make_control(mother, daughter)
    path = f"/stod/kopplingar/{control.pk}/"
    response = officer(client).post(path, {"until_on": ""})
    assert "Skriv dagen." in words_in(response.content.decode())
    response = client.post(path, {"until_on": "1026-11-24"})
    assert "Skriv ett år mellan 1900 och 2199." in words_in(response.content.decode())
    response = client.post(path, {"until_on": str(today())}, follow=True)
    page = words_in(response.content.decode())
    assert f"Till {today()}. Det är inte bestämmande inflytande den dagen." in page
    assert f"Kopplingen är avslutad {today()}." in text_of(client, path)
    response = client.post(path, {"until_on": str(today())})
    assert "Kopplingen är redan avslutad." in words_in(response.content.decode())


def test_only_an_officer_joins_companies(client: Client) -> None:
    company = make_company()
    control = make_control(company, make_company())
    client.force_login(make_user(role=Role.COORDINATOR))
    for page in (f"foretag/{company.pk}/hor-ihop", f"kopplingar/{control.pk}"):
        assert client.get(f"/stod/{page}/").status_code == 403
