"""Freeing several seats at once: choose, see what will happen, say yes, read what became."""

import pytest
from django.test import Client

from accounts.models import User
from cohorts.models import Cohort, Enrolment, Invitation
from cohorts.rules import EnrolmentState, InvitationState
from tests.aftermath import everything, history, letters, read_again, whys
from tests.cohorts.staff_world import forming, from_now, log_in, queries_of, read, running, send
from tests.factories import make_enrolment, make_interest, make_invitation, make_user

pytestmark = pytest.mark.django_db

WHY = "flyttar till en annan ort"


@pytest.fixture
def leader(client: Client) -> User:
    return log_in(client)


def address(cohort: Cohort) -> str:
    return f"/handledare/grupper/{cohort.pk}/avsluta-flera/"


def full(leader: User) -> tuple[Cohort, Enrolment, Invitation]:
    cohort = forming(leader, seats=4, least=1)
    anna = make_enrolment(cohort=cohort, interest=make_interest(name="Anna Ek"))
    make_enrolment(cohort=cohort, interest=make_interest(name="Kvar Ström"))
    offer = make_invitation(
        cohort=cohort, interest=make_interest(name="Bo Berg"), expires_at=from_now(days=9)
    )
    make_invitation(cohort=cohort, interest=make_interest(name="Väntar Vik"))
    return cohort, anna, offer


def told(anna: Enrolment, offer: Invitation, **more: object) -> dict[str, object]:
    return {"plats": [anna.pk], "inbjudan": [offer.pk], "why": WHY, **more}


def test_who_can_be_chosen_is_whoever_has_a_seat_or_an_open_offer(
    client: Client, leader: User
) -> None:
    cohort, _, _ = full(leader)
    make_enrolment(cohort=cohort, state=EnrolmentState.WITHDRAWN, interest=make_interest(name="Ut"))
    page = client.get(address(cohort)).content.decode()
    assert page.count('type="checkbox"') == 4
    assert "Välj minst en person." in read(client, address(cohort), granska="1")


def test_the_preview_counts_by_outcome_and_names_who_is_next_and_writes_nothing(
    client: Client, leader: User
) -> None:
    cohort, anna, offer = full(leader)
    first = make_interest(name="Näst Näslund")
    before = everything()
    page = read(client, address(cohort), plats=[anna.pk, 99_999], inbjudan=offer.pk)
    for line in (
        "1 ger upp sin plats",
        "1 får sin inbjudan återtagen",
        "1 är redan avslutade",
        "1 på tur får en inbjudan",
        "2 personer får brev om att platsen eller inbjudan är avslutad.",
        first.name,
    ):
        assert line in page
    assert everything() == before


def test_a_yes_ends_them_all_and_offers_each_seat_to_the_next_in_line(
    client: Client, leader: User
) -> None:
    cohort, anna, offer = full(leader)
    waiting = [make_interest() for _ in range(3)]
    page = send(client, address(cohort), told(anna, offer))
    assert "2 av 2 avslutades" in page
    assert "Platsen är uppgiven. Brevet är på väg." in page
    assert "Inbjudan är återtagen. Brevet är på väg." in page
    assert history(anna) == [("active", "withdrawn", "user")]
    assert history(offer) == [("released", "revoked", "user")]
    assert whys(anna) == whys(offer) == [WHY]
    asked = cohort.invitations.filter(state=InvitationState.RELEASED, reasons=["next_in_line"])
    assert set(asked.values_list("interest", flat=True)) == {one.pk for one in waiting[:2]}
    assert len(letters()) == 4


def test_the_result_stays_and_a_second_yes_changes_nothing(client: Client, leader: User) -> None:
    cohort, anna, offer = full(leader)
    done = client.post(address(cohort), told(anna, offer))
    before = everything()
    again = send(client, address(cohort), told(anna, offer))
    assert "Allt är redan avslutat" in again or "0 av 2 avslutades" in again
    assert everything() == before
    assert "2 av 2 avslutades" in read(client, done["Location"])


def test_without_a_reason_nothing_happens(client: Client, leader: User) -> None:
    cohort, anna, offer = full(leader)
    before = everything()
    assert "Granska innan du avslutar" in send(client, address(cohort), told(anna, offer, why=""))
    assert everything() == before


@pytest.mark.parametrize(("typed", "ended"), [("", 0), ("20", 0), ("21", 21)])
def test_above_twenty_the_number_is_typed(
    client: Client, leader: User, typed: str, ended: int
) -> None:
    cohort = forming(leader, seats=30, least=1)
    company = make_interest().company
    members = [
        make_enrolment(cohort=cohort, interest=make_interest(company=company)) for _ in range(21)
    ]
    form = {"plats": [one.pk for one in members], "why": WHY, "count": typed}
    send(client, address(cohort), form)
    assert cohort.enrolments.filter(state=EnrolmentState.WITHDRAWN).count() == ended


def test_a_running_group_is_not_filled_by_itself(client: Client, leader: User) -> None:
    cohort = running(leader, members=2)
    make_interest()
    member = cohort.enrolments.first()
    assert member is not None
    assert "Du väljer själv vem som bjuds in." in read(client, address(cohort), plats=member.pk)
    send(client, address(cohort), {"plats": [member.pk], "why": WHY})
    assert read_again(member).state == EnrolmentState.WITHDRAWN
    assert not cohort.invitations.exists()


def test_somebody_elses_group_does_not_exist_and_its_rows_cannot_be_reached_from_ones_own(
    client: Client, leader: User
) -> None:
    others, own = forming(make_user()), forming(leader)
    member = make_enrolment(cohort=others)
    assert client.get(address(others)).status_code == 404
    send(client, address(own), {"plats": [member.pk], "why": WHY})
    assert read_again(member).state == EnrolmentState.ACTIVE


def test_the_pages_take_as_many_statements_for_one_as_for_ten(client: Client, leader: User) -> None:
    cohort = forming(leader, seats=30, least=1)
    taken = []
    client.get(address(cohort))
    for many in (1, 9):
        for _ in range(many):
            make_enrolment(cohort=cohort)
            make_invitation(cohort=cohort)
        taken.append(queries_of(client, address(cohort)))
    assert taken[0] == taken[1]
