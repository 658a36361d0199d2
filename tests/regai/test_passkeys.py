"""A passkey is made, logs in without a code, counts as a second factor, and can be taken away."""

import json
import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from accounts.models import Change, User
from accounts.rules import Role
from tests.factories import make_user
from tests.passkeys import Passkey

pytestmark = pytest.mark.django_db(transaction=True)

KEYS, ADD, KEY = (
    "/logga-in/sakerhet/nycklar/",
    "/logga-in/sakerhet/nycklar/ny/",
    "/logga-in/nyckel/",
)
DESK = "/samordna/"
OWN = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture(autouse=True)
def _as_in_production(settings: Any) -> None:
    settings.STAFF_SECOND_FACTOR = True
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = False


def options_on(page: str) -> dict[str, Any]:
    found = re.search(r'<script id="js_data" type="application/json">(.*?)</script>', page)
    assert found
    told: dict[str, Any] = json.loads(found[1])
    return next(iter(told.values()))


def add(client: Client, user: User) -> Passkey:
    key = Passkey(user)
    made = key.made(options_on(client.get(ADD).content.decode()))
    answer = client.post(ADD, {"name": "Telefonen", "passwordless": "on", "credential": made})
    assert answer.status_code == 302, answer.content.decode()
    return key


def ask_to_log_in(client: Client) -> dict[str, Any]:
    asked: dict[str, Any] = client.get(KEY, headers={"Accept": "application/json"}).json()
    options: dict[str, Any] = asked["request_options"]
    return options


def test_who_works_here_adds_a_passkey_and_is_in(client: Client) -> None:
    user = make_user(role=Role.COORDINATOR)
    client.force_login(user)
    assert client.get(DESK).status_code == 302
    add(client, user)
    assert client.get(DESK).status_code == 200
    assert list(Change.objects.values_list("became", flat=True)) == ["passkey added"]


def test_a_passkey_logs_in_without_a_code_and_leads_to_the_page_asked_for(client: Client) -> None:
    user = make_user(role=Role.COORDINATOR)
    client.force_login(user)
    key = add(client, user)
    browser = Client(enforce_csrf_checks=True)
    unlocked = key.unlocked(ask_to_log_in(browser))
    answer = browser.post(KEY, {"credential": unlocked, "next": DESK}, headers=OWN)
    assert (answer.status_code, answer["Location"]) == (302, DESK)
    assert browser.get(DESK).status_code == 200


def test_an_answer_works_once_and_only_in_the_browser_that_was_asked(client: Client) -> None:
    user = make_user()
    client.force_login(user)
    key = add(client, user)
    one, other = Client(), Client()
    unlocked = key.unlocked(ask_to_log_in(one))
    ask_to_log_in(other)
    for browser in (other, one):
        browser.post(KEY, {"credential": unlocked})
    assert [browser.get("/min-sida/").status_code for browser in (other, one)] == [302, 200]
    one.post("/logga-in/ut/")
    one.post(KEY, {"credential": unlocked})
    assert one.get("/min-sida/").status_code == 302


def test_a_key_of_another_site_and_of_another_person_log_nobody_in(client: Client) -> None:
    user, other = make_user(), make_user()
    client.force_login(user)
    add(client, user)
    for wrong in (Passkey(user, host="elsewhere.example"), Passkey(user), Passkey(other)):
        browser = Client()
        browser.post(KEY, {"credential": wrong.unlocked(ask_to_log_in(browser))})
        assert browser.get("/min-sida/").status_code == 302


@pytest.mark.parametrize(
    "sent", ["", "{}", "[]", "7", '{"id": "x"}', '{"response": {"userHandle": 1}}']
)
def test_what_is_no_answer_of_a_key_is_refused_in_words(client: Client, sent: str) -> None:
    ask_to_log_in(client)
    answer = client.post(KEY, {"credential": sent}, follow=True)
    assert answer.status_code == 200
    assert client.get("/min-sida/").status_code == 302
    client.force_login(make_user())
    client.get(ADD)
    assert client.post(ADD, {"name": "x", "credential": sent}).status_code == 200
    assert Authenticator.objects.count() == 0


def test_who_may_not_log_in_any_more_does_not_by_a_key_either(client: Client) -> None:
    user = make_user()
    client.force_login(user)
    key = add(client, user)
    User.objects.update(is_active=False)
    browser = Client()
    browser.post(KEY, {"credential": key.unlocked(ask_to_log_in(browser))})
    assert browser.get("/min-sida/").status_code == 302


def test_a_key_is_renamed_and_removed_by_its_owner_alone(client: Client) -> None:
    user, other = make_user(), make_user()
    client.force_login(user)
    add(client, user)
    row = Authenticator.objects.get(type="webauthn")
    stranger = Client()
    stranger.force_login(other)
    add(stranger, other)
    for page in ("andra", "ta-bort"):
        assert stranger.post(f"{KEYS}{row.pk}/{page}/", {"name": "Min"}).status_code == 404
    client.post(f"{KEYS}{row.pk}/andra/", {"name": "Jobbdatorn"})
    assert "Jobbdatorn" in client.get(KEYS).content.decode()
    client.post(f"{KEYS}{row.pk}/ta-bort/")
    assert list(Authenticator.objects.values_list("user", flat=True).distinct()) == [other.pk]


def test_trying_keys_is_limited(client: Client, settings: Any) -> None:
    settings.MFA_RATE_LIMITS = {"webauthn_login": "2/m/ip"}
    said = [client.post(KEY, {"credential": "{}"}).status_code for _ in range(3)]
    assert said == [302, 302, 429]
