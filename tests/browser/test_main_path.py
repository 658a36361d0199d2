"""The main path in a real browser: in both languages, with and without JavaScript.

Every page that is met on the way is also looked at by axe (WCAG 2.2 A and AA), and held against a
window 320 px wide: nothing scrolls sideways. No request leaves for another host.
"""

import pytest
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from tests.browser.surfer import Surfer
from tests.journeys.main_path import MainPath
from tests.journeys.world import prepare

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
def test_the_main_path_in_a_browser(
    live_server: LiveServer,
    browser: Browser,
    settings: object,
    language: str,
    scripts: bool,
) -> None:
    settings.SITE_URL = live_server.url  # type: ignore[attr-defined]  # pytest-django's wrapper
    prepare()
    surfers: list[Surfer] = []

    def somebody(email: str, *, prefix: str) -> Surfer:
        surfers.append(Surfer(browser, live_server.url, email, scripts=scripts, prefix=prefix))
        return surfers[-1]

    MainPath(somebody, language).walk()

    assert [fault for surfer in surfers for fault in surfer.faults] == []
    assert [request for surfer in surfers for request in surfer.foreign] == []
    for surfer in surfers:
        surfer.context.close()
