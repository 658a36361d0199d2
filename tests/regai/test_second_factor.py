"""Whoever works here comes in by two steps, sets the second up by themselves, and lands right."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from accounts.models import Change, User
from accounts.rules import Role
from companies.sealing import opened
from outbox.actions import deliver_waiting
from outbox.models import Message
from tests.factories import make_user
from tests.second_factor import code_of, force_second_factor, make_app, spare_codes

pytestmark = pytest.mark.django_db(transaction=True)

CODE = re.compile(r"^[A-Z]{4}-[A-Z]{4}$", re.MULTILINE)
DESK, OWN = "/samordna/", "/min-sida/"
STEP, APP, SPARE = (
    "/logga-in/extra-steg/",
    "/logga-in/sakerhet/app/",
    "/logga-in/sakerhet/reservkoder/",
)
AGAIN = "/logga-in/extra-steg/igen/"


@pytest.fixture(autouse=True)
def _as_in_production(settings: object) -> None:
    settings.STAFF_SECOND_FACTOR = True  # type: ignore[attr-defined]  # pytest-django's wrapper


def log_in(client: Client, user: User, wanted: str = DESK) -> str:
    """Log in by a code that comes by letter; return where one is led."""
    client.post(f"/logga-in/?next={wanted}", {"email": user.email})
    deliver_waiting(now=timezone.now())
    code = CODE.findall(str(mail.outbox[-1].body))[-1]
    return str(client.post(f"/logga-in/kod/?next={wanted}", {"code": code})["Location"])


def coordinator() -> User:
    return make_user(role=Role.COORDINATOR)


def secret_on(page: str) -> str:
    found = re.search(r"<strong[^>]*>([A-Z2-7]{32})</strong>", page)
    assert found
    return found[1]


def set_up_app(client: Client) -> str:
    secret = secret_on(client.get(APP).content.decode())
    answer = client.post(APP, {"code": code_of(secret)})
    assert (answer.status_code, answer["Location"]) == (302, SPARE)
    return secret


def test_who_works_here_is_led_to_set_up_a_factor_and_back_to_the_page_asked_for(
    client: Client,
) -> None:
    assert log_in(client, coordinator()) == DESK
    answer = client.get(DESK)
    assert (answer.status_code, answer["Location"]) == (302, f"{STEP}?next={DESK}")
    assert "Ett steg till innan du är inne" in client.get(answer["Location"]).content.decode()
    set_up_app(client)
    assert client.get(SPARE).content.decode().count("<code>") == 10
    answer = client.get(STEP)
    assert (answer.status_code, answer["Location"]) == (302, DESK)
    assert client.get(DESK).status_code == 200


def test_the_next_log_in_asks_for_the_code_and_lands_on_the_page(client: Client) -> None:
    user = coordinator()
    secret = make_app(user)
    assert log_in(client, user) == f"{STEP}kod/"
    assert client.get(OWN)["Location"] == f"/logga-in/?next={OWN}"
    assert client.post(f"{STEP}kod/", {"code": "000000"}).status_code == 200
    answer = client.post(f"{STEP}kod/", {"code": code_of(secret)})
    assert answer["Location"] == f"{STEP}minns/"
    assert client.post(f"{STEP}minns/", {"action": "skip"})["Location"] == DESK
    assert client.get(DESK).status_code == 200
    assert "mfa_trusted" not in client.cookies


def test_a_browser_that_was_asked_to_be_remembered_needs_no_code_the_next_time(
    client: Client,
) -> None:
    user = coordinator()
    secret = make_app(user)
    log_in(client, user)
    client.post(f"{STEP}kod/", {"code": code_of(secret)})
    client.post(f"{STEP}minns/", {"action": "trust"})
    client.post("/logga-in/ut/")
    assert log_in(client, user) == DESK
    assert client.get(DESK).status_code == 200
    assert client.cookies["mfa_trusted"]["httponly"] is True
    Authenticator.objects.filter(user=user, type="totp").delete()
    assert client.get(DESK)["Location"] == f"{STEP}?next={DESK}"


def test_a_code_of_the_app_works_once(client: Client) -> None:
    user = coordinator()
    code = code_of(make_app(user))
    log_in(client, user)
    client.post(f"{STEP}kod/", {"code": code})
    again = Client()
    log_in(again, user)
    assert again.post(f"{STEP}kod/", {"code": code}).status_code == 200
    assert again.get(OWN).status_code == 302


def test_a_code_is_not_taken_again_while_it_could_still_be_typed(
    client: Client,
) -> None:
    user = coordinator()
    secret = make_app(user)
    client.force_login(user)
    code = code_of(secret)
    assert client.post(AGAIN, {"code": code}).status_code == 302
    # Half a minute later allauth has forgotten it, though it would still fit.
    forgotten = f"allauth.mfa.totp.used?user={user.pk}&code={code}"
    assert cache.delete(forgotten)
    for again in (code, f"{code[:3]} {code[3:]}"):
        assert client.post(AGAIN, {"code": again}).status_code == 200
    assert client.post(AGAIN, {"code": code_of(secret, later=1)}).status_code == 302


def test_the_step_is_asked_for_again_after_twelve_hours(client: Client) -> None:
    user = coordinator()
    make_app(user)
    client.force_login(user)
    for hours, status in ((11.9, 200), (12.1, 302)):
        force_second_factor(client, user, hours_ago=hours)
        assert client.get(DESK).status_code == status


def test_a_spare_code_works_once(client: Client) -> None:
    user = coordinator()
    make_app(user)
    spare = spare_codes(user)[0]
    for browser, way in ((client, f"{STEP}minns/"), (Client(), None)):
        log_in(browser, user)
        assert browser.post(f"{STEP}kod/", {"code": spare}).get("Location") == way
    assert spare not in spare_codes(user)


def test_guessing_codes_ends_after_five_tries_and_then_the_right_one_does_not_help(
    client: Client,
) -> None:
    user = coordinator()
    secret = make_app(user)
    log_in(client, user)
    for _ in range(5):
        client.post(f"{STEP}kod/", {"code": "000000"})
    page = client.post(f"{STEP}kod/", {"code": code_of(secret)}).content.decode()
    assert "Vänta fem minuter" in page
    assert client.get(OWN).status_code == 302


def test_guessing_on_the_page_that_asks_again_ends_too(client: Client) -> None:
    user = coordinator()
    secret = make_app(user)
    client.force_login(user)
    for _ in range(5):
        client.post(AGAIN, {"code": "000000"})
    client.post(AGAIN, {"code": code_of(secret)})
    assert client.get(DESK).status_code == 302


def test_who_has_a_factor_and_came_in_without_it_is_asked_and_comes_back(client: Client) -> None:
    user = coordinator()
    secret = make_app(user)
    client.force_login(user)
    led = client.get(f"{DESK}?sida=2", follow=True)
    assert led.redirect_chain[-1][0] == f"{AGAIN}?next=%2Fsamordna%2F%3Fsida%3D2"
    answer = client.post(AGAIN, {"code": code_of(secret), "next": f"{DESK}?sida=2"})
    assert answer["Location"] == f"{DESK}?sida=2"
    assert client.get(DESK).status_code == 200


@pytest.mark.parametrize("elsewhere", ["https://elsewhere.example/", "//elsewhere.example"])
def test_the_second_step_leads_to_no_other_site(client: Client, elsewhere: str) -> None:
    user = coordinator()
    secret = make_app(user)
    client.force_login(user)
    client.get(STEP, {"next": elsewhere})
    answer = client.post(AGAIN, {"code": code_of(secret), "next": elsewhere})
    assert answer["Location"] == DESK
    assert client.get(STEP, {"next": elsewhere})["Location"] == DESK


def test_a_factor_of_somebody_else_opens_nothing(client: Client) -> None:
    user, other = coordinator(), coordinator()
    secret = make_app(other)
    make_app(user)
    client.force_login(user)
    client.post(AGAIN, {"code": code_of(secret)})
    assert client.get(DESK).status_code == 302


def test_a_factor_that_is_gone_no_longer_opens_anything(client: Client) -> None:
    log_in(client, coordinator())
    set_up_app(client)
    assert client.get(DESK).status_code == 200
    assert client.post(f"{APP}ta-bort/").status_code == 302
    assert client.get(DESK)["Location"] == f"{STEP}?next={DESK}"
    assert Authenticator.objects.count() == 0


def test_secrets_are_sealed_and_a_change_is_told_by_letter_and_recorded(client: Client) -> None:
    user = make_user(role=Role.AUDITOR, language="en")
    log_in(client, user)
    secret = set_up_app(client)
    app, spare = Authenticator.objects.order_by("-type")
    assert secret not in str(app.data)
    assert opened(app.data["secret"]) == secret
    assert len(opened(spare.data["seed"])) == 80
    letter = Message.objects.get(fleeting=False)
    assert (letter.to, letter.language) == (user.email, "en")
    assert letter.subject == "RegAI: an authenticator app has been added"
    assert secret not in letter.text
    assert list(Change.objects.values_list("subject", "became", "by_user")) == [
        (f"user/{user.pk}", "app for codes added", user.pk)
    ]


def test_who_takes_part_needs_no_factor_but_may_have_one(client: Client) -> None:
    user = make_user()
    assert log_in(client, user, OWN) == OWN
    assert client.get(OWN).status_code == 200
    assert client.get(STEP)["Location"] == "/logga-in/sakerhet/"
    set_up_app(client)
    again = Client()
    assert log_in(again, user, OWN) == f"{STEP}kod/"


def test_a_participants_passkey_is_no_lock_on_the_code(client: Client) -> None:
    user = make_user()
    Authenticator.objects.create(user=user, type="webauthn", data={"name": "Nyckel 1"})
    assert log_in(client, user, OWN) == OWN


def test_the_passkey_of_who_works_here_is_asked_for(client: Client) -> None:
    user = coordinator()
    Authenticator.objects.create(user=user, type="webauthn", data={"name": "Nyckel 1"})
    assert log_in(client, user) == f"{STEP}kod/"


def test_the_example_asks_for_none_unless_it_is_told_to(client: Client, settings: object) -> None:
    settings.STAFF_SECOND_FACTOR = False  # type: ignore[attr-defined]  # pytest-django's wrapper
    client.force_login(coordinator())
    assert client.get(DESK).status_code == 200
