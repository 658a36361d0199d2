"""Sending invitations: choose, see what will happen, say yes, read what became of each."""

from urllib.parse import urlencode

import pytest
from django.test import Client

from accounts.models import User
from accounts.rules import Role
from cohorts.models import Cohort, Invitation
from cohorts.rules import CohortState, InterestState, InvitationState
from outbox.models import Message
from regai.templatetags.swedish import moment
from tests.aftermath import everything, letters, read_again, receivers
from tests.cohorts.staff_world import forming, from_now, log_in, queries_of, read, round_of, send
from tests.factories import make_enrolment, make_interest, make_invitation, make_meeting, make_user
from tests.journeys.forms import Form, forms_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def leader(client: Client) -> User:
    return log_in(client)


def drafts(cohort: Cohort, many: int = 1, **fields: object) -> list[Invitation]:
    return [
        make_invitation(
            cohort=cohort,
            interest=make_interest(**fields),
            state=InvitationState.DRAFT,
            reasons=["place", "any_time"],
        )
        for _ in range(many)
    ]


def address(cohort: Cohort, *chosen: Invitation) -> str:
    asked = urlencode([("person", one.pk) for one in chosen])
    return f"/handledare/grupper/{cohort.pk}/skicka/" + (f"?{asked}" if asked else "")


def ids(*chosen: Invitation) -> list[int]:
    return [one.pk for one in chosen]


def boxes(client: Client, cohort: Cohort) -> Form:
    html = client.get(address(cohort)).content.decode()
    return next(form for form in forms_in(html) if "person" in form.options)


def test_as_many_are_ticked_as_there_are_seats(client: Client, leader: User) -> None:
    cohort = forming(leader, seats=3, least=2)
    make_enrolment(cohort=cohort)
    one, other, third = drafts(cohort, 3)
    form = boxes(client, cohort)
    assert form.options["person"] == [str(pk) for pk in ids(one, other, third)]
    assert form.fields == [("person", str(pk)) for pk in ids(one, other)]


def test_without_drafts_the_page_leads_to_the_proposal(client: Client, leader: User) -> None:
    assert "Det finns inget att skicka" in read(client, address(forming(leader)))


def test_choosing_nobody_is_said(client: Client, leader: User) -> None:
    cohort = forming(leader)
    drafts(cohort)
    assert "Välj minst en person" in read(client, address(cohort), granska="1")


def test_the_preview_counts_who_gets_a_letter_and_shows_it_as_it_will_read(
    client: Client, leader: User
) -> None:
    cohort = forming(leader, seats=2, least=2)
    (first,) = drafts(cohort, name="Frida Först", email="frida@example.org", language="en")
    (left,) = drafts(cohort, name="Lage Lämnade", state=InterestState.WITHDRAWN)
    second, third = drafts(cohort, 2)
    meeting = make_meeting(round=round_of(cohort), starts_at=from_now(days=4))
    before = everything()
    page = read(client, address(cohort, first, left, second, third))
    assert "2 får brev 2 får inget brev 2 lediga platser nu" in page
    assert f"Svar senast {' '.join(moment(meeting.starts_at).split())}" in page
    assert "Lage Lämnade: Intresseanmälan är inte aktiv längre." in page
    assert f"{third.interest.name}: Gruppen är full. Ingen plats gavs." in page
    assert "Hello Frida Först!" in page
    assert "[[invitation]]" not in page
    assert "Skicka 2 inbjudningar" in page
    assert everything() == before


def test_letters_leave_on_the_second_yes_and_the_result_stays_at_its_address(
    client: Client, leader: User
) -> None:
    cohort = forming(leader, seats=2, least=2, state=CohortState.DRAFT)
    first, second, third = drafts(cohort, 3)
    response = client.post(address(cohort), {"person": ids(first, second, third)}, follow=True)
    result, _status = response.redirect_chain[-1]
    assert receivers() == [first.interest.email, second.interest.email]
    states = [read_again(one).state for one in (first, second, third)]
    assert states == ["released", "released", "draft"]
    assert read_again(cohort).state == CohortState.FORMING
    page = read(client, result)
    assert "2 av 3 fick en inbjudan" in page
    assert f"{third.interest.name} Gruppen är full. Ingen plats gavs. utkast" in page
    assert read(client, result) == page


def test_sending_twice_sends_once(client: Client, leader: User) -> None:
    cohort = forming(leader)
    (draft,) = drafts(cohort)
    client.post(address(cohort), {"person": ids(draft)})
    page = send(client, address(cohort), {"person": ids(draft)})
    assert len(letters()) == 1
    assert "Inget skickades den här gången" in page


@pytest.mark.parametrize(
    ("typed", "sent"), [({}, 0), ({"count": ""}, 0), ({"count": 20}, 0), ({"count": 21}, 21)]
)
def test_above_twenty_the_number_is_typed(
    client: Client, leader: User, typed: dict[str, object], sent: int
) -> None:
    cohort = forming(leader, seats=30)
    chosen = drafts(cohort, 21)
    assert "Skriv hur många som ska få brev" in read(client, address(cohort, *chosen))
    page = send(client, address(cohort), {"person": ids(*chosen), **typed})
    assert len(letters()) == sent
    assert ("Det är något som behöver rättas" in page) == (sent == 0)


def test_twenty_need_no_number(client: Client, leader: User) -> None:
    cohort = forming(leader, seats=30)
    chosen = drafts(cohort, 20)
    assert "Skriv hur många" not in read(client, address(cohort, *chosen))
    send(client, address(cohort), {"person": ids(*chosen)})
    assert Message.objects.count() == 20


def test_another_cohorts_draft_is_not_sent_from_here(client: Client, leader: User) -> None:
    cohort = forming(leader)
    (own,) = drafts(cohort)
    (other,) = drafts(forming(make_user(role=Role.FACILITATOR)))
    send(client, address(cohort), {"person": ids(own, other)})
    assert receivers() == [own.interest.email]


def test_a_result_that_somebody_made_up_shows_nobody(client: Client, leader: User) -> None:
    cohort = forming(leader)
    (other,) = drafts(forming(make_user()), name="Hemlig Person")
    result = f"/handledare/grupper/{cohort.pk}/skickat/"
    page = read(client, result, utfall=[f"{other.pk}.sent", "x.sent", "1.nonsense", "1"])
    assert "Inget skickades den här gången" in page
    assert "Hemlig Person" not in page


def test_a_cohort_that_is_over_sends_nothing(client: Client, leader: User) -> None:
    cohort = forming(leader, state=CohortState.COMPLETED)
    chosen = drafts(cohort)
    assert "Gruppen är över" in send(client, address(cohort), {"person": ids(*chosen)})
    assert letters() == []


def test_the_preview_takes_as_many_statements_with_many_people_as_with_one(
    client: Client, leader: User
) -> None:
    cohort = forming(leader, seats=400)
    drafts(cohort)
    first = cohort.invitations.get()
    queries_of(client, address(cohort))
    to_choose = queries_of(client, address(cohort))
    to_send = queries_of(client, address(cohort, first))
    drafts(cohort, 150)
    assert queries_of(client, address(cohort)) == to_choose
    assert queries_of(client, address(cohort, *cohort.invitations.all())) == to_send
