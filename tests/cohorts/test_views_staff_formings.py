"""Drafts of cohorts: kept, person by person, pinned and worked out anew, up to a real cohort."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.rules import Role
from cohorts.models import Cohort, Forming, Interest, Invitation
from tests.aftermath import letters
from tests.cohorts.staff_world import log_in, queries_of, read, send
from tests.factories import make_course, make_interest, make_place, make_programme

pytestmark = pytest.mark.django_db

PAGE = "/samordna/forslag/"


@pytest.fixture(autouse=True)
def _world() -> None:
    make_programme()
    for code in ("umea", "mala"):
        make_place(code)


def waiting(many: int, **fields: object) -> list[Interest]:
    return [make_interest(times=["1-lunch"], **fields) for _ in range(many)]


def made(client: Client) -> Forming:
    send(client, f"{PAGE}nytt/")
    return Forming.objects.latest("id")


def test_a_draft_says_why_for_each_and_what_would_help_those_who_wait(client: Client) -> None:
    log_in(client, Role.COORDINATOR)
    waiting(7)
    [alone] = waiting(1, places=("mala",))
    draft = made(client)
    said = read(client, f"{PAGE}{draft.pk}/")
    assert "vill helst träffas här, tiden passar, samma språk" in said
    assert "Fler kan inte få plats." in said
    assert alone.name in said
    assert "för få vill ha samma ort och språk." in said
    assert "Fråga om digitalt eller en annan ort går" in said
    assert letters() == []


def test_a_pinned_person_keeps_the_kind_when_it_is_worked_out_anew(client: Client) -> None:
    log_in(client, Role.COORDINATOR)
    for one in waiting(6, places=("umea",)):
        assert one.pk
    either = waiting(7, places=("mala", "umea"))
    draft = made(client)
    kinds = {key: one["kind"][0] for one in draft.answer["cohorts"] for key in one["people"]}
    assert kinds[str(either[0].pk)] == "mala"
    said = send(client, f"{PAGE}{draft.pk}/", {"person": [str(either[0].pk)]})
    assert "Förslaget är räknat på nytt med dem du valde att behålla." in said
    draft.refresh_from_db()
    assert draft.answer["pinned"] == {str(either[0].pk): ["mala", "sv", "1-lunch"]}


def test_two_browsers_with_one_draft_the_second_hears_of_it(client: Client) -> None:
    log_in(client, Role.COORDINATOR)
    waiting(6)
    draft = made(client)
    old = (draft.made_at - timedelta(seconds=1)).isoformat()
    assert "Något har ändrats" in send(client, f"{PAGE}{draft.pk}/", {"sedd": old})


def test_a_cohort_opened_from_a_draft_has_its_people_and_sends_nothing(client: Client) -> None:
    log_in(client, Role.COORDINATOR)
    people = waiting(6)
    course = make_course(title="Elements of AI")
    draft = made(client)
    Interest.objects.filter(pk=people[0].pk).update(state="paused")
    told = {
        "place": "umea",
        "language": "sv",
        "weekday": "1",
        "time_of_day": "lunch",
        "starts_on": (timezone.localdate() + timedelta(days=40)).isoformat(),
        "seats": "12",
        "least": "4",
        "course": course.pk,
        "facilitator": client.session["_auth_user_id"],
    }
    address = f"/handledare/grupper/ny/?utkast={draft.pk}&nummer=0"
    send(client, address, told)
    cohort = Cohort.objects.get()
    drafted = Invitation.objects.filter(cohort=cohort, state="draft")
    assert set(drafted.values_list("interest", flat=True)) == {one.pk for one in people[1:]}
    assert letters() == []
    assert "Gruppen är öppnad." in read(client, f"{PAGE}{draft.pk}/")
    send(client, address, {**told, "name": "En till"})  # opened once only
    assert Invitation.objects.count() == 5


def test_a_draft_is_listed_and_thrown_away(client: Client) -> None:
    log_in(client, Role.COORDINATOR)
    waiting(6)
    draft = made(client)
    assert "Sparade utkast" in read(client, PAGE)
    assert "Utkastet är borttaget." in send(client, f"{PAGE}{draft.pk}/bort/")
    read(client, f"{PAGE}{draft.pk}/", status=404)


def test_a_draft_of_many_takes_as_many_statements_as_one_of_few(client: Client) -> None:
    log_in(client, Role.COORDINATOR)
    waiting(6)
    few = queries_of(client, f"{PAGE}{made(client).pk}/")
    waiting(20)
    assert queries_of(client, f"{PAGE}{made(client).pk}/") == few
