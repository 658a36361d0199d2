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


def wish(client: Client, draft: Forming, one: Interest, other: Interest, kind: str) -> str:
    told = {"en": str(one.pk), "annan": str(other.pk), "par": kind}
    return send(client, f"{PAGE}{draft.pk}/", told)


def cohort_of(draft: Forming, person: Interest) -> int | None:
    draft.refresh_from_db()
    numbers = [
        number
        for number, one in enumerate(draft.answer["cohorts"])
        if str(person.pk) in one["people"]
    ]
    return numbers[0] if numbers else None


def test_two_who_are_to_be_apart_and_two_together_are_and_it_is_said(client: Client) -> None:
    log_in(client, Role.FACILITATOR)
    people = waiting(14)
    draft = made(client)
    one, other = people[:2]
    wish(client, draft, one, other, "apart")
    assert cohort_of(draft, one) != cohort_of(draft, other)
    said = wish(client, draft, other, one, "together")
    assert "De två har redan det motsatta önskemålet." in said
    away = " ".join(["apart", *sorted([str(one.pk), str(other.pk)])])
    send(client, f"{PAGE}{draft.pk}/", {"par-bort": away})
    said = wish(client, draft, one, other, "together")
    assert cohort_of(draft, one) == cohort_of(draft, other)
    assert "ska vara i samma grupp" in said
    assert "Så är det i förslaget." in said


def test_two_who_cannot_be_together_wait_and_it_is_said_why(client: Client) -> None:
    log_in(client, Role.COORDINATOR)
    here, there = waiting(7), waiting(7, places=("mala",))
    draft = made(client)
    said = wish(client, draft, here[0], there[0], "together")
    assert (cohort_of(draft, here[0]), cohort_of(draft, there[0])) == (None, None)
    assert "De får ingen plats tillsammans än:" in said


def test_a_wish_for_one_person_or_a_stranger_changes_nothing(client: Client) -> None:
    log_in(client, Role.COORDINATOR)
    people = waiting(6)
    draft = made(client)
    for told in (
        {"en": str(people[0].pk), "annan": str(people[0].pk), "par": "apart"},
        {"en": str(people[0].pk), "annan": "999999", "par": "apart"},
        {"en": str(people[0].pk), "annan": str(people[1].pk), "par": "svärmor"},
    ):
        assert "Välj två olika personer" in send(client, f"{PAGE}{draft.pk}/", told)
    assert Forming.objects.get().wish == {}
