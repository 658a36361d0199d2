"""In production whoever works here comes in by a code and an app, whatever the environment says."""

import re
import time

import pytest

from tests.prodlike import Site
from tests.regai.window import Window, led_to
from tests.second_factor import code_of

pytestmark = pytest.mark.postgresql

WHO = "stina@example.org"
DESK, STEP, SAFETY = "/samordna/", "/logga-in/extra-steg/", "/logga-in/sakerhet/"
CODE = re.compile(r"^[A-Z]{4}-[A-Z]{4}$", re.MULTILINE)
ARRIVES_WITHIN_SECONDS = 30


def code_for(site: Site, address: str, *, after: int) -> str:
    """Return the code in the letter that has come to ``address`` since there were ``after``."""
    until = time.monotonic() + ARRIVES_WITHIN_SECONDS
    while time.monotonic() < until:
        for letter in site.letters[after:]:
            if f"To: {address}" in letter and (found := CODE.search(letter)):
                return found.group()
        time.sleep(0.1)
    raise AssertionError(f"no code has come to {address}: {site.said}")


def log_in(site: Site, window: Window, wanted: str) -> str:
    """Log in by a code; return where one is led."""
    before = len(site.letters)
    window.open(f"/logga-in/?next={wanted}")
    window.send(f"/logga-in/?next={wanted}", email=WHO)
    code = code_for(site, WHO, after=before)
    return led_to(window.send(f"/logga-in/kod/?next={wanted}", code=code))


def test_staff_set_up_an_app_and_then_need_it(site: Site) -> None:
    site.run("make_staff", WHO, "--name", "Stina Stab", "--role", "coordinator")
    window = Window(site)
    assert log_in(site, window, DESK) == DESK
    for path in (DESK, "/min-sida/", "/samordna/personer/", "/samordna/personer/personer.csv"):
        assert led_to(window.open(path)) == f"{STEP}?next={path}"
    window.open(f"{STEP}?next={DESK}")
    page = window.open(f"{SAFETY}app/").text
    secret = re.search(r"<strong[^>]*>([A-Z2-7]{32})</strong>", page)
    assert secret
    assert led_to(window.send(f"{SAFETY}app/", code=code_of(secret[1]))) == f"{SAFETY}reservkoder/"
    assert led_to(window.open(STEP)) == DESK
    assert window.open(DESK).status == 200

    again = Window(site)
    assert log_in(site, again, DESK) == f"{STEP}kod/"
    assert led_to(again.open(DESK)) == f"/logga-in/?next={DESK}"
    again.open(f"{STEP}kod/")
    assert led_to(again.send(f"{STEP}kod/", code=code_of(secret[1], later=1))) == f"{STEP}minns/"
    again.open(f"{STEP}minns/")
    assert led_to(again.send(f"{STEP}minns/", action="trust")) == DESK
    assert again.open(DESK).status == 200
    kept = {cookie.name: cookie for cookie in again.cookies}
    assert {name: cookie.secure for name, cookie in kept.items()} == dict.fromkeys(
        ("sessionid", "csrftoken", "mfa_trusted"), True
    )
    assert all(kept[name].has_nonstandard_attr("HttpOnly") for name in ("sessionid", "mfa_trusted"))


def test_the_environment_cannot_turn_it_off(site: Site) -> None:
    off = Site(site.folder, {**site.env, "REGAI_STAFF_SECOND_FACTOR": "0"}, {})
    said = off.run(
        "shell",
        "-v",
        "0",
        "-c",
        "from django.conf import settings as s; print(s.STAFF_SECOND_FACTOR)",
    )
    assert said.stdout.strip() == "True"
