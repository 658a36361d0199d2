"""What somebody would try on the log-in and on links: each is refused, and refused in words."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from cohorts.emails.readers import CONFIRM, INVITATION, MANAGE
from deminimis.rules import CERTIFICATE_LINK
from outbox.actions import deliver_waiting
from outbox.links import Link
from tests import factories
from tests.second_factor import force_second_factor, make_app

pytestmark = pytest.mark.django_db(transaction=True)

CODE = re.compile(r"^[A-Z]{4}-[A-Z]{4}$", re.MULTILINE)
ELSEWHERE = [
    "https://elsewhere.example/",
    "//elsewhere.example",
    "///elsewhere.example",
    "\\\\elsewhere.example",
    "/\\elsewhere.example",
    "javascript:alert(1)",
    "https:elsewhere.example",
    "http://testserver@elsewhere.example/",
    "http://testserver.elsewhere.example/",
]
OPENED_BY = {
    "/anmalan/{}/": {CONFIRM, MANAGE},
    "/anmalan/{}/andra/": {CONFIRM, MANAGE},
    "/inbjudan/{}/": {INVITATION},
    "/intyg/{}/": {CERTIFICATE_LINK},
}
PURPOSES = [CONFIRM, MANAGE, INVITATION, CERTIFICATE_LINK]


def log_in(client: Client, email: str, wanted: str = "") -> str:
    client.post("/logga-in/", {"email": email, "next": wanted})
    deliver_waiting(now=timezone.now())
    code = CODE.findall(str(mail.outbox[-1].body))[-1]
    return str(client.post("/logga-in/kod/", {"code": code, "next": wanted})["Location"])


@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_no_log_in_and_no_log_out_leads_to_another_site(client: Client, wanted: str) -> None:
    factories.make_user(email="anna@example.org")
    assert log_in(client, "anna@example.org", wanted) == "/min-sida/"
    assert client.post("/logga-in/ut/", {"next": wanted})["Location"] == "/"


def test_a_log_in_changes_the_session_and_a_log_out_ends_it_for_good(client: Client) -> None:
    factories.make_user(email="anna@example.org")
    client.get("/logga-in/")
    client.post("/logga-in/", {"email": "anna@example.org"})
    before = client.cookies["sessionid"].value
    log_in(client, "anna@example.org")
    during = client.cookies["sessionid"].value
    assert during != before
    client.post("/logga-in/ut/")
    for old in (before, during):
        thief = Client()
        thief.cookies["sessionid"] = old
        assert thief.get("/min-sida/").status_code == 302


@pytest.mark.parametrize("page", sorted(OPENED_BY))
@pytest.mark.parametrize("purpose", PURPOSES)
def test_a_link_opens_what_it_was_made_for_and_nothing_else(
    client: Client, page: str, purpose: str
) -> None:
    invitation = factories.make_invitation(expires_at=timezone.now() + timedelta(days=9))
    certificate = factories.make_certificate(state="draft")
    rows = {INVITATION: invitation.pk, CERTIFICATE_LINK: certificate.pk}
    token = Link(
        purpose=purpose,
        row=rows.get(purpose, invitation.interest_id),
        generation=1,
        last_day=timezone.localdate() + timedelta(days=7),
        path="{token}",
    ).signed_path()
    opens = purpose in OPENED_BY[page]
    assert client.get(page.format(token)).status_code == (200 if opens else 404)
    # Not one figure may be changed, nor the parts put in another order.
    row, generation, days, seal = token.split(".")
    for forged in (
        f"{int(row) + 1}.{generation}.{days}.{seal}",
        f"{row}.{int(generation) + 1}.{days}.{seal}",
        f"{row}.{generation}.{int(days) + 1}.{seal}",
        f"{row}.{generation}.{days}.{seal[:-1]}",
        f"{row}.{generation}.{days}.",
    ):
        assert client.get(page.format(forged)).status_code == 404


def test_a_letter_links_to_the_site_whatever_host_the_reader_named(client: Client) -> None:
    factories.make_programme()
    factories.make_place("umea")
    typed = {
        "name": "Anna Ek",
        "email": "anna@example.org",
        "company": "Eks Såg",
        "place": "umea",
        "language": "sv",
    }
    told = {"X-Forwarded-Host": "elsewhere.example", "Origin": "http://localhost"}
    assert client.post("/anmalan/", typed, headers=told, HTTP_HOST="localhost").status_code == 302
    deliver_waiting(now=timezone.now())
    assert "elsewhere.example" not in str(mail.outbox[-1].body)
    assert client.get("/anmalan/", HTTP_HOST="elsewhere.example").status_code == 400


def test_nobody_becomes_more_than_they_are_by_typing_more_fields(client: Client) -> None:
    user = factories.make_user()
    client.force_login(user)
    more = {"is_staff": "on", "is_superuser": "on", "email": "x@example.org", "role": "operator"}
    client.post("/mina-uppgifter/", {"name": "Nytt Namn", "language": "en", **more})
    user.refresh_from_db()
    assert (user.name, user.language) == ("Nytt Namn", "en")
    assert (user.is_staff, user.is_superuser, user.roles_held.count()) == (False, False, 0)
    assert user.email != "x@example.org"


def test_the_record_of_another_persons_second_step_is_worth_nothing(
    client: Client, settings: object
) -> None:
    settings.STAFF_SECOND_FACTOR = True  # type: ignore[attr-defined]  # pytest-django's wrapper
    user, other = factories.make_user(role="coordinator"), factories.make_user(role="coordinator")
    make_app(user)
    make_app(other)
    client.force_login(user)
    force_second_factor(client, other)
    assert client.get("/samordna/").status_code == 302
    force_second_factor(client, user)
    assert client.get("/samordna/").status_code == 200
