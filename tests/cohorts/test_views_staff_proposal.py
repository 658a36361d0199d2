"""Who is to be in a cohort: proposed with reasons, changed by hand; and single invitations."""

import pytest
from django.test import Client

from accounts.models import User
from cohorts.models import Cohort, Invitation
from cohorts.rules import CohortState, InterestState, InvitationState
from tests.aftermath import everything, history, letters, read_again, whys
from tests.cohorts.staff_world import (
    NEVER_MIND,
    forming,
    from_now,
    log_in,
    queries_of,
    read,
    round_of,
    send,
)
from tests.factories import (
    make_company,
    make_enrolment,
    make_interest,
    make_invitation,
    make_meeting,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def leader(client: Client) -> User:
    return log_in(client)


def people(cohort: Cohort, page: str = "forslag/") -> str:
    return f"/handledare/grupper/{cohort.pk}/{page}"


def drafted(cohort: Cohort) -> list[str]:
    drafts = cohort.invitations.filter(state=InvitationState.DRAFT).order_by("id")
    return list(drafts.values_list("interest__name", flat=True))


def test_people_are_proposed_with_the_reason_for_each_and_nothing_is_sent(
    client: Client, leader: User
) -> None:
    cohort = forming(leader, seats=2)
    make_interest(name="Siv Sist", places=("mala", "umea"))
    make_interest(name="Frida Först", times=["1-lunch"])
    make_interest(name="Eva Efter")
    assert "Förslaget är tomt" in read(client, people(cohort))
    page = send(client, people(cohort), {"do": "propose"})
    assert "2 personer föreslås" in page
    assert "vill helst träffas här, tiden passar, samma språk" in page
    assert "vill helst träffas här, har inte begränsat sina tider, samma språk" in page
    assert drafted(cohort) == ["Frida Först", "Eva Efter"]
    assert letters() == []
    assert "Ingen fler passar" in send(client, people(cohort), {"do": "propose"})


def test_somebody_is_found_by_name_or_company_and_added_by_hand(
    client: Client, leader: User
) -> None:
    cohort = forming(leader)
    wanted = make_interest(name="Åsa Öberg", language="en", company=make_company(name="Sågen AB"))
    make_interest(name="Åsa Paus", state=InterestState.PAUSED)
    found = read(client, people(cohort), q="sågen")
    assert "1 person att lägga till Åsa Öberg , Sågen AB" in found
    page = send(client, people(cohort), {"do": "add", "interest": wanted.pk})
    assert "Personen finns nu med i förslaget" in page
    assert "vald av handledaren" in page
    assert drafted(cohort) == ["Åsa Öberg"]
    assert "0 personer att lägga till" in read(client, people(cohort), q="åsa")
    before = everything()
    again = send(client, people(cohort), {"do": "add", "interest": wanted.pk})
    assert "redan en plats eller en inbjudan" in again
    assert everything() == before


def test_who_has_a_seat_elsewhere_is_found_and_marked_as_such(client: Client, leader: User) -> None:
    cohort = forming(leader)
    make_enrolment(interest=make_interest(name="Ada Annanstans"))
    make_interest(name="Ada Fri")
    page = read(client, people(cohort), q="ada")
    assert page.count("är med i, eller inbjuden till, en annan grupp") == 1
    assert page.index("Ada Annanstans") < page.index("är med i") < page.index("Ada Fri")


def test_a_draft_is_removed_and_the_person_stays_in_line(client: Client, leader: User) -> None:
    cohort = forming(leader)
    draft = make_invitation(cohort=cohort, state=InvitationState.DRAFT)
    page = send(client, people(cohort), {"do": "remove", "invitation": draft.pk})
    assert "borttagen ur förslaget" in page
    assert (drafted(cohort), letters()) == ([], [])
    assert draft.interest.state == InterestState.ACTIVE
    again = send(client, people(cohort), {"do": "remove", "invitation": draft.pk})
    assert "stod inte kvar i förslaget" in again


def test_what_has_been_sent_is_not_removed_as_a_draft(client: Client, leader: User) -> None:
    cohort = forming(leader)
    sent = make_invitation(cohort=cohort)
    before = everything()
    send(client, people(cohort), {"do": "remove", "invitation": sent.pk})
    assert everything() == before


def test_another_cohorts_draft_is_left_alone(client: Client, leader: User) -> None:
    cohort, others = forming(leader), forming(make_user())
    draft = make_invitation(cohort=others, state=InvitationState.DRAFT)
    before = everything()
    send(client, people(cohort), {"do": "remove", "invitation": draft.pk})
    assert everything() == before
    address = people(cohort, f"inbjudningar/{draft.pk}/")
    assert client.post(address, {"do": "revoke", "why": "x"}).status_code == 404


@pytest.mark.parametrize("number", ["", "x", "-1", "999999"])
def test_somebody_who_does_not_exist_is_not_found(
    client: Client, leader: User, number: str
) -> None:
    address = people(forming(leader))
    assert client.post(address, {"do": "add", "interest": number}).status_code == 404


def test_a_cohort_that_is_over_invites_nobody(client: Client, leader: User) -> None:
    cohort = forming(leader, state=CohortState.COMPLETED)
    make_interest()
    assert "Gruppen är över" in send(client, people(cohort), {"do": "propose"})
    assert Invitation.objects.count() == 0


def test_the_proposal_takes_as_many_statements_with_many_people_as_with_one(
    client: Client, leader: User
) -> None:
    cohort = forming(leader, seats=60)
    address = people(cohort) + "?q=person"

    def more() -> None:
        make_invitation(cohort=cohort, state=InvitationState.DRAFT)
        make_interest(places=("umea", "mala"))

    more()
    queries_of(client, address)
    with_one = queries_of(client, address)
    for _ in range(300):
        more()
    assert queries_of(client, address) == with_one


def test_an_invitation_is_extended_but_never_past_the_first_meeting(
    client: Client, leader: User
) -> None:
    cohort = forming(leader)
    asked = make_invitation(cohort=cohort, expires_at=from_now(days=1))
    first = make_meeting(round=round_of(cohort), starts_at=from_now(days=6))
    address = people(cohort, f"inbjudningar/{asked.pk}/")
    assert "Ge mer tid" in read(client, address)
    assert "Personen har fått tio dagar till" in send(client, address, {"do": "extend"})
    assert read_again(asked).expires_at == first.starts_at
    assert "Svarstiden förlängdes" in read(client, address)


def test_a_lapsed_invitation_needs_a_free_seat_again(client: Client, leader: User) -> None:
    cohort = forming(leader, seats=2)
    lapsed = make_invitation(cohort=cohort, state=InvitationState.EXPIRED)
    for _ in range(2):
        make_enrolment(cohort=cohort)
    address = people(cohort, f"inbjudningar/{lapsed.pk}/")
    assert "Gruppen är full" in send(client, address, {"do": "extend"})
    assert read_again(lapsed).state == InvitationState.EXPIRED
    cohort.enrolments.all()[0].delete()
    send(client, address, {"do": "extend"})
    assert read_again(lapsed).state == InvitationState.RELEASED


def test_an_invitation_is_taken_back_with_a_reason_and_the_next_is_asked(
    client: Client, leader: User
) -> None:
    cohort = forming(leader, seats=2, least=2)
    make_enrolment(cohort=cohort)
    asked = make_invitation(cohort=cohort)
    waits = make_interest()
    address = people(cohort, f"inbjudningar/{asked.pk}/")
    page = send(client, address, {"do": "revoke", "why": ""})
    assert "Det är något som behöver rättas" in page
    assert read_again(asked).state == InvitationState.RELEASED
    assert "Inbjudan är återtagen" in send(client, address, {"do": "revoke", "why": NEVER_MIND})
    assert history(asked) == [("released", "revoked", "user")]
    assert whys(asked) == [NEVER_MIND]
    assert waits.invitations.get().state == InvitationState.RELEASED


def test_an_answered_invitation_is_left_as_it_is(client: Client, leader: User) -> None:
    cohort = forming(leader)
    answered = make_invitation(cohort=cohort, state=InvitationState.ACCEPTED)
    before = everything()
    for told in ({"do": "extend"}, {"do": "revoke", "why": NEVER_MIND}):
        page = send(client, people(cohort, f"inbjudningar/{answered.pk}/"), told)
        assert "inbjudan är i läget ”tackat ja”. Ingenting ändrades" in page
    assert everything() == before
