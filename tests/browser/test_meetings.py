"""The life of one meeting in a real browser, on a phone: from the letter to the lock.

Answered from the letter without logging in, checked in to by the code, marked with taps on a bad
network, ended with a letter to who was away, locked, corrected with a reason. Every page that is
met is looked at by axe and at 320 px.
"""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone, translation
from django.utils.translation import gettext
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from accounts.rules import Role
from cohorts.actions.meetings import remind_of_meetings
from cohorts.emails.codes import check_in_address
from cohorts.models import Cohort, Enrolment, Meeting, Participation, Presence
from cohorts.rules import CohortState, MeetingState, ParticipationState
from tests.browser.surfer import Surfer
from tests.factories import make_cohort, make_enrolment, make_interest, make_meeting, make_user
from tests.journeys.letters import latest_to, links_in, post

pytestmark = pytest.mark.django_db(transaction=True)

NAMES = ("Anna Åström", "Bo Öberg", "Cia Ek")
SOON = timedelta(minutes=20)


class Day:
    """The people of one meeting, and what they do."""

    def __init__(self, browser: Browser, base: str, *, language: str, scripts: bool) -> None:
        self.language, self.scripts = language, scripts
        self.prefix = "/en" if language == "en" else ""
        self.browser, self.base = browser, base
        self.surfers: list[Surfer] = []
        frida = make_user(email="frida@example.org", name="Frida Falk", role=Role.FACILITATOR)
        self.cohort: Cohort = make_cohort(
            facilitator=frida, state=CohortState.RUNNING, round_state="running"
        )
        self.round = self.cohort.rounds.get()
        self.seats = [self._seat(name) for name in NAMES]
        self.meeting: Meeting = make_meeting(
            round=self.round, starts_at=timezone.now() + SOON, revised_at=timezone.now()
        )

    def _seat(self, name: str) -> Enrolment:
        email = f"{name.split(maxsplit=1)[0].lower()}@example.org"
        seat = make_enrolment(
            cohort=self.cohort,
            interest=make_interest(name=name, email=email, language=self.language),
            user=make_user(email=email, name=name, language=self.language),
        )
        Participation.objects.create(
            round=self.round, enrolment=seat, state=ParticipationState.NOT_STARTED
        )
        return seat

    def t(self, text: str, **words: object) -> str:
        with translation.override(self.language):
            said = gettext(text)
        return said % words if words else said

    def somebody(self, email: str = "") -> Surfer:
        surfer = Surfer(self.browser, self.base, email, scripts=self.scripts, prefix=self.prefix)
        self.surfers.append(surfer)
        return surfer

    def moved(self, **to: Any) -> None:
        """Let time pass for the meeting."""
        Meeting.objects.filter(pk=self.meeting.pk).update(**to)

    def desk(self, page: str = "") -> str:
        return f"{self.prefix}/handledare/traffar/{self.meeting.pk}/{page}"

    def answer_from_the_letter(self) -> None:
        self.moved(revised_at=timezone.now() - timedelta(days=9))
        remind_of_meetings(now=timezone.now())
        post(timezone.now())
        letter = latest_to("anna@example.org", "")
        (link,) = [path for path in links_in(letter) if "/svar/" in path]
        anna = self.somebody().open(link)
        anna.press(self.t("Spara svaret"), answer="on_site")
        anna.reads(self.t("Tack! Ditt svar är sparat. Du kan ändra det till starten."))

    def check_in_by_code(self, leader: Surfer) -> None:
        leader.open(self.desk("kod/"))
        path = check_in_address(self.meeting).removeprefix(self.base)
        bo = self.somebody("bo@example.org").log_in().open(self.prefix + path)
        bo.press(self.t("Jag är här"))
        bo.reads(self.t("Du är incheckad"))
        stranger_path = path.replace("/incheckning/", "/incheckning/9")
        bo.page.goto(self.base + self.prefix + stranger_path)
        bo.reads(self.t("Länken går inte att använda"))

    def tap(self, leader: Surfer) -> None:
        """Mark Anna as there; with scripts the network goes away in between."""
        leader.open(self.desk())
        anna = f"m{self.seats[0].pk}"
        if not self.scripts:
            leader.press(self.t("Spara närvaron"), **{anna: "ja"})
            return
        row = leader.page.locator("[data-tap]").filter(has_text=NAMES[0])
        said = row.locator("[data-tap-said]")
        leader.context.set_offline(True)
        row.get_by_label(self.t("Var med"), exact=True).check(force=True)
        expect(said).to_have_text(self.t("Väntar på nätet"))
        assert Presence.objects.filter(enrolment=self.seats[0], was_there=True).count() == 0
        leader.context.set_offline(False)
        expect(said).to_have_text(self.t("Sparat"), timeout=20_000)
        expect(leader.page.get_by_role("status")).to_have_text(self.t("Allt är sparat."))

    def end(self, leader: Surfer) -> None:
        leader.open(self.desk("avsluta/"))
        cia = {f"m{self.seats[2].pk}": "nej"}
        leader.press(self.t("Avsluta träffen"), note="Vi pratade om vikter.", **cia)
        leader.reads("Vi pratade om vikter.")
        post(timezone.now())
        assert "Vi pratade om vikter." in str(latest_to("cia@example.org", "").body)

    def lock_and_correct(self, leader: Surfer) -> None:
        self.moved(starts_at=timezone.now() - timedelta(days=15))
        leader.open(self.desk())
        leader.follow(self.t("Se rättelser och rätta närvaron"))
        member = {"member": str(self.seats[2].pk), "was_there": "ja"}
        leader.press(self.t("Rätta"), why="Kom sent", **member)
        leader.reads(self.t("Närvaron är rättad."), "Kom sent")


@pytest.mark.parametrize(
    ("language", "scripts"),
    [("sv", True), ("en", True), ("sv", False)],
    ids=["swedish", "english", "without-scripts"],
)
def test_the_life_of_a_meeting_in_a_browser(
    live_server: LiveServer, browser: Browser, settings: Any, language: str, *, scripts: bool
) -> None:
    settings.SITE_URL = live_server.url
    day = Day(browser, live_server.url, language=language, scripts=scripts)
    day.answer_from_the_letter()
    leader = day.somebody("frida@example.org").log_in()
    day.check_in_by_code(leader)
    day.moved(starts_at=timezone.now() - timedelta(minutes=5))
    day.tap(leader)
    day.end(leader)
    marks = Presence.objects.order_by("enrolment").values_list("was_there", "is_self_marked")
    assert list(marks) == [(True, False), (True, True), (False, False)]
    assert Meeting.objects.get().state == MeetingState.CLOSED
    day.lock_and_correct(leader)

    assert [fault for surfer in day.surfers for fault in surfer.faults] == []
    assert [request for surfer in day.surfers for request in surfer.foreign] == []
    for surfer in day.surfers:
        surfer.context.close()


def test_calendars_and_certificates_have_accessible_pages(
    live_server: LiveServer, browser: Browser, settings: Any
) -> None:
    settings.SITE_URL = live_server.url
    day = Day(browser, live_server.url, language="sv", scripts=True)
    anna = day.somebody("anna@example.org").log_in()
    anna.open("/min-sida/kalender/").press("Gör en adress")
    anna.reads("Kopiera adressen nu. Den visas bara den här gången.")
    group = f"/grupp/{day.cohort.pk}/"
    anna.open(f"{group}behov/").press("Spara", needs="Hörslinga")
    anna.open(group).press("Påminn mig om det blir uppehåll")
    anna.open(f"{group}kursbevis/").press("Lämna kursbeviset")
    anna.reads("Lämna en fil eller skriv en länk. Ingenting sparades.")
    anna.press("Lämna kursbeviset", link="https://example.org/bevis")
    frida = day.somebody("frida@example.org").log_in()
    desk = f"/handledare/grupper/{day.cohort.pk}/kursbevis/"
    frida.open(desk).follow(NAMES[0])
    frida.press("Intyga att personen är klar")
    frida.open(day.desk("bord/")).press("Spara", seats="1")
    frida.reads("Bordet har 1 plats.")
    assert [fault for surfer in day.surfers for fault in surfer.faults] == []
    for surfer in day.surfers:
        surfer.context.close()
