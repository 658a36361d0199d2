"""The participant's pages: bad links, somebody else's rows, forms sent twice, what stays typed."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from cohorts.emails.readers import CONFIRM, INVITATION, MANAGE
from cohorts.models import Interest, Participation, Presence
from cohorts.rules import CohortState, InterestState, InvitationState, RoundState
from outbox.links import Link
from outbox.models import Message
from tests import factories
from tests.journeys.forms import words_in

pytestmark = pytest.mark.django_db(transaction=True)

TYPED = {
    "name": "Anna Ek",
    "email": "anna@example.org",
    "company": "Eks Såg",
    "place": "umea",
    "language": "sv",
}


def link(purpose: str, row: int, *, generation: int = 1, days: int = 7) -> str:
    """Return the path of a link as a letter would carry it."""
    page = "inbjudan" if purpose == INVITATION else "anmalan"
    return Link(
        purpose=purpose,
        row=row,
        generation=generation,
        last_day=timezone.localdate() + timedelta(days=days),
        path=f"/{page}/{{token}}/",
    ).signed_path()


def read(client: Client, path: str) -> tuple[int, str]:
    """Return the status of a page and what it says."""
    response = client.get(path)
    return response.status_code, words_in(response.content.decode())


def sign_up(client: Client, **changes: str) -> str:
    """Post the form; return what the page after it says."""
    factories.make_programme()
    factories.make_place("umea")
    response = client.post("/anmalan/", {**TYPED, **changes}, follow=True)
    return words_in(response.content.decode())


def test_a_wrong_number_keeps_what_was_typed_and_offers_to_go_on(client: Client) -> None:
    words = sign_up(client, number="556012-5791")

    assert "Kontrollera siffrorna" in words
    assert "Fortsätt ändå" in words
    assert "Anna Ek" in client.post("/anmalan/", {**TYPED, "number": "1"}).content.decode()
    assert Interest.objects.count() == 0


def test_who_goes_on_without_a_number_is_written_down_and_flagged(client: Client) -> None:
    sign_up(client, number="556012-5791", without_number="on")

    assert [i.company.needs_check for i in Interest.objects.all()] == [True]


def test_a_form_sent_twice_is_one_interest_and_one_letter(client: Client) -> None:
    first = sign_up(client)
    second = sign_up(client)

    assert first == second
    assert (Interest.objects.count(), Message.objects.count()) == (1, 1)


def test_an_address_that_is_in_already_gets_the_same_page_and_a_letter(client: Client) -> None:
    factories.make_interest(name="Anna Ek", email="Anna@Example.org")
    known = sign_up(client)
    unknown = sign_up(client, name="Bo Ek", email="bo@example.org")

    assert known == unknown
    assert [m.key.split("/")[2] for m in Message.objects.order_by("id")] == ["again", "confirm"]


@pytest.mark.parametrize(
    ("token", "status"),
    [("1.1.2000.forged", 404), ("nonsense", 404), ("..%2F", 404)],
)
def test_a_forged_link_says_that_it_cannot_be_used(client: Client, token: str, status: int) -> None:
    factories.make_interest()

    assert client.get(f"/anmalan/{token}/").status_code == status


def test_a_link_made_for_another_purpose_opens_nothing(client: Client) -> None:
    interest = factories.make_interest()
    token = link(INVITATION, interest.pk).split("/")[2]

    status, words = read(client, f"/anmalan/{token}/")

    assert status == 404
    assert "Länken går inte att använda" in words


def test_an_expired_link_says_so_and_changes_nothing(client: Client) -> None:
    interest = factories.make_interest(state=InterestState.UNVERIFIED)
    path = link(CONFIRM, interest.pk, days=-1)

    response = client.post(path, {"do": "confirm"})

    assert response.status_code == 410
    assert "Länken har gått ut" in words_in(response.content.decode())
    assert Interest.objects.get().state == InterestState.UNVERIFIED


def test_an_older_link_gives_way_to_a_newer_one(client: Client) -> None:
    interest = factories.make_interest(link_generation=2)

    status, words = read(client, link(MANAGE, interest.pk, generation=1))

    assert status == 410
    assert "Det finns en nyare länk" in words


def test_a_link_used_again_shows_where_things_stand(client: Client) -> None:
    interest = factories.make_interest(state=InterestState.UNVERIFIED)
    path = link(CONFIRM, interest.pk)
    for _ in range(2):
        client.post(path, {"do": "confirm"})

    status, words = read(client, path)

    assert status == 200
    assert "Aktiv" in words
    assert Message.objects.count() == 1


def test_a_revoked_invitation_cannot_be_accepted(client: Client) -> None:
    invitation = factories.make_invitation(
        state=InvitationState.REVOKED, expires_at=timezone.now() + timedelta(days=3)
    )

    response = client.post(
        link(INVITATION, invitation.pk),
        {"do": "accept", "login_email": "a@example.org"},
        follow=True,
    )

    assert "Inbjudan är inte öppen längre" in words_in(response.content.decode())
    assert invitation.cohort.enrolments.count() == 0


def test_somebody_elses_group_meeting_fee_and_vote_do_not_exist_for_you(client: Client) -> None:
    cohort = factories.make_cohort(state=CohortState.RUNNING, round_state=RoundState.RUNNING)
    member = factories.make_enrolment(cohort=cohort)
    meeting = factories.make_meeting(round=cohort.rounds.get())
    participation = Participation.objects.create(round=cohort.rounds.get(), enrolment=member)
    client.force_login(factories.make_user())

    pages = [
        f"/grupp/{cohort.pk}/",
        f"/grupp/{cohort.pk}/lamna/",
        f"/traff/{meeting.pk}/",
        f"/traff/{meeting.pk}/kalender.ics",
        f"/avgift/{participation.pk}/",
        "/rosta/1/",
        "/rosta/1/resultat/",
    ]

    assert [client.get(page).status_code for page in pages] == [404] * len(pages)


@pytest.mark.parametrize(
    "page", ["/min-sida/", "/mina-uppgifter/", "/grupp/1/", "/rosta/1/", "/avgift/1/"]
)
def test_a_page_behind_the_log_in_leads_there(client: Client, page: str) -> None:
    response = client.get(page)

    assert response.headers["Location"] == f"/logga-in/?next={page}"


def test_an_answer_after_the_start_is_refused_in_words(client: Client) -> None:
    cohort = factories.make_cohort(state=CohortState.RUNNING, round_state=RoundState.RUNNING)
    member = factories.make_enrolment(cohort=cohort)
    meeting = factories.make_meeting(
        round=cohort.rounds.get(), starts_at=timezone.now() - timedelta(minutes=1)
    )
    client.force_login(member.user)

    response = client.post(f"/traff/{meeting.pk}/", {"answer": "on_site"}, follow=True)

    assert "Träffen har redan börjat. Svaret sparades inte." in words_in(response.content.decode())
    assert Presence.objects.count() == 0


def test_an_unknown_language_is_an_unknown_page(client: Client) -> None:
    assert client.get("/de/anmalan/").status_code == 404
    assert client.get("/anmalan/", headers={"Accept-Language": "de"}).status_code == 200
