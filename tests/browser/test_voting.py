"""Voting in a real browser, 390 px wide: by mouse, by keys alone, without scripts; and recounted.

Each page that is met is looked at by axe, and held against a window 320 px wide.
"""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from cohorts.actions.votes import close_votes
from tests.browser.surfer import Surfer
from tests.cohorts.voting_world import DAY, called, rankings_in, running
from voting.models import Ballot
from voting.rules import Ranking

pytestmark = pytest.mark.django_db(transaction=True)

RECEIPT = re.compile(r"\b[0-9A-Z]{4}(?:-[0-9A-Z]{4}){4}\b")
VOTERS = 12


@pytest.fixture
def ballot() -> Ballot:
    """An open vote on three courses in which all but the first on the roll have voted."""
    made = called(running(VOTERS))
    first = made.roll.order_by("voter_id")[0]
    receipts = rankings_in(made, *["A B"] * VOTERS)
    assert len(receipts) == VOTERS
    made.votes.order_by("id")[0].delete()
    made.roll.filter(pk=first.pk).update(has_voted=False)
    return made


def voter_in(ballot: Ballot) -> User:
    """Return the one who has not voted."""
    return ballot.roll.select_related("voter").get(has_voted=False).voter


def logged_in(surfer: Surfer, user: User) -> Surfer:
    """Give the browser the session of somebody who has logged in."""
    client = Client()
    client.force_login(user)
    cookies = [
        {"name": name, "value": one.value, "url": surfer.base}
        for name, one in client.cookies.items()
    ]
    surfer.context.add_cookies(cookies)  # type: ignore[arg-type]  # plain dicts are meant
    return surfer


def places(ballot: Ballot, **by_title: str) -> dict[str, str]:
    keys = {option.title.removeprefix("Kurs "): option.key for option in ballot.options.all()}
    return {f"plats-{keys[title]}": place for title, place in by_title.items()}


def receipt_on(page: Page) -> str:
    found = RECEIPT.search(page.locator("[data-receipt]").text_content() or "")
    assert found
    return found.group()


def ranking_of(ballot: Ballot, title: str) -> Ranking:
    return [[ballot.options.get(title=f"Kurs {title}").key]]


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
def test_vote_change_close_verify_download_and_recount(
    live_server: LiveServer, browser: Browser, ballot: Ballot, tmp_path: Path, *, scripts: bool
) -> None:
    anna = logged_in(Surfer(browser, live_server.url, scripts=scripts), voter_in(ballot))
    address = f"/rosta/{ballot.pk}/"
    anna.open(address).press("Granska din röst", **places(ballot, A="1"))
    receipt = receipt_on(anna.page)
    assert ballot.votes.count() == VOTERS - 1
    with anna.page.expect_download() as file:
        anna.page.get_by_role("button", name="Spara kvittot som fil").click()
    assert Path(file.value.path()).read_text(encoding="utf-8").startswith(receipt)
    anna.press("Rösta")
    anna.reads("Din röst är lagd", receipt)
    anna.follow("Ändra rösten")
    anna.press("Granska din röst", receipt=receipt, **places(ballot, B="1", A=""))
    anna.press("Rösta")
    assert list(ballot.votes.values_list("ranking", flat=True)).count(ranking_of(ballot, "B")) == 1
    close_votes(now=ballot.closes_at)
    anna.open(f"{address}resultat/")
    anna.reads("Kurs A vinner mot alla andra, en mot en.", "12 av 12 röstade.")
    anna.press("Kontrollera", receipt=receipt)
    anna.reads("Ja, en röst med det kvittot är räknad.")
    for box in anna.page.locator("details > summary").all():
        box.click()
    for name in ("roster.jsonl", "resultat.json", "kvitton.txt", "recount.py"):
        with anna.page.expect_download() as got:
            anna.page.get_by_role("link", name=name, exact=True).click()
        got.value.save_as(tmp_path / name)
    for words in (["roster.jsonl", "resultat.json"], ["kvitton.txt", "--receipt", receipt]):
        ran = subprocess.run(  # noqa: S603 -- our own file, as downloaded
            [sys.executable, "-S", "-I", "recount.py", *words],
            capture_output=True,
            text=True,
            check=False,
            cwd=tmp_path,
        )
        assert ran.returncode == 0, ran.stderr
    assert (anna.faults, anna.foreign) == ([], [])
    anna.context.close()


def test_by_keys_alone_a_move_is_announced_and_keeps_the_focus(
    live_server: LiveServer, browser: Browser, ballot: Ballot
) -> None:
    anna = logged_in(Surfer(browser, live_server.url, scripts=True), voter_in(ballot))
    page = anna.open(f"/rosta/{ballot.pk}/").page
    order = page.locator("[data-ranking] > li").evaluate_all("all => all.map(o => o.dataset.title)")
    up = page.get_by_role("button", name=f"Flytta upp {order[1]}")
    up.focus()
    page.keyboard.press("Enter")
    told = page.locator("[data-told]")
    assert told.text_content() == f"{order[1]}: plats 1 av {len(order)}"
    assert page.evaluate("document.activeElement.textContent") == f"Flytta upp {order[1]}"
    page.get_by_role("button", name=f"Flytta upp {order[0]}").focus()
    page.keyboard.press("Space")
    assert told.text_content() == f"{order[0]}: plats 2 av {len(order)}"
    page.keyboard.press("Enter")
    assert told.text_content() == f"{order[0]}: plats 1 av {len(order)}"
    tab_to(page, "Granska din röst")
    page.keyboard.press("Enter")
    page.wait_for_selector("h1:has-text('Stämmer din röst?')")
    listed = page.locator("main ol li").all_text_contents()
    assert [text.strip() for text in listed] == [order[0], order[1]]
    tab_to(page, "Rösta")
    page.keyboard.press("Enter")
    page.wait_for_selector("h1:has-text('Din röst är lagd')")
    receipt = receipt_on(page)
    anna.follow("Ändra rösten")
    again = page.locator("[data-ranking] > li").evaluate_all("all => all.map(o => o.dataset.title)")
    assert again == order
    assert page.locator("input[name=receipt]").input_value() == receipt
    assert anna.faults == []
    anna.context.close()


def test_before_the_opening_one_tells_without_a_name_what_hinders(
    live_server: LiveServer, browser: Browser
) -> None:
    cohort = running(2)
    ballot = called(cohort, opens_at=timezone.now() + DAY)
    anna = Surfer(browser, live_server.url, scripts=True)
    logged_in(anna, cohort.enrolments.order_by("id")[0].user).open(f"/rosta/{ballot.pk}/")
    anna.reads("Får jag rösta?")
    course = ballot.rounds.order_by("id")[0].course_id
    anna.press("Säg till utan namn", course=course, kind="language", text="Bara engelska.")
    anna.reads("Handledaren ser vad du skrev, men inte att det var du.")
    assert cohort.hindrances.get().text == "Bara engelska."
    assert (anna.faults, anna.foreign) == ([], [])
    anna.context.close()


def tab_to(page: Page, name: str) -> None:
    """Press the tab key until a button with that name has the focus."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if (page.evaluate("document.activeElement.textContent") or "").strip() == name:
            return
    raise AssertionError(f"no button {name!r} can be reached by keys")
