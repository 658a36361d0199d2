"""Two browsers on one meeting, and changes that change nothing."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.rules import Role
from cohorts.models import Meeting
from tests.aftermath import everything, read_again
from tests.cohorts.staff_world import NEVER_MIND, log_in, read, round_of, running, send
from tests.days import at, open_days
from tests.factories import make_meeting, make_place, make_user
from tests.journeys.forms import forms_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(client: Client) -> Meeting:
    [day] = open_days(10)
    return make_meeting(round=round_of(running(log_in(client))), starts_at=at(day))


def desk(meeting: Meeting, page: str) -> str:
    return f"/handledare/traffar/{meeting.pk}/{page}"


def filled(client: Client, page: str) -> dict[str, Any]:
    """Return what the form of a page holds when it is opened."""
    html = client.get(page).content.decode()
    return next(dict(form.fields) for form in forms_in(html) if "seen" in dict(form.fields))


@pytest.mark.parametrize("page", ["stall-in/", "vikarie/"])
def test_what_was_changed_in_another_browser_is_neither_called_off_nor_handed_over(
    client: Client, meeting: Meeting, page: str
) -> None:
    other: User = make_user(role=Role.FACILITATOR)
    told = {**filled(client, desk(meeting, page)), "why": NEVER_MIND, "leader": other.pk}
    Meeting.objects.update(sequence=1)
    before = everything()
    said = send(client, desk(meeting, page), told)
    assert "Någon annan har ändrat träffen medan du hade sidan öppen." in said
    assert everything() == before
    send(client, desk(meeting, page), {**told, "seen": 1})
    assert read_again(meeting).sequence == 2


def test_a_form_that_is_sent_as_it_was_changes_nothing_and_says_so(
    client: Client, meeting: Meeting
) -> None:
    make_place("digital")
    local = timezone.localtime(meeting.starts_at)
    told = {"on": local.date(), "at": f"{local:%H:%M}", "minutes": 60, "place": meeting.place_id}
    before = everything()
    said = "Träffens tid, plats och länk är oförändrade, så gruppen har inte fått något brev."
    assert said in send(client, desk(meeting, "flytta/"), told)
    assert everything() == before
    link = {"join_link": "https://example.org/rum"}
    assert "Träffen är digital, och" in send(client, desk(meeting, "digital/"), link)
    assert said in send(client, desk(meeting, "digital/"), link)
    assert read_again(meeting).sequence == 1
    assert said not in read(client, desk(meeting, ""))
