"""Voting through the pages: what is refused in a sentence, what a result of each size shows."""

import json
import re
import subprocess
import sys
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from cohorts.actions.questions import ask_cohort
from cohorts.actions.votes import void_vote
from cohorts.models import Enrolment, Hindrance, Question
from tests.aftermath import everything, read_again
from tests.cohorts.aid_world import approved
from tests.cohorts.voting_world import DAY, called, closed, rankings_in, running
from tests.factories import make_declared_aid, make_rate, make_user
from voting.management.bundling import TARGET
from voting.models import Ballot
from voting.rules import new_receipt

pytestmark = pytest.mark.django_db(transaction=True)

RECEIPT = "3467-9ACD-EFGH-JKMN-PQRT"


def words_of(response: Any) -> str:
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(unescape(text).split())


def member(ballot: Ballot, place: int = 0) -> User:
    return ballot.roll.select_related("voter").order_by("voter_id")[place].voter


def address(ballot: Ballot) -> str:
    return f"/rosta/{ballot.pk}/"


def places(ballot: Ballot, **by_title: str) -> dict[str, str]:
    keys = {option.title.removeprefix("Kurs "): option.key for option in ballot.options.all()}
    return {f"plats-{keys[title]}": place for title, place in by_title.items()}


def test_a_vote_is_previewed_with_its_receipt_then_cast_then_changed_with_it(
    client: Client,
) -> None:
    ballot = called(running())
    client.force_login(member(ballot))
    page = words_of(client.get(address(ballot)))
    assert "minst 2 av 4 röstar (50 procent)" in page
    assert ballot.seed_digest in page
    seen = client.post(address(ballot), places(ballot, A="1", B="2")).content.decode()
    found = re.search(r"data-receipt>([0-9A-Z-]{24})<", seen)
    assert found
    assert ballot.votes.count() == 0
    cast = {**places(ballot, A="1", B="2"), "receipt": found[1], "do": "cast"}
    for _ in range(2):
        assert "Din röst är lagd" in words_of(client.post(address(ballot), cast))
    changed = {**places(ballot, B="1"), "receipt": found[1].lower(), "do": "cast"}
    assert "Din röst är lagd" in words_of(client.post(address(ballot), changed))
    assert ballot.votes.get().ranking == [[ballot.options.get(title="Kurs B").key]]
    saved = client.post(address(ballot), {**cast, "do": "file"})
    assert saved.headers["Content-Disposition"] == 'attachment; filename="kvitto.txt"'
    assert saved.content.decode().splitlines()[0] == found[1]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"plats-999": "1"}, "ett val som inte finns i omröstningen"),
        ({"receipt": "fel"}, "Kvittot ska ha fem grupper med fyra tecken"),
        ({"receipt": new_receipt()}, "kvittot hör inte till någon röst här"),
        ({"receipt": "x" * 100}, "Det är något som behöver rättas"),
        ({"receipt": ""}, "Det är något som behöver rättas"),
    ],
)
def test_what_cannot_be_taken_is_said_and_the_earlier_vote_stands(
    client: Client, wrong: dict[str, str], said: str
) -> None:
    ballot = called(running())
    client.force_login(member(ballot))
    cast = {**places(ballot, A="1"), "receipt": RECEIPT, "do": "cast"}
    client.post(address(ballot), cast)
    before = everything()
    answer = client.post(address(ballot), {**cast, **places(ballot, B="2"), **wrong})
    assert said in words_of(answer)
    assert everything() == before


@pytest.mark.parametrize(
    ("state", "declared_eur", "said"),
    [
        ("", 0, "eller 0 kr om ditt företag lämnar ett de minimis-intyg"),
        ("submitted", 0, "Ditt företags de minimis-intyg är inlämnat och granskas."),
        ("approved", 0, "0 kr. Platsen räknas som stöd av mindre betydelse"),
        ("approved", 300_000, "kr exklusive moms. Företaget, tillsammans med de företag"),
    ],
)
def test_a_card_says_what_a_course_costs_this_person_today_and_why(
    client: Client, state: str, declared_eur: int, said: str
) -> None:
    make_rate(timezone.localdate())
    ballot = called(running(2), 0, 11_000)
    company = Enrolment.objects.get(user=member(ballot)).interest.company
    if state:
        certificate = approved(company, state=state, none_received=not declared_eur)
    if declared_eur:
        make_declared_aid(certificate=certificate, amount=declared_eur)
    client.force_login(member(ballot))
    page = words_of(client.get(address(ballot)))
    assert "Kostar dig i dag: 0 kr. Kursen är gratis för alla." in page
    assert said in page
    assert ("Företaget har inte lämnat något de minimis-intyg." in page) == (not state)
    client.force_login(member(ballot, 1))
    assert "eller 0 kr om ditt företag lämnar" in words_of(client.get(address(ballot)))


def test_the_same_course_twice_is_said_and_the_earlier_vote_stands(client: Client) -> None:
    ballot = called(running())
    client.force_login(member(ballot))
    (field,) = places(ballot, A="1")
    client.post(address(ballot), {field: "1", "receipt": RECEIPT, "do": "cast"})
    before = everything()
    answer = client.post(address(ballot), {field: ["1", "2"], "receipt": RECEIPT, "do": "cast"})
    assert "Samma val stod på två platser" in words_of(answer)
    assert everything() == before


def test_two_tabs_are_two_receipts_and_the_second_changes_nothing(client: Client) -> None:
    ballot = called(running())
    client.force_login(member(ballot))
    one, other = new_receipt(), new_receipt()
    form = {**places(ballot, A="1"), "do": "cast"}
    assert "Din röst är lagd" in words_of(client.post(address(ballot), {**form, "receipt": one}))
    before = everything()
    answer = client.post(address(ballot), {**form, **places(ballot, B="2"), "receipt": other})
    assert "Du har redan röstat" in words_of(answer)
    assert everything() == before


def test_a_receipt_of_somebody_else_is_no_first_vote(client: Client) -> None:
    ballot = called(running())
    (taken,) = rankings_in(ballot, "A")
    client.force_login(member(ballot, 1))
    before = everything()
    answer = client.post(address(ballot), {**places(ballot, B="1"), "receipt": taken, "do": "cast"})
    assert "Kvittot hör redan till en annan röst" in words_of(answer)
    assert everything() == before


def test_a_body_of_a_million_characters_is_refused_in_a_sentence(client: Client) -> None:
    ballot = called(running())
    client.force_login(member(ballot))
    before = everything()
    huge = {**places(ballot, A="1"), "receipt": "3" * 1_000_000, "do": "cast"}
    answer = client.post(address(ballot), huge)
    assert (answer.status_code, everything()) == (200, before)
    assert "Det är något som behöver rättas" in words_of(answer)


def test_after_the_close_and_by_a_stranger_nothing_is_taken(client: Client) -> None:
    ballot = called(running())
    rankings_in(ballot, "A", "A")
    client.force_login(make_user())
    form = {**places(ballot, A="1"), "receipt": new_receipt(), "do": "cast"}
    assert client.post(address(ballot), form).status_code == 404
    closed(ballot)
    client.force_login(member(ballot, 3))
    before = everything()
    page = words_of(client.post(address(ballot), form, follow=True))
    assert "Omröstningen har stängt" in page
    assert everything() == before


def test_before_the_opening_one_sees_the_courses_and_says_what_hinders(client: Client) -> None:
    cohort = running()
    ballot = called(cohort, opens_at=timezone.now() + DAY)
    client.force_login(cohort.enrolments.order_by("id")[0].user)
    page = words_of(client.get(address(ballot)))
    assert "Ja. Du är med i gruppen" in page
    form = {**places(ballot, A="1"), "receipt": new_receipt(), "do": "cast"}
    before = everything()
    assert "har inte öppnat än" in words_of(client.post(address(ballot), form))
    assert everything() == before
    course = ballot.rounds.order_by("id")[0].course
    told = {"course": course.pk, "kind": "language", "text": "bara engelska"}
    answer = client.post(f"{address(ballot)}hinder/", told, follow=True)
    assert "men inte att det var du" in words_of(answer)
    assert Hindrance.objects.get().course == course
    wrong = client.post(f"{address(ballot)}hinder/", {**told, "kind": "x"})
    assert "Det är något som behöver rättas" in words_of(wrong)
    client.force_login(make_user())
    assert client.get(address(ballot)).status_code == 404


@pytest.mark.parametrize(
    ("votes", "shows", "hides"),
    [
        (4, ["Kurs A är vald", "bara det som vann visas"], ["Hela ordningen", "Visa hur"]),
        (
            9,
            ["Kurs A är vald", "Hela ordningen", "inga siffror"],
            ["Visa hur", "Två och två", "står lika"],
        ),
        (
            10,
            ["Kurs A vinner mot alla andra, en mot en", "Två och två", "Steg för steg"],
            ["inga siffror"],
        ),
    ],
)
def test_a_result_shows_what_a_vote_of_its_size_may_show_to_all_alike(
    client: Client, votes: int, shows: list[str], hides: list[str]
) -> None:
    cohort = running(votes)
    ballot = called(cohort)
    receipts = rankings_in(ballot, *["A B C"] * (votes - 1), "B A")
    closed(ballot)
    for reader in (member(ballot), cohort.facilitator, make_user(role="coordinator")):
        client.force_login(reader)
        page = words_of(client.get(f"{address(ballot)}resultat/"))
        assert [text for text in shows if text not in page] == []
        assert [text for text in hides if text in page] == []
        files = {
            name: client.get(f"{address(ballot)}resultat/{name}").status_code
            for name in ("kvitton.txt", "kvitton-och-roster.csv", "roster.jsonl", "resultat.json")
        }
        full = 200 if votes >= 10 else 404
        assert list(files.values()) == [200, 404, full, full]
    client.force_login(member(ballot))
    for receipt, said in ((receipts[0], "Ja, en röst"), (new_receipt(), "Nej, ingen räknad")):
        page = words_of(client.post(f"{address(ballot)}resultat/", {"receipt": receipt}))
        assert said in page


def test_a_published_count_is_counted_again_and_a_changed_line_is_noticed(
    client: Client, tmp_path: Path
) -> None:
    ballot = called(running(12))
    receipts = rankings_in(ballot, *["A B C"] * 6, *["B CA"] * 5, "")
    closed(ballot)
    client.force_login(member(ballot))
    for name in ("kvitton.txt", "roster.jsonl", "resultat.json", "roster.csv", "roster.toc"):
        answer = client.get(f"{address(ballot)}resultat/{name}")
        assert answer.status_code == 200
        (tmp_path / name).write_bytes(answer.content)
    strict = client.get(f"{address(ballot)}resultat/roster.soi")
    assert (strict.status_code, "delar plats" in strict.content.decode()) == (422, True)

    def recount(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-S", "-I", str(TARGET), *words]
        return subprocess.run(  # noqa: S603 -- our own file
            command, capture_output=True, text=True, check=False, cwd=tmp_path
        )

    ran = recount("roster.jsonl", "resultat.json")
    assert (ran.returncode, ran.stderr.count("agrees with what was published")) == (0, 3)
    said = json.loads((tmp_path / "resultat.json").read_text(encoding="utf-8"))
    assert json.loads(ran.stdout)["results"] == [said["result"]]
    found = [recount("kvitton.txt", "--receipt", r).returncode for r in (receipts[0], RECEIPT)]
    assert found == [0, 1]
    lines = (tmp_path / "roster.jsonl").read_text(encoding="utf-8")
    (tmp_path / "roster.jsonl").write_text(lines.replace('"count":6', '"count":7'))
    changed = recount("roster.jsonl", "resultat.json")
    assert changed.returncode == 1
    assert "digest of the ballots: DOES NOT MATCH" in changed.stderr


def test_an_open_count_shows_receipt_beside_ranking_however_few_vote(client: Client) -> None:
    ballot = called(running(3), is_open_count=True)
    rankings_in(ballot, "A", "B A", "A B")
    closed(ballot)
    client.force_login(member(ballot))
    assert "Visa hur" in words_of(client.get(f"{address(ballot)}resultat/"))
    beside = client.get(f"{address(ballot)}resultat/kvitton-och-roster.csv").content.decode()
    assert sorted(line.split(",")[1] for line in beside.splitlines()[1:]) == [
        "Kurs A",
        "Kurs A > Kurs B",
        "Kurs B > Kurs A",
    ]


def test_an_advisory_result_and_one_called_off_say_so(client: Client) -> None:
    cohort = running(5)
    ballot = called(cohort)
    rankings_in(ballot, "A")
    closed(ballot)
    client.force_login(member(ballot))
    assert "bara rådgivande: 1 av 5 röstade" in words_of(client.get(f"{address(ballot)}resultat/"))
    other = called(cohort)
    void_vote(ballot_id=other.pk, why="Fel kurser.", by=cohort.facilitator, now=timezone.now())
    page = words_of(client.get(f"{address(other)}resultat/"))
    assert "Omröstningen är avbruten" in page
    assert "Skälet: Fel kurser." in page


def test_a_show_of_hands_is_ticked_and_told_as_its_size_allows(client: Client) -> None:
    cohort, now = running(10), timezone.now()
    asked = ask_cohort(
        cohort_id=cohort.pk,
        question="Var äter vi lunch?",
        answers=["Pizzerian", "Lunchrestaurangen", "Matlådor"],
        closes_at=now + DAY,
        by=cohort.facilitator,
        now=now,
    )
    assert isinstance(asked, Question)
    ballot = asked.ballot
    for place in range(10):
        client.force_login(member(ballot, place))
        assert "Var äter vi lunch?" in words_of(client.get(f"/grupp/{cohort.pk}/"))
        ticks = {"plats-1": "on"} if place < 6 else {"plats-2": "on", "plats-1": "on"}
        form = {**ticks, "receipt": new_receipt(), "do": "cast"}
        assert "Din röst är lagd" in words_of(client.post(address(ballot), form))
    closed(read_again(ballot))
    page = words_of(client.get(f"{address(ballot)}resultat/"))
    assert "Svaret blev Pizzerian" in page
    assert "Pizzerian: 10" in page
    assert "Lunchrestaurangen: 4" in page
