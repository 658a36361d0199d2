"""Letters as coordinators see them: found, filtered, taken out, read, sent again."""

import csv
import io
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.utils import timezone

from accounts.rules import Role
from outbox.links import page
from outbox.models import Message
from outbox.rules import LetterState
from tests.aftermath import read_again
from tests.cohorts.staff_world import log_in, read, send

pytestmark = pytest.mark.django_db(transaction=True)

PAGE = "/samordna/brev/"


@pytest.fixture(autouse=True)
def _coordinator(client: Client) -> None:
    log_in(client, Role.COORDINATOR)


def letter(**fields: Any) -> Message:
    now = timezone.now()
    ended = None if fields.get("state") == LetterState.WAITING else now
    return Message.objects.create(
        **{
            "key": f"x/{Message.objects.count()}",
            "about": "interest/1",
            "to": "anna@example.org",
            "language": "sv",
            "subject": "Du är inbjuden",
            "text": "Hej Anna!\n\nSvara här: [[svara]]",
            "links": {"svara": page("/inbjudan/x/").stored()},
            "state": LetterState.SENT,
            "queued_at": now,
            "next_try_at": now,
            "ended_at": ended,
            **fields,
        }
    )


def test_letters_are_found_by_address_and_subject_and_one_hit_is_shown(client: Client) -> None:
    one = letter()
    letter(to="bo@example.org", subject="Kvitto")
    letter(to="bo@example.org", subject="Påminnelse")
    assert client.get(PAGE, {"q": "anna@"})["Location"] == f"{PAGE}{one.pk}/"
    said = read(client, PAGE, q="bo@")
    assert ("2 brev" in said, "Du är inbjuden" in said) == (True, False)
    assert "Inget brev stämmer med filtret" in read(client, PAGE, q="ingen@")


def test_letters_that_did_not_arrive_are_told_apart_in_words(client: Client) -> None:
    letter(state=LetterState.GIVEN_UP, last_fault="refused 550", tries=1)
    letter(to="bo@example.org")
    said = read(client, PAGE, state="given_up")
    assert "1 brev" in said
    assert "kom inte fram Mottagarens server tar inte emot brev till adressen." in said


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("refused 550", "Mottagarens server tar inte emot brev till adressen."),
        ("refused 450", "Mottagarens server kunde inte ta emot brevet just då."),
        ("sender refused 550", "E-postservern tar inte emot brev från oss."),
        ("SMTPAuthenticationError", "E-postservern tar inte emot brev från oss."),
        ("TimeoutError", "E-postservern svarade inte."),
    ],
)
def test_a_letter_says_what_happened_and_is_sent_again(
    client: Client, fault: str, words: str
) -> None:
    lost = letter(state=LetterState.GIVEN_UP, last_fault=fault, tries=8)
    assert words in read(client, f"{PAGE}{lost.pk}/")
    assert "Brevet står i kö igen" in send(client, f"{PAGE}{lost.pk}/igen/")
    assert read_again(lost).state == LetterState.WAITING
    assert "Ingenting ändrades" in send(client, f"{PAGE}{lost.pk}/igen/")


def test_the_links_of_a_letter_are_its_receivers_own(client: Client) -> None:
    said = read(client, f"{PAGE}{letter().pk}/")
    assert "Svara här: (länken står bara i mottagarens brev)" in said
    english = letter(language="en", text="Answer: [[svara]]")
    content = client.get(f"{PAGE}{english.pk}/").content.decode()
    assert "Answer: (the link is in the receiver" in content
    assert "/inbjudan/" not in content


def test_log_in_codes_are_nobody_elses(client: Client) -> None:
    code = letter(fleeting=True, text="ABCD-EFGH", subject="Din kod")
    assert client.get(f"{PAGE}{code.pk}/").status_code == 404
    assert "Inga brev är skrivna än" in read(client, PAGE)


def test_the_files_hold_what_the_filter_says_and_no_cell_runs(client: Client) -> None:
    letter(subject="=1+1")
    letter(to="bo@example.org")
    content = client.get(f"{PAGE}brev.csv", {"q": "anna"}).content
    assert content.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    assert [line[1:4] for line in lines] == [
        ["Till", "Ämne", "Läge"],
        ["anna@example.org", "'=1+1", "skickat"],
    ]
    book = openpyxl.load_workbook(
        io.BytesIO(client.get(f"{PAGE}brev.xlsx", {"state": "sent"}).content)
    )
    assert [cell.value for cell in book["Lista"]["B"]][1:] == ["bo@example.org", "anna@example.org"]
    told = [(row[0].value, row[1].value) for row in book["Läs mig"].iter_rows()]
    assert ("Läge", "skickat") in told


@pytest.mark.parametrize("path", [PAGE, f"{PAGE}brev.csv", f"{PAGE}brev.xlsx"])
@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.AID_OFFICER, Role.AUDITOR])
def test_letters_are_for_coordinators(client: Client, role: Role, path: str) -> None:
    log_in(client, role)
    assert client.get(path).status_code == 403
