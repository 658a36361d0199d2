"""Who was there: taps, two at once, the code at the table, the lock and what comes after."""

import re
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from cohorts.actions import attendance as actions
from cohorts.emails.codes import check_in_address
from cohorts.models import Enrolment, Meeting, Presence
from cohorts.rules import MeetingState
from cohorts.rules.attendance import (
    CheckInRefusal,
    CorrectionRefusal,
    check_in_refusal,
    correction_refusal,
)
from cohorts.rules.meetings import AnswerRefusal
from tests.aftermath import everything, history, read_again, whys
from tests.at_once import at_once
from tests.cohorts.staff_world import from_now, join, log_in, read, round_of, running, send
from tests.factories import NOW, make_enrolment, make_meeting, make_user

pytestmark = pytest.mark.django_db(transaction=True)

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.fixture
def leader(client: Client) -> User:
    return log_in(client, name="Hanna Handledare")


def meeting_of(leader: User, *, minutes: int = 0, **fields: Any) -> Meeting:
    at = timezone.now() + timedelta(minutes=minutes)
    return make_meeting(round=round_of(running(leader)), starts_at=at, **fields)


def desk(meeting: Meeting, page: str = "") -> str:
    return f"/handledare/traffar/{meeting.pk}/{page}"


def mark(meeting: Meeting, seat: Enrolment, value: bool | None, **seen: Any) -> Any:
    return actions.mark_attendance(
        meeting_id=meeting.pk,
        was_there={seat.pk: value},
        by=meeting.facilitator,
        now=timezone.now(),
        **seen,
    )


def code(meeting: Meeting) -> str:
    return "/" + check_in_address(meeting).split("/", 3)[3]


def test_a_tap_saves_one_person_and_the_same_tap_again_is_the_same_result(
    client: Client, leader: User
) -> None:
    meeting = meeting_of(leader, minutes=-5)
    ada, bo = join(meeting.round.cohort, "Ada"), join(meeting.round.cohort, "Bo")
    mark(meeting, bo, False)
    for _ in range(2):
        tap = client.post(desk(meeting, "narvaro/"), {f"m{ada.pk}": "ja", f"w{ada.pk}": ""})
        assert (tap.status_code, tap.content) == (204, b"")
        marks = dict(Presence.objects.values_list("enrolment", "was_there"))
        assert marks == {ada.pk: True, bo.pk: False}


def test_a_tap_over_somebody_elses_mark_is_refused_in_words(client: Client, leader: User) -> None:
    meeting = meeting_of(leader, minutes=-5)
    ada = join(meeting.round.cohort, "Ada")
    mark(meeting, ada, False)
    before = everything()
    tap = client.post(desk(meeting, "narvaro/"), {f"m{ada.pk}": "ja", f"w{ada.pk}": ""})
    assert tap.status_code == 409
    assert "Någon annan har markerat samma person" in tap.content.decode()
    assert everything() == before


def test_a_list_that_is_old_saves_nothing_of_itself_when_one_person_differs(
    client: Client, leader: User
) -> None:
    meeting = meeting_of(leader, minutes=-5)
    ada, bo = join(meeting.round.cohort, "Ada"), join(meeting.round.cohort, "Bo")
    mark(meeting, ada, False)
    before = everything()
    stale = {f"m{ada.pk}": "ja", f"w{ada.pk}": "", f"m{bo.pk}": "ja", f"w{bo.pk}": ""}
    assert "Någon annan har markerat samma person" in send(client, desk(meeting), stale)
    assert everything() == before
    untouched = {f"m{ada.pk}": "", f"w{ada.pk}": "", f"m{bo.pk}": "ja", f"w{bo.pk}": ""}
    assert "Närvaron är sparad" in send(client, desk(meeting), untouched)
    marks = dict(Presence.objects.values_list("enrolment", "was_there"))
    assert marks == {ada.pk: False, bo.pk: True}


@pytest.mark.parametrize("told", [{}, {"m1": "kanske"}, {"": "ja"}, {"mx": "ja"}])
def test_a_tap_that_says_nothing_saves_nothing(
    client: Client, leader: User, told: dict[str, str]
) -> None:
    meeting = meeting_of(leader, minutes=-5)
    join(meeting.round.cohort)
    before = everything()
    assert client.post(desk(meeting, "narvaro/"), told).status_code == 409
    assert everything() == before


@pytest.mark.postgresql
def test_of_two_who_mark_the_same_person_at_once_one_is_told(leader: User) -> None:
    meeting = meeting_of(leader, minutes=-5)
    ada = join(meeting.round.cohort)
    outcomes = at_once(
        [partial(mark, meeting, ada, value, seen={ada.pk: None}) for value in (True, False)]
    )
    assert sorted(map(str, outcomes)) == ["None", AnswerRefusal.MARKED_MEANWHILE]


@pytest.mark.pure
@pytest.mark.parametrize(
    ("minutes", "state", "marked", "refusal"),
    [
        (-31, MeetingState.SCHEDULED, None, CheckInRefusal.TOO_EARLY),
        (-30, MeetingState.SCHEDULED, None, None),
        (0, MeetingState.HELD, None, None),
        (90, MeetingState.CLOSED, True, None),
        (91, MeetingState.HELD, None, CheckInRefusal.TOO_LATE),
        (0, MeetingState.HELD, False, CheckInRefusal.MARKED_AWAY),
        (0, MeetingState.CANCELLED, None, CheckInRefusal.MEETING_OFF),
        (0, MeetingState.DRAFT, None, CheckInRefusal.MEETING_OFF),
    ],
)
def test_the_window_of_a_code(
    minutes: int, state: MeetingState, marked: bool | None, refusal: CheckInRefusal | None
) -> None:
    now = NOW + minutes * MINUTE
    found = check_in_refusal(state, starts_at=NOW, duration_minutes=60, marked=marked, now=now)
    assert found == refusal


def test_a_code_shows_on_get_and_checks_in_on_post(client: Client, leader: User) -> None:
    meeting = meeting_of(leader, minutes=10)
    seat = join(meeting.round.cohort)
    client.force_login(seat.user)
    before = everything()
    assert "Jag är här" in read(client, code(meeting))
    assert everything() == before
    for _ in range(2):
        assert "Du är incheckad" in send(client, code(meeting), {})
    presence = Presence.objects.get()
    assert (presence.was_there, presence.is_self_marked) == (True, True)
    assert read_again(meeting).state == MeetingState.SCHEDULED


@pytest.mark.parametrize(
    ("minutes", "words"), [(31, "Det är för tidigt"), (-91, "Träffen är över")]
)
def test_a_code_outside_its_window_is_refused_in_words(
    client: Client, leader: User, minutes: int, words: str
) -> None:
    meeting = meeting_of(leader, minutes=minutes)
    client.force_login(join(meeting.round.cohort).user)
    before = everything()
    assert words in send(client, code(meeting), {})
    assert everything() == before


def test_a_code_of_another_groups_meeting_is_refused_in_words(client: Client, leader: User) -> None:
    meeting = meeting_of(leader)
    client.force_login(make_enrolment().user)
    before = everything()
    assert "en annan grupp än din" in send(client, code(meeting), {})
    assert everything() == before


def test_a_code_that_is_not_ours_is_not_found_and_a_stranger_logs_in(
    client: Client, leader: User
) -> None:
    meeting = meeting_of(leader)
    forged = re.sub(r"/(\d+)\.", "/99999.", code(meeting))
    page = client.get(forged)
    assert (page.status_code, "Länken går inte" in page.content.decode()) == (404, True)
    stranger = Client().get(code(meeting))
    assert stranger.status_code == 302
    assert stranger["Location"].startswith("/logga-in/")


def test_what_the_leader_marked_stands_against_a_check_in(client: Client, leader: User) -> None:
    meeting = meeting_of(leader, minutes=-5)
    seat = join(meeting.round.cohort)
    mark(meeting, seat, False)
    client.force_login(seat.user)
    assert "Handledaren har markerat att du inte var med" in send(client, code(meeting), {})
    assert Presence.objects.get().was_there is False


def test_the_page_of_the_code_shows_it_as_a_picture_with_a_name(
    client: Client, leader: User
) -> None:
    meeting = meeting_of(leader)
    page = client.get(desk(meeting, "kod/")).content.decode()
    assert re.search(r"<svg[^>]*>.*<title>QR-kod för att checka in</title>", page, re.DOTALL)
    assert "style=" not in page


@pytest.mark.pure
@pytest.mark.parametrize(
    ("days", "why", "refusal"),
    [
        (14, "fel", CorrectionRefusal.NOT_LOCKED),
        (15, " ", CorrectionRefusal.NO_REASON),
        (15, "fel", None),
    ],
)
def test_a_correction_is_for_after_the_lock_with_a_reason(
    days: int, why: str, refusal: CorrectionRefusal | None
) -> None:
    state = MeetingState.CLOSED
    assert correction_refusal(state, starts_at=NOW, why=why, now=NOW + days * DAY) == refusal


def test_a_correction_after_the_lock_leaves_a_line_of_history(client: Client, leader: User) -> None:
    meeting = make_meeting(
        round=round_of(running(leader)), starts_at=from_now(days=-20), state=MeetingState.CLOSED
    )
    seat = join(meeting.round.cohort, "Ada Bo")
    Presence.objects.create(meeting=meeting, enrolment=seat, was_there=False)
    page = desk(meeting, "ratta/")
    before = everything()
    assert "behöver rättas" in send(client, page, {"member": seat.pk, "was_there": "ja", "why": ""})
    assert everything() == before
    told = {"member": seat.pk, "was_there": "ja", "why": "Stod på papperslistan"}
    assert "Närvaron är rättad" in send(client, page, told)
    presence = Presence.objects.get()
    assert presence.was_there is True
    assert (history(presence), whys(presence)) == (
        [("away", "there", "user")],
        ["Stod på papperslistan"],
    )
    shown = read(client, page)
    assert "Hanna Handledare: Ada Bo, var inte med → var med. Stod på papperslistan" in shown


def test_before_the_lock_the_page_of_corrections_says_so(client: Client, leader: User) -> None:
    meeting = meeting_of(leader, minutes=-5)
    seat = join(meeting.round.cohort)
    before = everything()
    told = {"member": seat.pk, "was_there": "ja", "why": "x"}
    assert "Närvaron är inte låst än" in send(client, desk(meeting, "ratta/"), told)
    assert everything() == before


PAGES = ["narvaro/", "ratta/", "kod/", "bord/", "avsluta/", "amnen/"]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.usefixtures("leader")
def test_somebody_elses_meeting_does_not_exist(client: Client, page: str) -> None:
    other = meeting_of(make_user())
    assert client.post(desk(other, page)).status_code == 404


def test_the_table_is_set_on_its_page(client: Client, leader: User) -> None:
    meeting = meeting_of(leader, minutes=60)
    join(meeting.round.cohort)
    assert "Antalet platser är sparat" in send(client, desk(meeting, "bord/"), {"seats": "8"})
    assert "Bordet har 8 platser" in read(client, desk(meeting))
    assert "behöver rättas" in send(client, desk(meeting, "bord/"), {"seats": "-1"})
    send(client, desk(meeting, "bord/"), {"seats": ""})
    assert read_again(meeting).table_seats is None
