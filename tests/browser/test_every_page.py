"""Every page that anybody can reach, as each role, in both languages, in a real browser.

The pages are found by their links in the example region; nobody names them. What a walk does not
reach is tried with the numbers that it met on the way, so that a page which waits for its hour is
looked at too. A page that nobody reaches at all must be in ``NOT_REACHED``, with its reason.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request

from regai.example import people
from regai.example.people import Somebody
from tests.browser.crawling import Door, Mark, Seen, Walk, gates
from tests.browser.example_site import ExampleSite, example_site
from tests.browser.looking import NARROW, Eyes, width_faults_of
from tests.browser.tongues import Tongues

NOBODY = "anonymous"
ROLES: dict[str, Somebody | None] = {
    NOBODY: None,
    "participant": people.VOTER,
    "participant who pays": people.PAYER,
    "company contact": people.CONTACT,
    "coach": people.COACH,
    "facilitator": people.FACILITATORS["umea"],
    "coordinator": people.COORDINATOR,
    "aid officer": people.AID_OFFICER,
    "auditor": people.AUDITOR,
    "data protection officer": people.DATA_PROTECTION,
    "operator": people.OPERATOR,
}
LANGUAGES = ("sv", "en")
# Where somebody without a log-in begins: the front page, the letters, and what only a post shows.
STARTS = ("/", "/brevladan/", "/brevladan/logga-in/", "/stil/", "/anmalan/tack/")
# Answered with an error page, to whom.
REFUSED = {"/finns-inte/": NOBODY, "/samordna/": "participant", "/intyg/fel/": NOBODY}
OF_THE_STEP = "comes with a second factor; test_second_factor.py looks at it"
OF_AN_EMPLOYER = "is there where an employer's log-in is set"
# What no walk need come to, and why. Whatever else nobody reaches is a page without a way to it.
NOT_REACHED = {
    "avgift/foretag/<int:fee_id>/": "waits for a company's answer; test_fees.py looks at it",
    "grupp/<int:cohort_id>/kursbevis/fil/": "a file",
    "handledare/grupper/<int:cohort_id>/kursbevis/<int:proof_id>/fil/": "a file",
    "incheckning/<str:code>/": "is read at the table; test_meetings.py looks at it",
    "logga-in/arbetsgivare/": OF_AN_EMPLOYER,
    "logga-in/arbetsgivare/svar/": OF_AN_EMPLOYER,
    "logga-in/extra-steg/igen/": OF_THE_STEP,
    "logga-in/extra-steg/nyckel/": OF_THE_STEP,
    "logga-in/sakerhet/app/ta-bort/": OF_THE_STEP,
    "logga-in/sakerhet/nycklar/<int:pk>/andra/": OF_THE_STEP,
    "logga-in/sakerhet/nycklar/<int:pk>/ta-bort/": OF_THE_STEP,
    "logga-in/sakerhet/reservkoder/": OF_THE_STEP,
    "logga-in/sakerhet/reservkoder/hamta/": OF_THE_STEP,
    "stod/papper/<int:paper_id>/": "a file",
    "kalender/<str:token>/traffar.ics": "a file for calendar programs; a post makes its link",
    "traff/<int:meeting_id>/svar/<str:token>/": "stands in letters about meetings that are near",
}


@dataclass(frozen=True, slots=True)
class Walked:
    """What everybody together has reached, and the window of each."""

    contexts: dict[str, BrowserContext]
    walks: dict[str, Walk]
    tongues: Tongues
    eyes: Eyes
    shown: dict[str, set[Mark]]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ExampleSite]:
    base = tmp_path_factory.getbasetemp()
    shared: Path = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    with example_site(shared, tmp_path_factory.mktemp("site")) as started:
        yield started


@pytest.fixture(scope="module", params=LANGUAGES)
def walked(site: ExampleSite, browser: Browser, request: pytest.FixtureRequest) -> Iterator[Walked]:
    """Let everybody walk through the site once in one language."""
    contexts, walks = {}, {}
    for role, somebody in ROLES.items():
        door = Door(site.base)
        starts, roles = [*STARTS, *site.one_letter_of_each_kind()], None
        if somebody is not None:
            starts, roles = [door.log_in(somebody.email), "/"], frozenset(somebody.roles)
        walk = Walk(door, english=request.param == "en", roles=roles)
        walks[role] = walk.go(*starts)
        contexts[role] = browser.new_context(viewport=NARROW)  # type: ignore[arg-type]  # a plain dict is meant
        contexts[role].add_cookies(
            [
                {"name": name, "value": value, "url": site.base}
                for name, value in door.cookies.items()
            ]
        )
    yield Walked(contexts, walks, Tongues(site.texts()), Eyes(), {})
    for role, context in contexts.items():
        context.close()
        walks[role].door.close()


@pytest.mark.parametrize("role", ROLES)
def test_every_page(walked: Walked, site: ExampleSite, role: str) -> None:
    walk = walked.walks[role]
    onlooker = Onlooker(walked.contexts[role].new_page(), site.base, walked)
    for seen in walk.to_look_at(walked.shown):
        onlooker.look_at(seen)
    onlooker.page.close()
    assert walk.faults + onlooker.faults == []


@pytest.mark.parametrize("path", REFUSED)
def test_every_refusal_is_a_page(walked: Walked, site: ExampleSite, path: str) -> None:
    role = REFUSED[path]
    page = walked.contexts[role].new_page()
    here = walked.walks[role].here(path)
    answer = page.goto(site.base + here)
    assert answer is not None
    assert answer.status in {200, 403, 404}
    assert page.locator("h1").count() == 1
    assert "Traceback" not in page.content()
    faults = [*walked.eyes.axe_faults_of(page), *width_faults_of(page)]
    assert [*faults, *walked.tongues.slips_on(page)] == []


def test_every_address_is_reached_by_somebody(walked: Walked) -> None:
    reached = set().union(*(walk.patterns for walk in walked.walks.values()))
    assert gates().keys() - reached <= NOT_REACHED.keys()


class Onlooker:
    """Looks at pages in one window, and notes what is wrong with them."""

    def __init__(self, page: Page, base: str, walked: Walked) -> None:
        self.page = page
        self.base = base
        self.walked = walked
        self.faults: list[str] = []
        self._heard: list[str] = []
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self._heard.append(f"a script failed: {error}"))
        page.on("request", self._note)

    def look_at(self, seen: Seen) -> None:
        """Open the page and hold it to all that every page must hold."""
        self._heard.clear()
        self.page.goto(self.base + seen.path)
        found = [
            *width_faults_of(self.page),
            *self.walked.eyes.axe_faults_of(self.page),
            *self.walked.tongues.slips_on(self.page),
            *self._heard,
        ]
        # What a page offers without scripts is in its source.
        if self.page.locator("form").count() != seen.html.count("<form"):
            found.append("has other forms with scripts than without")
        self.faults += [f"{seen.path}: {fault}" for fault in found]

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._heard.append(f"the console says: {message.text}")

    def _note(self, request: Request) -> None:
        if not request.url.startswith((self.base, "data:")):
            self._heard.append(f"asks another host: {request.url}")
