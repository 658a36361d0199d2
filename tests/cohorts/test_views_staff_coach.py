"""The municipal coach: own people, and a sign-up on the phone that the person confirms."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.rules import Role
from cohorts.models import Interest
from cohorts.rules import InterestState
from outbox.models import Message
from tests.aftermath import everything, history, letters, read_again, receivers, whys
from tests.cohorts.staff_world import from_now, log_in, queries_of, read, send
from tests.factories import make_interest, make_place, make_programme, make_user

pytestmark = pytest.mark.django_db
PAGE = "/coach/"
SIGN_UP = "/coach/anmal/"


@pytest.fixture
def coach(client: Client) -> User:
    make_programme()
    make_place("umea")
    make_place("mala")
    return log_in(client, Role.COACH, name="Clas Coach")


def told(**fields: Any) -> dict[str, Any]:
    return {
        "name": "Ringd Person",
        "email": "ringd@example.org",
        "company": "Bageriet",
        "place": "mala",
        "language": "sv",
        "has_told": "on",
        **fields,
    }


def brought(coach: User, **fields: Any) -> Interest:
    return make_interest(
        **{
            "on_behalf_by": coach,
            "state": InterestState.UNVERIFIED,
            "confirmed_at": None,
            "registered_at": from_now(days=-2),
            **fields,
        }
    )


def about(person: Interest, page: str = "") -> str:
    return f"{PAGE}{person.pk}/{page}"


@pytest.mark.parametrize("address", [PAGE, SIGN_UP, "/coach/1/"])
def test_a_facilitator_is_told_that_the_pages_are_not_theirs(client: Client, address: str) -> None:
    log_in(client)
    assert client.get(address).status_code == 403


def test_the_text_to_read_aloud_names_who_is_responsible_and_for_how_long(
    client: Client, coach: User
) -> None:
    page = read(client, SIGN_UP)
    assert coach.name in page
    assert "Exempelregionen (påhittad) ansvarar för uppgifterna" in page
    assert "Bekräftar du inte inom 21 dagar tas allt bort" in page
    assert "icke-bindande" in page


def test_somebody_is_signed_up_and_asked_by_letter_to_confirm(client: Client, coach: User) -> None:
    page = send(client, SIGN_UP, told(second_place="umea", times=["1-lunch"]))
    assert "Ett brev är på väg till ringd@example.org" in page
    person = Interest.objects.get()
    assert (person.state, person.on_behalf_by, person.times) == ("unverified", coach, ["1-lunch"])
    assert [ranked.place_id for ranked in person.places.all()] == ["mala", "umea"]
    assert history(person) == [("", "unverified", "user")]
    letter = Message.objects.get()
    assert (letter.to, "Clas Coach" in letter.text, "21 dagar" in letter.text) == (
        "ringd@example.org",
        True,
        True,
    )
    assert "Ringd Person , Bageriet" in read(client, PAGE)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"has_told": ""}, "Läs upp texten och kryssa i rutan"),
        ({"email": "ringd@"}, "Det är något som behöver rättas"),
        ({"place": ""}, "Det är något som behöver rättas"),
        ({"number": "123"}, "Ett organisationsnummer har tio siffror"),
    ],
)
@pytest.mark.usefixtures("coach")
def test_a_fault_is_said_and_nobody_is_signed_up(
    client: Client, wrong: dict[str, str], words: str
) -> None:
    response = client.post(SIGN_UP, told(**wrong))
    html = response.content.decode()
    assert words in html
    assert 'value="Ringd Person"' in html
    assert (Interest.objects.count(), letters()) == (0, [])


@pytest.mark.usefixtures("coach")
def test_a_wrong_number_does_not_stop_the_person(client: Client) -> None:
    send(client, SIGN_UP, told(number="123", without_number="on"))
    assert Interest.objects.get().company.needs_check is True


@pytest.mark.usefixtures("coach")
def test_somebody_who_is_in_already_gets_a_letter_and_the_coach_the_same_answer(
    client: Client,
) -> None:
    known = make_interest(name="Ringd Person", email="ringd@example.org")
    page = send(client, SIGN_UP, told())
    assert "Ett brev är på väg till ringd@example.org" in page
    assert Interest.objects.count() == 1
    assert read_again(known).on_behalf_by is None
    assert "Du har inte anmält någon än" in page


def test_without_a_programme_nobody_is_signed_up(client: Client) -> None:
    make_place("mala")
    log_in(client, Role.COACH)
    assert "Just nu tar inget projekt emot anmälningar" in send(client, SIGN_UP, told())
    assert Interest.objects.count() == 0


def test_the_unconfirmed_stand_first_with_the_days_they_have_left(
    client: Client, coach: User
) -> None:
    brought(coach, name="Bo Bekräftad", state=InterestState.ACTIVE)
    brought(coach, name="Ny Person", registered_at=timezone.now() - timedelta(hours=1))
    brought(coach, name="Gammal Person", registered_at=timezone.now() - timedelta(days=20))
    page = read(client, PAGE)
    places = [page.index(name) for name in ("Gammal Person", "Ny Person", "Bo Bekräftad")]
    assert places == sorted(places)
    assert ("0 dagar kvar" in page, "20 dagar kvar" in page) == (True, True)


def test_a_coach_sees_own_people_and_a_coordinator_all(client: Client, coach: User) -> None:
    own = brought(coach, name="Min Person")
    other = brought(make_user(role=Role.COACH, name="Cia Kollega"), name="Annans Person")
    page = read(client, PAGE)
    assert ("Min Person" in page, "Annans Person" in page) == (True, False)
    for address in (about(other), about(other, "igen/"), about(other, "muntligt/")):
        assert client.post(address).status_code == 404
    log_in(client, Role.COORDINATOR)
    page = read(client, PAGE)
    assert ("Min Person" in page, "Annans Person" in page, "av Cia Kollega" in page) == (True,) * 3
    assert client.get(about(own)).status_code == 200


def test_the_list_takes_as_many_statements_with_many_people_as_with_one(
    client: Client, coach: User
) -> None:
    brought(coach)
    queries_of(client, PAGE)
    with_one = queries_of(client, PAGE)
    for number in range(300):
        brought(coach, state=InterestState.ACTIVE if number % 2 else InterestState.UNVERIFIED)
    assert queries_of(client, PAGE) == with_one


def test_the_link_is_sent_again_at_most_once_a_day(client: Client, coach: User) -> None:
    person = brought(coach)
    for _ in range(2):
        assert "Länken är skickad" in send(client, about(person, "igen/"))
    assert receivers() == [person.email]
    assert client.get(about(person, "igen/")).status_code == 405


def test_a_corrected_address_gets_a_letter_of_its_own_and_older_links_are_void(
    client: Client, coach: User
) -> None:
    person = brought(coach)
    send(client, about(person, "igen/"))
    page = send(client, about(person), {"name": "Rätt Namn", "email": "ratt@example.org"})
    assert "Rättat. Ett nytt brev är på väg" in page
    after = read_again(person)
    assert (after.name, after.email, after.link_generation) == ("Rätt Namn", "ratt@example.org", 2)
    assert receivers() == [person.email, "ratt@example.org"]
    assert Message.objects.latest("id").links["confirm"]["generation"] == 2
    assert whys(person) == ["corrected"]


def test_a_correction_that_is_no_address_changes_nothing(client: Client, coach: User) -> None:
    person = brought(coach)
    before = everything()
    page = send(client, about(person), {"name": "Rätt Namn", "email": "ratt"})
    assert "Det är något som behöver rättas" in page
    assert everything() == before


def test_a_spoken_confirmation_is_written_down_as_such(client: Client, coach: User) -> None:
    person = brought(coach, name="Rita Ringd")
    assert "Rita Ringd är bekräftad" in send(client, about(person, "muntligt/"))
    assert read_again(person).state == InterestState.ACTIVE
    assert (history(person), whys(person)) == (
        [("unverified", "active", "user")],
        ["confirmed aloud"],
    )
    assert len(letters()) == 1


@pytest.mark.parametrize("page", ["", "igen/", "muntligt/"])
def test_who_has_confirmed_is_left_as_they_are(client: Client, coach: User, page: str) -> None:
    person = brought(coach, state=InterestState.ACTIVE)
    before = everything()
    words = send(client, about(person, page), {"name": "Nytt", "email": "nytt@example.org"})
    assert "väntar inte på att bekräftas längre. Ingenting ändrades" in words
    assert everything() == before
