"""People: searched, filtered, taken out as files; and one person's whole story."""

import csv
import io
from datetime import timedelta

import openpyxl
import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.rules import Role
from cohorts.actions.interests import withdraw_interest
from cohorts.models import Interest, Presence
from cohorts.rules import InterestState, InvitationState
from outbox.models import Message
from tests.aftermath import everything, history, letters, read_again, whys
from tests.cohorts.staff_world import (
    NEVER_MIND,
    forming,
    from_now,
    log_in,
    queries_of,
    read,
    round_of,
    running,
    send,
)
from tests.factories import (
    make_company,
    make_enrolment,
    make_interest,
    make_invitation,
    make_meeting,
    make_programme,
)

pytestmark = pytest.mark.django_db
PAGE = "/samordna/personer/"


@pytest.fixture(autouse=True)
def coordinator(client: Client) -> User:
    make_programme()
    return log_in(client, Role.COORDINATOR, name="Karin Koordinator")


def story(person: Interest) -> str:
    return f"{PAGE}{person.pk}/"


def names(client: Client, **told: str) -> list[str]:
    """Return who is listed, in order."""
    response = client.get(PAGE, told)
    assert response.status_code == 200
    return [person.name for person in response.context["page"]]


def test_people_stand_in_swedish_order() -> None:
    client = Client()
    log_in(client, Role.COORDINATOR)
    for name in ("Östen", "Zeb", "Åke", "Anna", "Ängla"):
        make_interest(name=name)
    make_interest(name="Borttagen", state=InterestState.ANONYMISED)
    assert names(client) == ["Anna", "Zeb", "Åke", "Ängla", "Östen"]


def test_a_search_with_a_single_hit_goes_straight_there(client: Client) -> None:
    wanted = make_interest(name="Åsa Öberg", company=make_company(name="Sågverket AB"))
    make_interest(name="Åsa Ek")
    for words in ("öberg", "sågverket åsa", wanted.email):
        response = client.get(PAGE, {"q": words})
        assert (response.status_code, response["Location"]) == (302, story(wanted))
    assert names(client, q="åsa") == ["Åsa Ek", "Åsa Öberg"]
    assert "Ingen stämmer med filtret" in read(client, PAGE, q="finns inte")


def test_a_filter_with_a_single_hit_stays_a_list(client: Client) -> None:
    make_interest(name="Ensam", language="en")
    assert names(client, language="en") == ["Ensam"]


def test_filters_stand_in_the_address_and_may_be_combined(client: Client) -> None:
    make_interest(name="Väntar", places=("mala", "umea"))
    make_interest(name="Väntar på engelska", places=("mala",), language="en")
    make_interest(name="Pausad", state=InterestState.PAUSED)
    make_invitation(interest=make_interest(name="Inbjuden"), cohort=forming(log_in(client)))
    log_in(client, Role.COORDINATOR)
    make_enrolment(interest=make_interest(name="Placerad"))
    assert names(client, state="paused") == ["Pausad"]
    assert names(client, seat="waiting") == ["Väntar", "Väntar på engelska"]
    assert names(client, seat="invited") == ["Inbjuden"]
    assert names(client, seat="placed") == ["Placerad"]
    assert names(client, place="mala", language="sv") == ["Väntar"]
    assert names(client, place="kiruna") == [
        "Inbjuden",
        "Pausad",
        "Placerad",
        "Väntar",
        "Väntar på engelska",
    ]


def test_fifty_people_a_page_and_the_filter_stays_when_turning_it(client: Client) -> None:
    for number in range(51):
        make_interest(name=f"Person {number:02}", language="en")
    html = client.get(PAGE, {"language": "en"}).content.decode()
    assert "?language=en&amp;page=2" in html
    assert names(client, language="en", page="2") == ["Person 50"]


def test_the_list_takes_as_many_statements_with_fifty_as_with_one(client: Client) -> None:
    make_interest(places=("umea", "mala"))
    queries_of(client, PAGE)
    with_one = queries_of(client, PAGE)
    for _ in range(300):
        make_interest(places=("umea", "mala"))
    assert queries_of(client, PAGE) == with_one


def csv_rows(client: Client, **told: str) -> list[list[str]]:
    response = client.get(f"{PAGE}personer.csv", told)
    assert response["Content-Disposition"] == 'attachment; filename="personer.csv"'
    assert response.content.startswith(b"\xef\xbb\xbf")
    text = response.content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def test_the_csv_has_the_people_of_the_filter_and_no_cell_runs(client: Client) -> None:
    company = make_company(name="=HYPERLINK(1)")
    make_interest(name="+46 Plus", email="a@example.org", company=company, times=["1-lunch"])
    make_interest(name="@cmd", language="en")
    heading, row = csv_rows(client, language="sv")
    assert heading[:3] == ["Namn", "E-post", "Företag"]
    told = dict(zip(heading, row, strict=True))
    assert (told["Namn"], told["Företag"]) == ("'+46 Plus", "'=HYPERLINK(1)")
    assert (told["E-post"], told["Tider"], told["Språk"]) == (
        "a@example.org",
        "tisdag lunch",
        "svenska",
    )
    assert [row[0] for row in csv_rows(client)[1:]] == ["'+46 Plus", "'@cmd"]


def test_the_spreadsheet_explains_itself(client: Client) -> None:
    make_interest(name="-1+1", state=InterestState.PAUSED)
    make_interest(name="Annan")
    response = client.get(f"{PAGE}personer.xlsx", {"state": "paused", "q": ""})
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    assert book.sheetnames == ["Lista", "Läs mig"]
    assert [cell.value for cell in book["Lista"]["A"]] == ["Namn", "'-1+1"]
    assert book["Lista"]["A2"].data_type == "s"
    explained = {row[0].value: row[1].value for row in book["Läs mig"].iter_rows()}
    assert (explained["Läge"], explained["Antal rader"]) == ("Intresseanmälans läge.", "1")
    pairs = [(row[0].value, row[1].value) for row in book["Läs mig"].iter_rows()]
    assert ("Läge", "pausad") in pairs


def test_a_spreadsheet_of_nobody_opens(client: Client) -> None:
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{PAGE}personer.xlsx").content))
    assert book["Lista"].max_row == 1


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.AUDITOR])
@pytest.mark.parametrize("file", ["personer.csv", "personer.xlsx"])
def test_files_are_for_coordinators(client: Client, role: Role, file: str) -> None:
    log_in(client, role)
    assert client.get(PAGE + file).status_code == 403


def test_one_time_line_tells_all_that_has_happened(client: Client) -> None:
    cohort = running(log_in(client), members=0, name="Umeå tisdag")
    log_in(client, Role.COORDINATOR, name="Karin Koordinator")
    person = make_interest(name="Anna Ek")
    seat = make_enrolment(cohort=cohort, interest=person)
    meeting = make_meeting(round=round_of(cohort), starts_at=from_now(days=-2))
    Presence.objects.create(meeting=meeting, enrolment=seat, was_there=True)
    told = {"do": "withdraw", "why": NEVER_MIND}
    send(client, story(person), told)
    page = read(client, story(person))
    assert f"Träff i kursen {round_of(cohort).course.title}, Umeå var med" in page
    assert f"Anmälan: avslutad av Karin Koordinator – {NEVER_MIND}" in page
    assert "Brev: RegAI exempel: " in page
    assert "väntar på att skickas" in page
    assert page.index("Anmälan: avslutad") < page.index("Träff i kursen")


def test_the_time_line_takes_as_many_statements_with_much_as_with_little(client: Client) -> None:
    cohort = running(log_in(client), members=0)
    log_in(client, Role.COORDINATOR)
    person = make_interest()
    seat = make_enrolment(cohort=cohort, interest=person)

    def more() -> None:
        before = round_of(cohort).meetings.count()
        meeting = make_meeting(round=round_of(cohort), starts_at=from_now(days=-2 - before))
        Presence.objects.create(meeting=meeting, enrolment=seat, was_there=True)
        make_invitation(interest=person, state=InvitationState.DECLINED)

    more()
    queries_of(client, story(person))
    with_one = queries_of(client, story(person))
    for _ in range(50):
        more()
    assert queries_of(client, story(person)) == with_one


def test_a_coordinator_ends_an_interest_with_a_reason_and_may_undo_it(client: Client) -> None:
    person = make_interest()
    asked = make_invitation(interest=person)
    before = everything()
    page = send(client, story(person), {"do": "withdraw", "why": ""})
    assert "Det är något som behöver rättas" in page
    assert everything() == before
    page = send(client, story(person), {"do": "withdraw", "why": NEVER_MIND})
    assert "Du kan ångra i 30 dagar" in page
    assert (read_again(person).state, read_again(asked).state) == ("withdrawn", "declined")
    assert whys(person) == [NEVER_MIND]
    registered_at = person.registered_at
    assert "Anmälan är aktiv igen" in send(client, story(person), {"do": "resume"})
    assert (read_again(person).state, read_again(person).registered_at) == (
        "active",
        registered_at,
    )
    assert history(person) == [("active", "withdrawn", "user"), ("withdrawn", "active", "user")]
    assert len(letters()) == 2


def test_an_end_is_not_undone_after_thirty_days(client: Client) -> None:
    person = make_interest()
    ended_at = timezone.now() - timedelta(days=31)
    withdraw_interest(interest_id=person.pk, generation=1, now=ended_at)
    assert "Gör anmälan aktiv igen" not in read(client, story(person))
    before = everything()
    assert "Ingenting ändrades nu" in send(client, story(person), {"do": "resume"})
    assert everything() == before


@pytest.mark.parametrize("state", [InterestState.WITHDRAWN, InterestState.UNVERIFIED])
def test_what_cannot_be_ended_is_left_as_it_is(client: Client, state: InterestState) -> None:
    person = make_interest(state=state)
    before = everything()
    page = send(client, story(person), {"do": "withdraw", "why": NEVER_MIND})
    assert "Ingenting ändrades nu" in page
    assert everything() == before


@pytest.mark.parametrize("state", [InterestState.MERGED, InterestState.ANONYMISED])
def test_who_is_merged_or_erased_is_not_found(client: Client, state: InterestState) -> None:
    assert client.get(story(make_interest(state=state))).status_code == 404


def test_a_flagged_company_is_checked_from_the_person(client: Client) -> None:
    person = make_interest(company=make_company(needs_check=True))
    assert "Kontrollera företaget" in read(client, story(person))


def test_a_letter_that_may_have_come_twice_says_so(client: Client) -> None:
    person = make_interest()
    now = timezone.now()
    for number, twice in enumerate((True, False)):
        Message.objects.create(
            key=f"interest/{person.pk}/{number}",
            about=f"interest/{person.pk}",
            to=person.email,
            language="sv",
            subject=f"RegAI: Brev {number}",
            text="Hej!",
            state="sent",
            queued_at=now,
            next_try_at=now,
            ended_at=now,
            perhaps_twice=twice,
        )
    assert read(client, story(person)).count("(kan ha kommit två gånger)") == 1
