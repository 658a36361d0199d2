"""A coordinator plans in a real browser: forms, plans, falls ill, repairs, goes digital.

With JavaScript in Swedish, without it in English; axe looks at every page that is met.
"""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.utils import timezone, translation
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from accounts.rules import Role
from cohorts.actions.plan_jobs import make_waiting_plans
from cohorts.models import Cohort, Forming, Meeting, PlanJob, Room
from cohorts.planning.closed import closed_days
from cohorts.rules import MeetingState
from tests.browser.surfer import Surfer
from tests.factories import (
    make_company,
    make_course,
    make_interest,
    make_place,
    make_programme,
    make_user,
)

pytestmark = pytest.mark.django_db(transaction=True)

WHO = "samordnare@example.org"
TIMES = (["1-lunch"], ["1-lunch", "3-lunch"], ["3-lunch", "2-morning"])
TOWNS = (("umea",), ("umea", "digital"), ("skelleftea", "umea"))


def sixty_who_wait() -> None:
    """Write sixty interests of twenty companies, three towns and three times."""
    companies = [make_company() for _ in range(20)]
    for number in range(60):
        make_interest(
            company=companies[number % 20],
            places=TOWNS[number % 3],
            times=TIMES[number // 3 % 3],
        )


def open_day() -> date:
    """Return a day in ten weeks around which many weeks have no holiday."""
    day = timezone.localdate() + timedelta(weeks=6)
    while closed_days(day, day + timedelta(weeks=9)):
        day += timedelta(weeks=1)
    return day


@pytest.mark.parametrize(
    ("language", "scripts"), [("sv", True), ("en", False)], ids=["with-scripts", "without-scripts"]
)
def test_form_plan_fall_ill_repair_and_make_digital(
    live_server: LiveServer, browser: Browser, settings: object, language: str, scripts: bool
) -> None:
    settings.SITE_URL = live_server.url  # type: ignore[attr-defined]  # pytest-django's wrapper
    for code in ("umea", "skelleftea", "mala", "digital"):
        make_place(code)
    make_programme()
    make_course(title="Elements of AI")
    user = make_user(role=Role.COORDINATOR, email=WHO, language=language)
    Room.objects.create(place=make_place(), name="Älven", seats=30, is_step_free=True)
    sixty_who_wait()
    prefix = "" if language == "sv" else "/en"
    surfer = Surfer(browser, live_server.url, WHO, scripts=scripts, prefix=prefix).log_in()

    def said(text: str) -> str:
        with translation.override(language):
            return translation.gettext(text)

    _form(surfer, prefix, said)
    cohort = Cohort.objects.get()
    _plan(surfer, prefix, said, cohort, scripts=scripts)
    _fall_ill(surfer, prefix, said, cohort)
    _make_digital(surfer, prefix, said)
    _plan_together(surfer, prefix, said, cohort)
    for page in ("handledare/tider", "samordna/handledare", "samordna/lokaler", "samordna/lov"):
        surfer.open(f"{prefix}/{page}/")
    surfer.open(f"{prefix}/samordna/handledare/{user.pk}/")
    surfer.open(f"{prefix}/samordna/lokaler/{Room.objects.get().pk}/")

    assert (surfer.faults, surfer.foreign) == ([], [])
    surfer.context.close()


Words = Callable[[str], str]


def _form(surfer: Surfer, prefix: str, said: Words) -> None:
    surfer.open(f"{prefix}/samordna/forslag/").press(said("Räkna ut grupper och spara som utkast"))
    draft = Forming.objects.get()
    assert draft.answer["placed"] >= 48
    surfer.press(said("Räkna igen och behåll de förkryssade"), grupp="0")
    surfer.reads(said("Förslaget är räknat på nytt med dem du valde att behålla."))
    surfer.follow(said("Öppna gruppen med de här personerna"))
    surfer.press(said("Öppna gruppen"), starts_on=open_day().isoformat())
    surfer.reads(said("Gruppen är öppnad. Nu kan du ta fram förslag på personer."))


def _plan(surfer: Surfer, prefix: str, said: Words, cohort: Cohort, *, scripts: bool) -> None:
    page = f"{prefix}/handledare/grupper/{cohort.pk}/traffar/"
    surfer.open(f"{page}?many=3&first_on={open_day()}&fler=1")
    surfer.reads(said("Fler förslag"))
    if scripts:
        _drag(surfer, said)
        surfer.open(f"{page}?many=3&first_on={open_day()}&fler=1")
    surfer.press(said("Kontrollera dagarna"))
    surfer.reads(said("Dagarna går att spara: ingen regel är bruten."))
    surfer.press(said("Spara träffarna"))
    assert Meeting.objects.filter(state=MeetingState.SCHEDULED).count() == 3


def _drag(surfer: Surfer, said: Words) -> None:
    """Drag the second meeting to the day after the first, and hear at once of the rhythm."""
    page = surfer.page
    page.get_by_text(said("Visa förslaget som kalender")).click()
    first = date.fromisoformat(page.locator("#id_rad-0-on").input_value())
    to = first + timedelta(days=1)
    mark = page.locator('[data-meeting="1"]')
    mark.hover()
    page.mouse.down()
    page.locator(f'[data-day="{to}"]').hover()
    page.mouse.up()
    assert page.locator("#id_rad-1-on").input_value() == to.isoformat()
    assert page.locator(f'[data-day="{to}"] [data-meeting="1"]').count() == 1
    page.locator("#checked li").first.wait_for()
    surfer.reads(said("Ny träff %(number)s, %(label)s").split("%")[0])


def _fall_ill(surfer: Surfer, prefix: str, said: Words, cohort: Cohort) -> None:
    first = Meeting.objects.order_by("starts_at")[0]
    day = timezone.localdate(first.starts_at)
    week = {"first_on": day.isoformat(), "last_on": (day + timedelta(days=6)).isoformat()}
    surfer.open(f"{prefix}/handledare/borta/").press(said("Visa träffarna"), **week)
    surfer.reads(cohort.name)
    surfer.press(said("Gör så här och spara frånvaron"))
    first.refresh_from_db()
    assert timezone.localdate(first.starts_at) > day + timedelta(days=6)


def _make_digital(surfer: Surfer, prefix: str, said: Words) -> None:
    last = Meeting.objects.order_by("-starts_at")[0]
    surfer.open(f"{prefix}/handledare/traffar/{last.pk}/vikarie/")
    surfer.open(f"{prefix}/handledare/traffar/{last.pk}/digital/")
    told = {"join_link": "https://example.org/rum", "dial_in": "+46 90 000 00"}
    surfer.press(said("Gör träffen digital"), **told)
    last.refresh_from_db()
    assert (last.place_id, last.dial_in) == ("digital", told["dial_in"])


def _plan_together(surfer: Surfer, prefix: str, said: Words, cohort: Cohort) -> None:
    [round_] = cohort.rounds.all()
    told = {"first_on": open_day().isoformat(), f"r{round_.pk}": "1"}
    surfer.open(f"{prefix}/samordna/planering/").press(said("Planera tillsammans"), **told)
    surfer.reads(said("Se efter nu"))
    assert make_waiting_plans(clock=timezone.now) == 1
    surfer.open(f"{prefix}/samordna/planering/{PlanJob.objects.get().pk}/")
    surfer.press(said("Spara alla träffarna och skicka brev"))
    assert Meeting.objects.filter(state=MeetingState.SCHEDULED).count() == 4
