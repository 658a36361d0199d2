"""E-mail addresses longer than a row can keep: each public form says so, and keeps what was typed.

SQLite would take them; PostgreSQL does not.
"""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from cohorts.emails.readers import INVITATION
from outbox.links import Link
from outbox.models import Message
from tests.deminimis.pages import draft, path_of
from tests.factories import make_interest, make_invitation, make_place, make_programme
from tests.journeys.forms import words_in

pytestmark = pytest.mark.django_db(transaction=True)

LONGEST = "a" * 242 + "@example.org"
TOO_LONG = f"a{LONGEST}"
SAID = "Adressen är för lång. Skriv högst 254 tecken."


def said(client: Client, path: str, told: dict[str, str]) -> str:
    """Return what the page says after a post."""
    response = client.post(path, told, follow=True)
    assert response.status_code == 200
    return words_in(response.content.decode())


@pytest.mark.parametrize(("address", "is_kept"), [(LONGEST, True), (TOO_LONG, False)])
def test_a_sign_up(client: Client, address: str, is_kept: bool) -> None:
    make_programme()
    make_place("umea")
    told = {"name": "Anna", "company": "Såg AB", "place": "umea", "language": "sv"}
    page = said(client, "/anmalan/", told | {"email": address})
    assert (SAID in page, Message.objects.filter(to=address).exists()) == (not is_kept, is_kept)


@pytest.mark.parametrize(("address", "is_kept"), [(LONGEST, True), (TOO_LONG, False)])
def test_a_code_to_log_in_with(client: Client, address: str, is_kept: bool) -> None:
    page = said(client, "/logga-in/", {"email": address})
    assert (SAID in page, Message.objects.filter(to=address).exists()) == (not is_kept, is_kept)


def test_a_yes_to_an_invitation(client: Client) -> None:
    until = timezone.now() + timedelta(days=3)
    asked = make_invitation(interest=make_interest(email="a@example.org"), expires_at=until)
    link = Link(
        purpose=INVITATION,
        row=asked.pk,
        generation=1,
        last_day=timezone.localdate(until),
        path="/inbjudan/{token}/",
    )
    assert SAID in said(client, link.signed_path(), {"do": "accept", "login_email": TOO_LONG})


def test_a_certificate_that_somebody_else_fills_in(client: Client) -> None:
    path = f"{path_of(draft())}lamna-over/"
    assert SAID in said(client, path, {"name": "Bo Kassör", "email": TOO_LONG})
