"""The second step in a real browser: its pages in both languages, an app, a passkey, no script."""

import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import override_settings
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from accounts.rules import Role
from tests.browser.surfer import Surfer
from tests.factories import make_user
from tests.second_factor import code_of

pytestmark = pytest.mark.django_db(transaction=True)

A_PHONE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
SAFETY = "/logga-in/sakerhet/"
PAGES = ["", "app/", "app/ta-bort/", "reservkoder/", "reservkoder/nya/", "nycklar/", "nycklar/ny/"]
NEEDED = override_settings(STAFF_SECOND_FACTOR=True)


def facilitator() -> User:
    return make_user(email="frida@example.org", name="Frida Falk", role=Role.FACILITATOR)


def with_a_phone(surfer: Surfer) -> None:
    """Give the browser a phone that unlocks passkeys by itself."""
    wire = surfer.context.new_cdp_session(surfer.page)
    wire.send("WebAuthn.enable")
    wire.send("WebAuthn.addVirtualAuthenticator", {"options": A_PHONE})


def set_up_app(surfer: Surfer) -> str:
    surfer.open(f"{surfer.prefix}{SAFETY}app/")
    found = re.search(r"<strong[^>]*>([A-Z2-7]{32})</strong>", surfer.html)
    assert found
    surfer.page.locator("[name=code]").fill(code_of(found[1]))
    surfer._submit(surfer.page.locator("form:has([name=code]) button").first)
    return found[1]


def give_code(surfer: Surfer, code: str) -> None:
    surfer.page.locator("[name=code]").fill(code)
    surfer._submit(surfer.page.locator("form:has([name=code]) button").first)


@NEEDED
@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
def test_an_app_for_codes_is_set_up_and_asked_for(
    live_server: LiveServer, browser: Browser, settings: Any, prefix: str, *, scripts: bool
) -> None:
    settings.SITE_URL = live_server.url
    user = facilitator()
    frida = Surfer(browser, live_server.url, user.email, scripts=scripts, prefix=prefix)
    desk = f"{prefix}/handledare/"
    frida.log_in().open(desk)
    assert frida.at.startswith(f"{prefix}/logga-in/extra-steg/")
    secret = set_up_app(frida)
    frida.page.get_by_role("link", name=re.compile("fortsätt|go on")).click()
    frida.page.wait_for_url(f"{live_server.url}{desk}")
    for page in PAGES:
        frida.open(f"{prefix}{SAFETY}{page}")
    frida.open(f"{prefix}/logga-in/extra-steg/igen/")

    again = Surfer(browser, live_server.url, user.email, scripts=scripts, prefix=prefix)
    again.log_in()
    assert again.at == f"{prefix}/logga-in/extra-steg/kod/"
    give_code(again, "000000")
    give_code(again, code_of(secret, later=1))
    assert again.at == f"{prefix}/logga-in/extra-steg/minns/"
    again._submit(again.page.locator("main form button").first)
    again.open(desk)
    assert again.at == desk
    assert (frida.faults, again.faults) == ([], [])
    assert (frida.foreign, again.foreign) == ([], [])
    for surfer in (frida, again):
        surfer.context.close()


@NEEDED
def test_a_passkey_is_made_in_the_browser_and_logs_in_without_a_code(
    live_server: LiveServer, browser: Browser, settings: Any
) -> None:
    settings.SITE_URL = live_server.url
    user = facilitator()
    frida = Surfer(browser, live_server.url, user.email, scripts=True)
    refused: list[str] = []
    frida.page.on("console", lambda said: refused.append(said.text))
    with_a_phone(frida)
    frida.log_in().open(f"{SAFETY}nycklar/ny/")
    frida._submit(frida.page.locator("#mfa_webauthn_add"))
    frida.open(f"{SAFETY}nycklar/")
    frida.reads("Nyckel 1")
    for page in ("andra", "ta-bort"):
        row = Authenticator.objects.get(user=user, type="webauthn")
        frida.open(f"{SAFETY}nycklar/{row.pk}/{page}/")
    frida.open("/logga-in/extra-steg/nyckel/")
    frida.press("Logga ut")
    frida.open("/logga-in/?next=/handledare/")
    frida._submit(frida.page.locator("#passkey_login"))
    assert frida.at == "/handledare/"
    assert (frida.faults, frida.foreign, refused) == ([], [], [])
    frida.context.close()
