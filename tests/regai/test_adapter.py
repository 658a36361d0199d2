"""Logging in by a code in a letter, end to end through the outbox, and out again."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.rules import Role
from outbox.actions import deliver_waiting
from outbox.models import Message
from tests.factories import make_user

pytestmark = pytest.mark.django_db(transaction=True)

ASK, TYPE, OUT = "/logga-in/", "/logga-in/kod/", "/logga-in/ut/"
OWN = {"Sec-Fetch-Site": "same-origin"}
CODE = re.compile(r"^[A-Z]{4}-[A-Z]{4}$", re.MULTILINE)


@pytest.fixture
def browser() -> Client:
    """A browser whose requests are checked as in production."""
    return Client(enforce_csrf_checks=True)


def ask(browser: Client, email: str, path: str = ASK) -> str:
    """Ask for a code, and return the address that one is sent on to."""
    answer = browser.post(path, {"email": email}, headers=OWN)
    assert answer.status_code == 302
    return str(answer["Location"])


def code_in_the_letter() -> str:
    deliver_waiting(now=timezone.now())
    found = CODE.search(str(mail.outbox[-1].body))
    assert found
    return found.group()


def typed(browser: Client, code: str) -> int:
    return browser.post(TYPE, {"code": code}, headers=OWN).status_code


def is_logged_in(browser: Client) -> bool:
    return browser.get("/min-sida/").status_code == 200


def test_a_code_from_the_letter_logs_in_and_the_log_out_out(browser: Client) -> None:
    user = make_user(email="anna@example.org")
    assert not is_logged_in(browser)
    assert ask(browser, "Anna@Example.org") == TYPE
    message = Message.objects.get()
    assert (message.to, message.about, message.fleeting) == (
        "anna@example.org",
        f"user/{user.pk}",
        True,
    )
    answer = browser.post(TYPE, {"code": code_in_the_letter()}, headers=OWN)
    assert (answer.status_code, answer["Location"]) == (302, "/min-sida/")
    assert is_logged_in(browser)
    answer = browser.post(OUT, headers=OWN)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert not is_logged_in(browser)


@pytest.mark.parametrize(("address", "leads_to"), [(OUT, "/"), (f"/en{OUT}", "/en/")])
def test_who_logs_out_stays_in_the_language(browser: Client, address: str, leads_to: str) -> None:
    browser.force_login(make_user())
    assert browser.post(address, headers=OWN)["Location"] == leads_to


def test_looking_at_the_log_out_page_logs_nobody_out(browser: Client) -> None:
    browser.force_login(make_user())
    assert browser.get(OUT).status_code == 200
    assert is_logged_in(browser)


def test_a_page_behind_the_log_in_is_where_one_lands(browser: Client) -> None:
    make_user(email="anna@example.org")
    browser.get("/mina-uppgifter/", follow=True)
    ask(browser, "anna@example.org", f"{ASK}?next=/mina-uppgifter/")
    answer = browser.post(
        f"{TYPE}?next=/mina-uppgifter/", {"code": code_in_the_letter()}, headers=OWN
    )
    assert answer["Location"] == "/mina-uppgifter/"


def test_who_works_here_begins_at_the_desk(browser: Client) -> None:
    make_user(email="anna@example.org", role=Role.FACILITATOR)
    ask(browser, "anna@example.org")
    answer = browser.post(TYPE, {"code": code_in_the_letter()}, headers=OWN)
    assert answer["Location"] == "/handledare/"


def test_nobody_is_sent_to_another_site(browser: Client) -> None:
    make_user(email="anna@example.org")
    ask(browser, "anna@example.org", f"{ASK}?next=https://elsewhere.example/")
    answer = browser.post(TYPE, {"code": code_in_the_letter()}, headers=OWN)
    assert answer["Location"] == "/min-sida/"


def test_an_unknown_address_gets_the_same_page_and_a_letter_that_says_so(
    browser: Client,
) -> None:
    make_user(email="anna@example.org")
    known, unknown = Client(enforce_csrf_checks=True), browser
    assert ask(known, "anna@example.org") == ask(unknown, "bo@example.org") == TYPE
    pages = [one.get(TYPE) for one in (known, unknown)]
    texts = [
        re.sub(r"(anna|bo)@example\.org|csrf\w+\" value=\"\w+", "", page.content.decode())
        for page in pages
    ]
    assert texts[0] == texts[1]
    letters = Message.objects.order_by("id").values_list("to", "fleeting")
    assert list(letters) == [("anna@example.org", True), ("bo@example.org", True)]
    assert CODE.findall(Message.objects.get(to="bo@example.org").text) == []
    assert User.objects.count() == 1


def test_a_wrong_code_logs_nobody_in_and_three_of_them_end_the_try(browser: Client) -> None:
    make_user(email="anna@example.org")
    ask(browser, "anna@example.org")
    code = code_in_the_letter()
    for _ in range(3):
        typed(browser, "AAAA-AAAA")
    typed(browser, code)
    assert not is_logged_in(browser)


def test_a_code_works_once_and_only_where_it_was_asked_for(browser: Client) -> None:
    make_user(email="anna@example.org")
    ask(browser, "anna@example.org")
    code = code_in_the_letter()
    elsewhere = Client(enforce_csrf_checks=True)
    typed(elsewhere, code)
    assert not is_logged_in(elsewhere)
    typed(browser, code)
    assert is_logged_in(browser)
    browser.post(OUT, headers=OWN)
    typed(browser, code)
    assert not is_logged_in(browser)


def test_who_may_not_log_in_any_more_gets_no_way_in(browser: Client) -> None:
    make_user(email="anna@example.org", is_active=False)
    browser.post(ASK, {"email": "anna@example.org"}, headers=OWN)
    deliver_waiting(now=timezone.now())
    for code in CODE.findall(" ".join(str(letter.body) for letter in mail.outbox)):
        typed(browser, code)
    assert not is_logged_in(browser)


def test_who_loses_the_right_to_log_in_is_out_at_once(browser: Client) -> None:
    user = make_user()
    browser.force_login(user)
    assert is_logged_in(browser)
    User.objects.update(is_active=False)
    assert not is_logged_in(browser)


def test_nobody_makes_an_account_by_a_form(browser: Client) -> None:
    path = "/logga-in/nytt-konto/"
    assert browser.get(path).status_code == 200
    browser.post(path, {"email": "new@example.org"}, headers=OWN)
    assert User.objects.count() == 0


@pytest.mark.parametrize(("prefix", "hello"), [("", "Hej!"), ("/en", "Hello!")])
def test_the_letter_is_in_the_language_of_the_page(
    browser: Client, prefix: str, hello: str
) -> None:
    make_user(email="anna@example.org")
    ask(browser, "anna@example.org", f"{prefix}{ASK}")
    message = Message.objects.get()
    assert message.language == (prefix.strip("/") or "sv")
    assert message.text.splitlines()[0] == hello


def test_a_code_asked_for_from_another_site_is_not_sent(browser: Client) -> None:
    make_user(email="anna@example.org")
    told = {"Sec-Fetch-Site": "cross-site"}
    assert browser.post(ASK, {"email": "anna@example.org"}, headers=told).status_code == 403
    assert Message.objects.count() == 0
