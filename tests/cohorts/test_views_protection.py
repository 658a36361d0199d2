"""The data protection officer's pages, and a participant who asks to be erased."""

import pytest
from django.test import Client

from accounts.rules import Role
from cohorts.actions.erasure import ask_for_erasure
from cohorts.models import Erasure
from tests.aftermath import everything, read_again
from tests.cohorts.staff_world import log_in, queries_of, read, send
from tests.factories import NOW, make_cohort, make_enrolment, make_interest, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _officer(client: Client) -> None:
    log_in(client, Role.DATA_PROTECTION)


def test_who_waits_stands_on_top_with_the_last_day(client: Client) -> None:
    assert "Ingen väntar just nu." in read(client, "/dataskydd/")
    user = make_user(name="Anna Ek")
    ask_for_erasure(user_id=user.pk, now=NOW)
    page = read(client, "/dataskydd/")
    assert "Anna Ek" in page
    assert "bad om det 2026-03-10, ska vara klart senast 2026-04-10" in page
    assert "försenat" in page


def test_a_person_is_found_by_name_address_or_company_with_or_without_an_interest(
    client: Client,
) -> None:
    interest = make_interest(name="Åsa Öberg", email="asa@example.org")
    contact = make_user(name="Kaj Kontakt", email="kaj@example.org")
    for word in ("öberg", "asa@", interest.company.name):
        assert f"/dataskydd/personer/{interest.pk}/" in html(client, word)
    assert f"/dataskydd/konton/{contact.pk}/" in html(client, "kaj@example")
    assert "Ingen hittades." in read(client, "/dataskydd/", q="finns inte")


def html(client: Client, text: str) -> str:
    return client.get("/dataskydd/", {"q": text}).content.decode()


def test_the_preview_says_what_goes_what_stays_and_for_how_long_and_writes_nothing(
    client: Client,
) -> None:
    seat = make_enrolment(cohort=make_cohort(), needs="slinga")
    before = everything()
    page = read(client, f"/dataskydd/personer/{seat.interest_id}/")
    assert "Behov på träffarna, och telefonnummer (1)" in page
    assert "Platser i grupper (1): fem år räknat från 31 december" in page
    assert everything() == before


def test_a_yes_without_the_tick_erases_nobody(client: Client) -> None:
    seat = make_enrolment()
    path = f"/dataskydd/konton/{seat.user_id}/"
    before = everything()
    assert "Kryssa i rutan först. Ingenting är raderat." in send(client, path)
    assert everything() == before


def test_a_yes_erases_and_the_log_says_how_much_and_not_who(client: Client) -> None:
    seat = make_enrolment(interest=make_interest(name="Anna Ek"), needs="slinga")
    path = f"/dataskydd/personer/{seat.interest_id}/"
    page = send(client, path, {"understood": "on"})
    assert "Personen är raderad." in page
    log = read(client, "/dataskydd/raderat/")
    assert "Behov på träffarna, och telefonnummer: 1" in log
    assert "Anna" not in page + log
    assert client.get(path).status_code == 404
    assert client.get(f"/dataskydd/konton/{seat.user_id}/").status_code == 404


def test_who_works_here_is_refused_in_words(client: Client) -> None:
    coach = make_user(role=Role.COACH)
    said = send(client, f"/dataskydd/konton/{coach.pk}/", {"understood": "on"})
    assert "Avsluta personens roller först. Ingenting är raderat." in said
    assert read_again(coach).is_active


def test_the_desk_takes_as_many_statements_for_one_who_waits_as_for_ten(client: Client) -> None:
    taken = []
    client.get("/dataskydd/")
    for many in (1, 9):
        for _ in range(many):
            ask_for_erasure(user_id=make_user().pk, now=NOW)
        taken.append(queries_of(client, "/dataskydd/"))
    assert taken[0] == taken[1]


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.AID_OFFICER, Role.AUDITOR])
def test_nobody_else_may_look(role: Role) -> None:
    other = Client()
    log_in(other, role)
    assert {other.get(f"/dataskydd/{path}").status_code for path in ("", "raderat/")} == {403}


def test_a_participant_asks_reads_when_and_may_take_it_back() -> None:
    browser, seat = Client(), make_enrolment()
    browser.force_login(seat.user)
    assert "Se vad som tas bort, och begär radering" in read(browser, "/mina-uppgifter/")
    page = read(browser, "/mina-uppgifter/radera/")
    assert "Det här måste finnas kvar, utan ditt namn" in page
    assert "Begär radering" in page
    asked = send(browser, "/mina-uppgifter/radera/", {"do": "ask"})
    assert "Din begäran är mottagen." in asked
    assert "Dina uppgifter raderas senast" in asked
    back = send(browser, "/mina-uppgifter/radera/", {"do": "take_back"})
    assert "Du har tagit tillbaka din begäran. Inget raderas." in back
    assert Erasure.objects.get().state == "taken_back"
