"""The coordinator's first page: the funnel, who waits, lost letters, companies, proposals."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from accounts.rules import Role
from cohorts.models import Participation
from cohorts.rules import InterestState, InvitationState, ParticipationState
from companies.models import Company
from deminimis.models import Certificate
from outbox.models import Message
from outbox.rules import LetterState
from tests.aftermath import everything, history, read_again
from tests.cohorts.staff_world import forming, from_now, log_in, queries_of, read, running, send
from tests.factories import (
    legal_number,
    make_certificate,
    make_company,
    make_interest,
    make_invitation,
    make_programme,
    make_user,
)
from tests.journeys.forms import links_on

pytestmark = pytest.mark.django_db
PAGE = "/samordna/"
PROPOSALS = "/samordna/forslag/"


@pytest.fixture
def coordinator(client: Client) -> User:
    make_programme()
    return log_in(client, Role.COORDINATOR)


def lost(**fields: Any) -> Message:
    return Message.objects.create(
        **{
            "key": f"x/{Message.objects.count()}",
            "about": "interest/1",
            "to": "borta@example.org",
            "language": "sv",
            "subject": "RegAI exempel: Du är inbjuden",
            "text": "Hej!",
            "state": LetterState.GIVEN_UP,
            "queued_at": from_now(days=-2),
            "next_try_at": from_now(days=-1),
            "ended_at": from_now(days=-1),
            "tries": 8,
            "last_fault": "550 user unknown",
            **fields,
        }
    )


@pytest.mark.parametrize("address", [PAGE, "/samordna/personer/", "/samordna/personer/1/"])
@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.COACH, Role.AUDITOR])
def test_only_coordinators_open_the_pages(client: Client, address: str, role: Role) -> None:
    log_in(client, role)
    assert client.get(address).status_code == 403


def test_an_empty_site_says_what_will_be_here(client: Client, coordinator: User) -> None:
    assert coordinator.name in read(client, PAGE)
    assert "Inget väntar på dig" in read(client, PAGE)
    assert "Ingen väntar på en grupp" in read(client, PROPOSALS)


def test_without_a_programme_the_pages_still_open(client: Client) -> None:
    log_in(client, Role.COORDINATOR)
    assert "Från intresse till klar" not in read(client, PAGE)
    assert "Ingen väntar" in read(client, PROPOSALS)


@pytest.mark.usefixtures("coordinator")
def test_the_funnel_counts_each_person_as_far_as_they_have_come(client: Client) -> None:
    make_interest(state=InterestState.UNVERIFIED, confirmed_at=None)
    make_interest(state=InterestState.MERGED)
    make_interest(state=InterestState.WITHDRAWN)
    cohort = forming(make_user())
    make_invitation(cohort=cohort, state=InvitationState.DRAFT)
    twice = make_invitation(cohort=cohort, state=InvitationState.DECLINED)
    make_invitation(cohort=forming(make_user()), interest=twice.interest)
    going = running(make_user(), members=2)
    for seat in going.enrolments.all():
        make_invitation(cohort=going, interest=seat.interest, state=InvitationState.ACCEPTED)
    done = Participation.objects.order_by("id")[0]
    done.state = ParticipationState.FINISHED
    done.save()
    page = read(client, PAGE)
    assert (
        "6 har anmält intresse 5 har bekräftat 3 har fått en inbjudan"
        " 2 har fått en plats 1 har gjort klart en kurs"
    ) in page


@pytest.mark.usefixtures("coordinator")
def test_those_who_wait_are_counted_once_at_their_first_choice(client: Client) -> None:
    for _ in range(3):
        make_interest(places=("mala", "umea"))
    make_interest(places=("umea",), language="en")
    make_interest(state=InterestState.PAUSED)
    page = read(client, PAGE)
    assert "4 personer väntar på en grupp" in page
    assert "Malå , svenska svenska 3 Umeå , engelska engelska 1" in page


@pytest.mark.usefixtures("coordinator")
def test_a_lost_letter_is_tried_again(client: Client) -> None:
    letter = lost()
    assert "1 brev kom inte fram" in read(client, PAGE)
    address = f"/samordna/brev/{letter.pk}/igen/"
    assert client.get(address).status_code == 405
    assert "Brevet står i kö igen" in send(client, address)
    assert (read_again(letter).state, read_again(letter).tries) == (LetterState.WAITING, 0)
    assert "brev kom inte fram" not in read(client, PAGE)


@pytest.mark.usefixtures("coordinator")
def test_a_letter_that_arrived_is_not_sent_again(client: Client) -> None:
    letter = lost(state=LetterState.SENT)
    before = everything()
    page = send(client, f"/samordna/brev/{letter.pk}/igen/")
    assert "Brevet väntar eller är redan skickat. Ingenting ändrades." in page
    assert everything() == before


def flagged(**fields: Any) -> Company:
    told = {"name": "Okänt AB", "needs_check": True, "number": None, "number_digest": None}
    return make_company(**{**told, **fields})


def check_page(company: Company) -> str:
    return f"/samordna/foretag/{company.pk}/"


@pytest.mark.usefixtures("coordinator")
def test_a_flagged_company_gets_its_number(client: Client) -> None:
    company = flagged()
    make_interest(company=company, name="Ulla Undrar", company_as_told="okänt")
    assert "1 företag behöver kontrolleras" in read(client, PAGE)
    page = read(client, check_page(company))
    assert ("Ulla Undrar" in page, "skrev ”okänt”" in page) == (True, True)
    told = {"name": "Känt AB", "typed_number": legal_number(9000)}
    assert "Företaget är kontrollerat" in send(client, check_page(company), told)
    after = read_again(company)
    assert (after.name, after.number, after.needs_check) == ("Känt AB", legal_number(9000), False)
    assert history(company) == [("needs check", "checked", "user")]
    assert client.get(check_page(company)).status_code == 404


@pytest.mark.usefixtures("coordinator")
def test_a_company_may_be_settled_without_a_number(client: Client) -> None:
    company = flagged()
    send(client, check_page(company), {"name": "Föreningen", "typed_number": ""})
    assert (read_again(company).needs_check, read_again(company).number) == (False, None)


@pytest.mark.usefixtures("coordinator")
def test_people_move_to_the_company_that_has_the_number_already(client: Client) -> None:
    company, known = flagged(), make_company(name="Känt AB")
    person = make_interest(company=company)
    told = {"name": "Okänt AB", "typed_number": str(known.number)}
    assert "Personerna hör nu till företaget" in send(client, check_page(company), told)
    assert read_again(person).company == known
    assert (read_again(company).needs_check, read_again(company).number) == (False, None)
    assert history(company) == [("needs check", "joined", "user")]


@pytest.mark.usefixtures("coordinator")
def test_nobody_moves_from_a_company_with_certificates_of_its_own(client: Client) -> None:
    company, known = flagged(), make_company()
    make_interest(company=company)
    make_certificate(company=company)
    before = everything()
    told = {"name": "Annat namn", "typed_number": str(known.number)}
    assert "Be stödhandläggaren titta på det" in send(client, check_page(company), told)
    assert everything() == before
    assert Certificate.objects.get().company == company


@pytest.mark.usefixtures("coordinator")
@pytest.mark.parametrize("typed", ["123", "556012-5791", "abc"])
def test_a_wrong_number_is_said_and_nothing_changes(client: Client, typed: str) -> None:
    company = flagged()
    before = everything()
    page = send(client, check_page(company), {"name": "X", "typed_number": typed})
    assert "Det är något som behöver rättas" in page
    assert everything() == before


@pytest.mark.usefixtures("coordinator")
def test_a_company_that_needs_no_check_is_not_found(client: Client) -> None:
    assert client.post(check_page(make_company())).status_code == 404


@pytest.mark.usefixtures("coordinator")
@pytest.mark.parametrize("counted", ["", "?rakna=noga"])
def test_groups_are_proposed_and_lead_to_a_filled_in_form(client: Client, counted: str) -> None:
    for _ in range(7):
        make_interest(times=["2-lunch"], places=("mala",))
    make_interest(times=["4-morning"], places=("mala",))
    make_interest(places=("umea",), language="en")
    html = client.get(PROPOSALS + counted).content.decode()
    links = [url for words, url in links_on(html) if words == "Öppna gruppen"]
    assert links == ["/handledare/grupper/ny/?plats=mala&sprak=sv&tid=2-lunch"]
    page = read(client, PROPOSALS + counted)
    assert "9 väntar 7 får plats i förslagen 1 grupper" in page
    assert "1 person: har inga tider gemensamma med tillräckligt många" in page
    assert "1 person: för få vill ha samma ort och språk" in page


@pytest.mark.usefixtures("coordinator")
def test_too_few_make_no_group(client: Client) -> None:
    for _ in range(5):
        make_interest()
    assert "Ingen grupp kan bildas än: det behövs minst 6" in read(client, PROPOSALS)


@pytest.mark.usefixtures("coordinator")
def test_at_most_three_from_one_company_share_a_group(client: Client) -> None:
    company = make_company()
    for _ in range(6):
        make_interest(company=company)
    assert "Ingen grupp kan bildas än" in read(client, PROPOSALS)
    for _ in range(3):
        make_interest()
    assert "9 väntar 6 får plats i förslagen" in read(client, PROPOSALS)


@pytest.mark.usefixtures("coordinator")
@pytest.mark.parametrize("address", [PAGE, PROPOSALS])
def test_the_pages_take_as_many_statements_with_many_rows_as_with_one(
    client: Client, address: str
) -> None:
    def more() -> None:
        make_interest(company=flagged())
        make_invitation(cohort=forming(make_user(), seats=200), state=InvitationState.DRAFT)
        running(make_user(), members=1)
        lost()

    more()
    queries_of(client, address)
    with_one = queries_of(client, address)
    for _ in range(75):
        more()
    assert queries_of(client, address) == with_one
