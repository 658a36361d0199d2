"""The agenda put together by hand, the end of a meeting on one page, the leader's week."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.rules import Role
from cohorts.actions import agendas, closing, rounds, weeks
from cohorts.models import AgendaItem, Enrolment, Meeting, Presence
from cohorts.rules import AnswerKind, MeetingState
from cohorts.rules.meetings import AnswerRefusal, week_letter_day
from outbox.models import Message
from tests.aftermath import everything, letters, read_again, receivers
from tests.cohorts.staff_world import (
    from_now,
    join,
    log_in,
    queries_of,
    read,
    round_of,
    running,
    send,
)
from tests.factories import make_meeting, make_programme, make_user

pytestmark = pytest.mark.django_db(transaction=True)

STOCKHOLM = ZoneInfo("Europe/Stockholm")


@pytest.fixture
def leader(client: Client) -> User:
    return log_in(client, name="Hanna Handledare")


def meeting_of(leader: User, *, days: int = 0, **fields: Any) -> Meeting:
    starts_at = from_now(days=days, minutes=-5)
    return make_meeting(round=round_of(running(leader)), starts_at=starts_at, **fields)


def ask(meeting: Meeting, seat: Enrolment, text: str) -> AgendaItem:
    return AgendaItem.objects.create(
        round=meeting.round, author=seat, text=text, asked_at=timezone.now()
    )


def desk(meeting: Meeting, page: str = "") -> str:
    return f"/handledare/traffar/{meeting.pk}/{page}"


def test_questions_become_one_point_get_one_answer_and_can_be_taken_apart(
    client: Client, leader: User
) -> None:
    meeting = meeting_of(leader)
    seat = join(meeting.round.cohort)
    one, other, third = (ask(meeting, seat, text) for text in ("Ett?", "Två?", "Tre?"))
    told = {"items": [one.pk, other.pk], "topic": "Siffror"}
    assert "Frågorna är en punkt nu" in send(client, desk(meeting, "amnen/"), told)
    assert "Siffror" in read(client, desk(meeting))
    send(client, desk(meeting, f"fragor/{other.pk}/"), {"answer": "Så här."})
    items = AgendaItem.objects.order_by("pk")
    assert [item.answer for item in items] == ["Så här.", "Så här.", ""]
    client.force_login(seat.user)
    page = read(client, f"/grupp/{meeting.round.cohort_id}/")
    assert page.count("Så här.") == 1
    assert third.text in page
    agendas.put_together(round_id=meeting.round_id, item_ids=[third.pk], topic="")
    assert read_again(third).topic == ""


@pytest.mark.parametrize("items", [[], [0], ["x"]])
def test_a_topic_without_questions_is_refused_in_words(
    client: Client, leader: User, items: list[Any]
) -> None:
    meeting = meeting_of(leader)
    before = everything()
    page = send(client, desk(meeting, "amnen/"), {"items": items, "topic": "x"})
    assert "Välj minst en fråga" in page
    assert everything() == before


def test_a_topic_takes_no_question_of_another_group(leader: User) -> None:
    other = meeting_of(make_user())
    item = ask(other, join(other.round.cohort), "Hemligt?")
    meeting = meeting_of(leader)
    agendas.put_together(round_id=meeting.round_id, item_ids=[item.pk], topic="x")
    assert read_again(item).topic == ""


def test_the_agenda_tells_what_has_been_ticked_off_since_last_time(
    client: Client, leader: User
) -> None:
    before = meeting_of(leader, days=-10, state=MeetingState.CLOSED)
    meeting = make_meeting(round=before.round, starts_at=from_now(days=4))
    seat = join(before.round.cohort)
    first, second, _ = before.round.course.lessons.all()

    def tick(*done: int, days: int) -> None:
        rounds.mark_lessons(
            participation_id=seat.participations.get().pk,
            done=done,
            unclear=[],
            relevant=[],
            by=seat.user,
            now=from_now(days=days),
        )

    tick(first.pk, days=-12)
    tick(first.pk, second.pk, days=-2)
    page = read(client, desk(meeting))
    assert "2. Kapitel 2: 1 person" in page
    assert "1. Kapitel 1: 1 person" not in page


def end(meeting: Meeting, leader: User, **told: Any) -> AnswerRefusal | None:
    return closing.end_meeting(
        **{
            "meeting_id": meeting.pk,
            "was_there": {},
            "seen": None,
            "answers": {},
            "note": "",
            "by": leader,
            "now": timezone.now(),
            **told,
        }
    )


def test_a_meeting_is_ended_on_one_page_and_who_was_away_gets_one_letter(
    client: Client, leader: User
) -> None:
    meeting = meeting_of(leader)
    cohort = meeting.round.cohort
    here, away, unknown = join(cohort, "Här"), join(cohort, "Borta"), join(cohort, "Okänd")
    item = ask(meeting, here, "Vad är en vikt?")
    assert "Vad är en vikt?" in read(client, desk(meeting, "avsluta/"))
    told = {
        f"m{here.pk}": "ja",
        f"m{away.pk}": "nej",
        f"m{unknown.pk}": "",
        f"a{item.pk}": "Ett tal som modellen lär sig.",
        "note": "Vi ses den 14:e.",
    }
    for _ in range(2):
        assert "Träffen är avslutad" in send(client, desk(meeting, "avsluta/"), told)
    assert read_again(meeting).state == MeetingState.CLOSED
    assert (read_again(item).answer, read_again(item).answered_in) == (
        "Ett tal som modellen lär sig.",
        meeting,
    )
    assert letters() == [f"meeting/{meeting.pk}/missed/{away.pk}"]
    text = Message.objects.get().text
    assert "Vi ses den 14:e." in text
    assert "Vad är en vikt?\nSvar: Ett tal som modellen lär sig." in text
    client.force_login(here.user)
    assert "Vi ses den 14:e." in read(client, f"/traff/{meeting.pk}/")


def test_without_a_note_and_answers_there_is_no_letter(leader: User) -> None:
    meeting = meeting_of(leader)
    away = join(meeting.round.cohort)
    assert end(meeting, leader, was_there={away.pk: False}) is None
    assert (read_again(meeting).state, letters()) == (MeetingState.CLOSED, [])


def test_an_end_that_writes_over_somebody_elses_mark_saves_nothing_at_all(
    client: Client, leader: User
) -> None:
    meeting = meeting_of(leader)
    seat = join(meeting.round.cohort)
    item = ask(meeting, seat, "Varför?")
    Presence.objects.create(meeting=meeting, enrolment=seat, was_there=True)
    before = everything()
    told = {f"m{seat.pk}": "nej", f"w{seat.pk}": "", f"a{item.pk}": "Därför.", "note": "Hej"}
    page = send(client, desk(meeting, "avsluta/"), told)
    assert "Någon annan har markerat samma person" in page
    assert "Därför." in client.post(desk(meeting, "avsluta/"), told).content.decode()
    assert everything() == before


@pytest.mark.parametrize(
    ("days", "words"), [(1, "Träffen har inte börjat än"), (-15, "Närvaron låstes 14 dagar")]
)
def test_a_meeting_is_ended_in_its_time_only(
    client: Client, leader: User, days: int, words: str
) -> None:
    meeting = meeting_of(leader, days=days)
    before = everything()
    assert words in send(client, desk(meeting, "avsluta/"), {"note": "x"})
    assert everything() == before


def test_the_end_takes_as_many_statements_with_many_people(client: Client, leader: User) -> None:
    meeting = meeting_of(leader)
    seat = join(meeting.round.cohort)
    ask(meeting, seat, "Ett?")
    queries_of(client, desk(meeting, "avsluta/"))
    with_few = queries_of(client, desk(meeting, "avsluta/"))
    for n in range(30):
        ask(meeting, join(meeting.round.cohort), f"Fråga {n}?")
    assert queries_of(client, desk(meeting, "avsluta/")) == with_few


MONDAY = datetime(2026, 3, 2, 7, tzinfo=STOCKHOLM)


@pytest.mark.pure
@pytest.mark.parametrize(
    ("day", "hour", "is_time"), [(2, 6, False), (2, 7, True), (2, 23, True), (3, 7, False)]
)
def test_the_week_is_written_about_on_monday_from_seven(day: int, hour: int, is_time: bool) -> None:
    at = MONDAY.replace(day=day, hour=hour, tzinfo=None)
    assert week_letter_day(at) == (at.date() if is_time else None)


def test_each_who_leads_gets_one_letter_about_a_week_that_holds_something() -> None:
    make_programme()
    busy, idle = make_user(role=Role.FACILITATOR), make_user(role=Role.FACILITATOR)
    meeting = make_meeting(
        round=round_of(running(busy)), starts_at=MONDAY + timedelta(days=3), facilitator=busy
    )
    seat = join(meeting.round.cohort)
    Presence.objects.create(meeting=meeting, enrolment=seat, answer=AnswerKind.DIGITAL)
    make_meeting(round=meeting.round, starts_at=MONDAY + timedelta(days=7), facilitator=busy)
    for hours in (-1, 0, 1, 16, 24):
        weeks.send_weeks(now=MONDAY + timedelta(hours=hours))
    assert (receivers(), idle.email in receivers()) == ([busy.email], False)
    text = Message.objects.get().text
    assert "torsdag 5 mars 2026 kl.\u00a007.00" in text
    assert "0 på plats, 1 digitalt" in text
    assert "9 mars" not in text
    weeks.send_weeks(now=MONDAY + timedelta(days=7))
    assert len(receivers()) == 2
