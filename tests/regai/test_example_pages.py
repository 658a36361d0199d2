"""Brevlådan and the log-in with one click: in example mode only, and only for the invented."""

import re
from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from accounts.rules import Role
from cohorts.emails.interests import interest_confirmed, please_confirm
from cohorts.models import Interest
from cohorts.rules import InterestState
from outbox.models import Message
from outbox.steps import queue
from regai.example.people import COORDINATOR
from regai.starts import start_page
from tests.factories import (
    NOW,
    make_company,
    make_contact,
    make_enrolment,
    make_interest,
    make_user,
)

pytestmark = pytest.mark.django_db
MAILBOX, LOG_IN = "/brevladan/", "/brevladan/logga-in/"
OWN_PAGE = {"Sec-Fetch-Site": "same-origin"}


def letter_to(interest: Interest, minutes: int = 0) -> Message:
    now = NOW + timedelta(minutes=minutes)
    with transaction.atomic():
        queue(interest_confirmed(interest, now=now), now=now)
    return Message.objects.latest("id")


def subjects(client: Client, address: str) -> list[str]:
    html = client.get(address).content.decode()
    return re.findall(r'href="/brevladan/\d+/"\s+lang="sv">([^<]+)<', html)


def test_letters_are_listed_newest_first_and_found_by_a_part_of_the_address(
    client: Client,
) -> None:
    anna, bo = make_interest(email="anna@a.example.org"), make_interest(email="Bo@b.example.org")
    letter_to(anna)
    letter_to(bo, minutes=5)
    html = client.get(MAILBOX).content.decode()
    assert html.index("Bo@b.example.org") < html.index("anna@a.example.org")
    assert len(subjects(client, MAILBOX)) == 2
    assert len(subjects(client, f"{MAILBOX}?till=bo@B")) == 1
    assert (
        "Inget brev har gått till den adressen."
        in client.get(f"{MAILBOX}?till=ingen").content.decode()
    )


def test_an_empty_mailbox_says_how_the_first_letter_comes(client: Client) -> None:
    assert "Anmäl intresse, så kommer det första." in client.get(MAILBOX).content.decode()


def test_a_long_mailbox_has_fifty_letters_a_page_in_as_many_statements(
    client: Client, django_assert_num_queries: object
) -> None:
    interest = make_interest()
    for minutes in range(51):
        letter_to(interest, minutes)
    assert [len(subjects(client, f"{MAILBOX}?page={page}")) for page in (1, 2)] == [50, 1]
    with django_assert_num_queries(2):  # type: ignore[operator]  # pytest-django's fixture
        client.get(MAILBOX)


def test_a_letter_is_shown_as_its_receiver_gets_it_and_its_link_works(client: Client) -> None:
    now = timezone.now()
    interest = make_interest(name="Anna Ek", state=InterestState.UNVERIFIED, registered_at=now)
    with transaction.atomic():
        queue(please_confirm(interest, now=now), now=now)
    page = f"{MAILBOX}{Message.objects.get().pk}/"
    html = client.get(page, headers={"Host": "127.0.0.1:8123"}).content.decode()
    assert "Hej Anna Ek!" in html
    links = re.findall(r'href="(http://[^"]+/anmalan/[^"]+)"', html)
    assert [link.split("/anmalan/")[0] for link in links] == ["http://127.0.0.1:8123"]
    assert client.get(links[0].removeprefix("http://127.0.0.1:8123")).status_code == 200


def test_the_html_form_stands_alone_with_its_own_style_allowed(client: Client) -> None:
    message = letter_to(make_interest())
    answer = client.get(f"{MAILBOX}{message.pk}/html/")
    sender, _, about = message.subject.partition(": ")
    html = answer.content.decode()
    assert re.findall(r'<(?:p|h1) style="[^"]+">([^<]+)</', html) == [sender, about]
    assert "style-src 'self' 'unsafe-inline'" in answer["Content-Security-Policy"]
    assert "unsafe-inline" not in client.get(MAILBOX)["Content-Security-Policy"]


def test_a_letter_that_is_not_there_is_not_found(client: Client) -> None:
    assert client.get(f"{MAILBOX}1/").status_code == 404
    assert client.get(f"{MAILBOX}1/html/").status_code == 404


def test_pages_of_the_mailbox_set_no_cookie(client: Client) -> None:
    message = letter_to(make_interest())
    for page in (MAILBOX, f"{MAILBOX}{message.pk}/", f"{MAILBOX}{message.pk}/html/", LOG_IN):
        assert dict(client.get(page).cookies) == {}


def test_a_letter_offers_to_log_in_as_a_receiver_who_has_a_log_in(client: Client) -> None:
    enrolled = make_enrolment().interest
    waiting = make_interest()
    with_button, without = letter_to(enrolled), letter_to(waiting)
    said = f"Logga in som {enrolled.name}"
    assert said in " ".join(client.get(f"{MAILBOX}{with_button.pk}/").content.decode().split())
    assert "Logga in som" not in client.get(f"{MAILBOX}{without.pk}/").content.decode()


def test_people_to_be_are_listed_when_they_are_there(client: Client) -> None:
    assert "Exempelregionen är inte laddad" in client.get(LOG_IN).content.decode()
    make_user(email=COORDINATOR.email, name=COORDINATOR.name)
    html = client.get(LOG_IN).content.decode()
    assert (COORDINATOR.name in html, "samordnare" in html) == (True, True)


def test_one_post_logs_somebody_in_and_leads_to_where_they_begin(client: Client) -> None:
    user = make_user(email=COORDINATOR.email, role=Role.COORDINATOR)
    answer = client.post(LOG_IN, {"email": user.email}, headers=OWN_PAGE)
    assert (answer.status_code, answer["Location"]) == (302, "/samordna/")
    assert client.get("/samordna/").wsgi_request.user == user


@pytest.mark.parametrize("email", ["", "ingen@example.org", "riktig@exempel.se"])
def test_nobody_real_and_nobody_unknown_is_logged_in(client: Client, email: str) -> None:
    make_user(email="riktig@exempel.se")
    answer = client.post(LOG_IN, {"email": email}, headers=OWN_PAGE, follow=True)
    assert "Den personen finns inte i exemplet" in answer.content.decode()
    assert client.get(LOG_IN).wsgi_request.user.is_anonymous


def test_a_foreign_page_cannot_log_anybody_in() -> None:
    user = make_user(email=COORDINATOR.email)
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(LOG_IN, {"email": user.email}, headers={"Sec-Fetch-Site": "cross-site"})
    assert (answer.status_code, dict(answer.cookies)) == (403, {})


@pytest.mark.parametrize(
    ("role", "page"),
    [
        (Role.FACILITATOR, "/handledare/"),
        (Role.AID_OFFICER, "/stod/"),
        (Role.COACH, "/coach/"),
        (Role.AUDITOR, "/rapporter/"),
        (Role.OPERATOR, "/drift/admin/"),
        (Role.DATA_PROTECTION, "/dataskydd/"),
    ],
)
def test_each_role_begins_at_its_own_page(role: Role, page: str) -> None:
    assert start_page(make_user(role=role)) == page


def test_who_only_speaks_for_a_company_begins_there_and_a_participant_at_their_own_page() -> None:
    contact = make_user()
    make_contact(make_company(), contact)
    participant = make_enrolment().user
    make_contact(make_company(), participant)
    assert (start_page(contact), start_page(participant)) == ("/foretag/", "/min-sida/")
