"""Rooms, closed days and working hours: added, changed and ended on their pages."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Change
from accounts.rules import Role
from cohorts.models import Break, Room, RoomTime, TimeOff, WorkingHours, WorkingTerms
from tests.cohorts.staff_world import from_now, log_in, queries_of, read, running, send
from tests.factories import make_meeting, make_place, make_user

pytestmark = pytest.mark.django_db

ROOM = {"place": "umea", "name": "Älven", "address": "Gatan 1", "seats": "12", "is_step_free": "on"}


@pytest.fixture(autouse=True)
def _towns() -> None:
    for code in ("umea", "mala", "digital"):
        make_place(code)


def test_a_room_is_added_changed_and_ended_with_its_history(client: Client) -> None:
    log_in(client, Role.COORDINATOR)
    assert "Inga lokaler finns än" in read(client, "/samordna/lokaler/")
    assert "Lokalen är tillagd." in send(client, "/samordna/lokaler/", ROOM)
    room = Room.objects.get()
    page = f"/samordna/lokaler/{room.pk}/"
    assert "Lokalen är ändrad." in send(client, f"{page}andra/", {**ROOM, "seats": "9"})
    said = read(client, page)
    assert ("lades till" in said, "ändrades" in said) == (True, True)
    assert "Lokalen används inte längre." in send(client, f"{page}avsluta/")
    assert read(client, page, status=404)
    assert list(Change.objects.order_by("id").values_list("became", flat=True)) == [
        "added",
        "changed",
        "ended",
    ]


def test_a_room_that_has_a_meeting_is_not_taken_from_it(client: Client) -> None:
    user = log_in(client, Role.COORDINATOR)
    room = Room.objects.create(place=make_place(), name="Älven", seats=5)
    at = from_now(days=20)
    make_meeting(round=running(user).rounds.get(), starts_at=at, room=room)
    page = f"/samordna/lokaler/{room.pk}/"
    day = timezone.localdate(at).isoformat()
    said = send(client, page, {"kind": "closed", "first_on": day, "note": "Golvet läggs om"})
    assert "En träff är planerad i lokalen då. Flytta den först." in said
    assert "Träffar är planerade i lokalen. Flytta dem först." in send(client, f"{page}avsluta/")
    assert RoomTime.objects.count() == 0


def test_a_time_of_a_room_is_taken_and_given_back(client: Client) -> None:
    log_in(client, Role.COORDINATOR)
    room = Room.objects.create(place=make_place(), name="Älven", seats=5)
    page = f"/samordna/lokaler/{room.pk}/"
    day = (timezone.localdate() + timedelta(days=9)).isoformat()
    told = {"kind": "booked", "first_on": day, "starts": "09:00", "ends": "11:00", "note": "Kör"}
    assert "Kör" in send(client, page, told)
    taken = RoomTime.objects.get()
    assert taken.ends_at - taken.starts_at == timedelta(hours=2)
    assert "Lokalen är ledig då igen." in send(client, f"{page}tider/{taken.pk}/bort/")


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"last_on": "2000-01-01"}, "Sista dagen ligger före den första."),
        ({"starts": "10:00"}, "Fyll i båda klockslagen, eller inget."),
        ({"starts": "10:00", "ends": "10:00"}, "Sluttiden ligger före starttiden."),
    ],
)
def test_a_time_that_cannot_be_is_pointed_out(
    client: Client, told: dict[str, str], said: str
) -> None:
    log_in(client, Role.COORDINATOR)
    room = Room.objects.create(place=make_place(), name="Älven", seats=5)
    page = f"/samordna/lokaler/{room.pk}/"
    day = (timezone.localdate() + timedelta(days=9)).isoformat()
    assert said in send(client, page, {"kind": "booked", "first_on": day, **told})
    assert RoomTime.objects.count() == 0


def test_a_break_is_entered_for_a_municipality_and_removed(client: Client) -> None:
    log_in(client, Role.COORDINATOR)
    first = timezone.localdate() + timedelta(days=9)
    told = {
        "municipality": "2480",
        "name": "Sportlov",
        "first_on": first.isoformat(),
        "last_on": (first + timedelta(days=4)).isoformat(),
    }
    said = send(client, "/samordna/lov/", told)
    assert ("Umeå: Sportlov" in said, "Juldagen" in said) == (True, True)
    assert "redan ett lov" in send(client, "/samordna/lov/", told)
    assert "Lovet är borttaget." in send(client, f"/samordna/lov/{Break.objects.get().pk}/bort/")


def test_a_facilitator_tells_hours_places_and_a_day_off(client: Client) -> None:
    user = log_in(client)
    told = {"starts1": "08:00", "ends1": "12:00", "base": "mala", "most_a_week": "2"}
    said = send(client, "/handledare/tider/", {"do": "hours", "serves": ["mala"], **told})
    assert "Tiderna är sparade." in said
    terms = WorkingTerms.objects.get(user=user)
    assert (terms.base_id, terms.most_a_week) == ("mala", 2)
    assert WorkingHours.objects.filter(user=user).count() == 1
    day = (timezone.localdate() + timedelta(days=9)).isoformat()
    send(client, "/handledare/tider/", {"do": "off", "off-first_on": day})
    off = TimeOff.objects.get()
    said = send(client, f"/handledare/tider/{off.pk}/bort/")
    assert "Tiden är borttagen." in said


def test_nobody_but_a_coordinator_touches_anothers_hours(client: Client) -> None:
    other = make_user(role=Role.FACILITATOR)
    now = timezone.now()
    off = TimeOff.objects.create(user=other, starts_at=now, ends_at=now + timedelta(days=1))
    log_in(client)
    read(client, f"/samordna/handledare/{other.pk}/", status=403)
    assert client.post(f"/handledare/tider/{off.pk}/bort/").status_code == 404
    log_in(client, Role.COORDINATOR)
    assert "Tiden är borttagen." in send(client, f"/handledare/tider/{off.pk}/bort/")


def test_the_load_of_many_leaders_takes_as_many_statements_as_that_of_one(client: Client) -> None:
    user = log_in(client, Role.COORDINATOR)
    make_meeting(round=running(user).rounds.get(), starts_at=from_now(days=2))
    read(client, "/samordna/handledare/")
    alone = queries_of(client, "/samordna/handledare/")
    for _ in range(3):
        leader = make_user(role=Role.FACILITATOR)
        make_meeting(round=running(leader).rounds.get(), starts_at=from_now(days=2))
    assert queries_of(client, "/samordna/handledare/") == alone


def test_rooms_and_closed_days_are_the_coordinators(client: Client) -> None:
    log_in(client)
    for page in ("lokaler/", "lov/", "handledare/"):
        read(client, f"/samordna/{page}", status=403)
