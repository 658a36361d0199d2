"""What letters tell people's calendars, from the first invitation to the day they leave."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import permutations
from smtplib import SMTPServerDisconnected
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core import mail

from accounts.steps import LINK
from cohorts.actions import forming, seats
from cohorts.actions import series as planning
from cohorts.actions.series import PlannedMeeting
from cohorts.emails.invites import uid_of
from cohorts.models import Cohort, Meeting
from cohorts.rules import CohortState
from outbox.actions import deliver_waiting
from outbox.emails import as_email
from outbox.models import Message
from tests.cohorts.calendar_client import CalendarClient, events_in, parsed
from tests.factories import NOW, make_cohort, make_enrolment, make_invitation, make_place

pytestmark = pytest.mark.django_db(transaction=True)

STOCKHOLM = ZoneInfo("Europe/Stockholm")
FIRST = datetime(2026, 4, 7, 12, tzinfo=STOCKHOLM)
DAY = timedelta(days=1)


@pytest.fixture
def cohort() -> Cohort:
    cohort = make_cohort(state=CohortState.RUNNING, round_state="running")
    for language in ("sv", "en"):
        seat = make_enrolment(cohort=cohort)
        seat.interest.language = language
        seat.interest.save()
    return cohort


def plan(cohort: Cohort, *days: int) -> list[Meeting]:
    series = [
        PlannedMeeting(
            starts_at=datetime.combine(FIRST.date() + n * DAY, FIRST.time(), STOCKHOLM),
            duration_minutes=60,
            place="umea",
            address="Exempelgatan 3",
        )
        for n in days
    ]
    return planning.plan_series(
        round_id=cohort.rounds.get().pk, series=series, by=cohort.facilitator, now=NOW
    )


def move(meeting: Meeting, *, now: datetime, place: str = "umea", **ways_in: Any) -> None:
    to = PlannedMeeting(
        starts_at=meeting.starts_at + timedelta(hours=1),
        duration_minutes=60,
        place=place,
        **ways_in,
    )
    planning.change_meeting(
        meeting_id=meeting.pk, to=to, gap_reason="", by=meeting.facilitator, now=now
    )


def told(key: str) -> list[Any]:
    """Return the calendars in the letters whose key begins so, parsed."""
    found = Message.objects.filter(key__startswith=key).order_by("id")
    return [parsed(text) for message in found for text in message.calendars]


def events(key: str) -> list[Any]:
    return [calendar.walk("VEVENT")[0] for calendar in told(key)]


def test_a_planned_series_asks_each_member_for_each_meeting_alone(cohort: Cohort) -> None:
    fresh = plan(cohort, 0, 21)
    for message in Message.objects.all():
        assert [parsed(text)["METHOD"] for text in message.calendars] == ["REQUEST"] * 2
        asked = [events_in(text) for text in message.calendars]
        assert [len(one) for one in asked] == [1, 1]
        assert {str(one[0]["ATTENDEE"]) for one in asked} == {f"mailto:{message.to}"}
        assert {str(one[0]["ORGANIZER"]) for one in asked} == {"mailto:regai@example.org"}
    seats_ = list(cohort.enrolments.order_by("pk"))
    expected = {str(uid_of(one, f"enrolment/{seat.pk}")) for one in fresh for seat in seats_}
    assert {str(event["UID"]) for event in events("meetings-planned")} == expected
    assert len(expected) == 4


def test_a_change_keeps_the_identity_raises_the_sequence_and_dates_it_by_the_row(
    cohort: Cohort,
) -> None:
    (meeting,) = plan(cohort, 0)
    later = NOW + 3 * DAY
    move(meeting, now=later)
    first, changed = events("meetings-planned")[0], events(f"meeting/{meeting.pk}/changed")[0]
    assert (first["UID"], int(first["SEQUENCE"])) == (changed["UID"], 0)
    assert (int(changed["SEQUENCE"]), changed["DTSTAMP"].dt) == (1, later)
    assert changed["DTSTART"].dt == FIRST + timedelta(hours=1)


def test_a_meeting_called_off_is_cancelled_in_the_calendar(cohort: Cohort) -> None:
    (meeting,) = plan(cohort, 0)
    planning.cancel_meeting(meeting_id=meeting.pk, why="", by=cohort.facilitator, now=NOW + DAY)
    (one, _) = told(f"meeting/{meeting.pk}/cancelled")
    (event,) = one.walk("VEVENT")
    assert (one["METHOD"], event["STATUS"], int(event["SEQUENCE"])) == ("CANCEL", "CANCELLED", 1)


def test_who_joins_is_asked_for_the_meetings_to_come_and_who_leaves_is_rid_of_them() -> None:
    invitation = make_invitation(cohort=make_cohort())
    cohort = invitation.cohort
    seats_of_others = make_enrolment(cohort=cohort)
    plan(cohort, 0, 21)
    seat = seats.accept_invitation(
        invitation_id=invitation.pk, login_email="ny@example.org", needs="", now=NOW
    )
    after_the_first = FIRST + DAY
    seats.leave_cohort(enrolment_id=seat.pk, actor=LINK, why="", now=after_the_first)
    client = CalendarClient()
    joined = Message.objects.get(key=f"invitation/{invitation.pk}/accepted").calendars
    left = Message.objects.get(key=f"enrolment/{seat.pk}/left").calendars
    assert (len(joined), len(left)) == (2, 1)  # the first meeting has been
    for text in [*joined, *left]:
        client.take(text)
    assert list(client.shown().values()) == [FIRST]
    assert seats_of_others.interest.email not in "".join(joined + left)


def test_a_cohort_called_off_empties_the_calendars() -> None:
    cohort = make_cohort()
    make_enrolment(cohort=cohort)
    plan(cohort, 0, 21)
    forming.cancel_cohort(cohort_id=cohort.pk, by=cohort.facilitator, why="för få", now=NOW + DAY)
    client = CalendarClient()
    for message in Message.objects.order_by("id"):
        for text in message.calendars:
            client.take(text)
    assert (client.shown(), len(client.known)) == ({}, 4)  # the member's and the leader's


def test_letters_in_any_order_end_in_the_same_calendar(cohort: Cohort) -> None:
    make_place("digital")
    (meeting,) = plan(cohort, 0)
    move(meeting, now=NOW + DAY)
    move(meeting, now=NOW + 2 * DAY, place="digital", join_link="https://example.org/rum")
    seat = cohort.enrolments.order_by("pk")[0]
    seats.leave_cohort(enrolment_id=seat.pk, actor=LINK, why="", now=NOW + 3 * DAY)
    mine = Message.objects.filter(to=seat.interest.email).order_by("id")
    texts = [text for message in mine for text in message.calendars]
    assert len(texts) == 4
    for order in permutations(texts):
        client = CalendarClient()
        for text in order:
            client.take(text)
        assert client.shown() == {}


def test_the_ways_in_stand_in_a_members_letter_in_their_language(cohort: Cohort) -> None:
    make_place("digital")
    (meeting,) = plan(cohort, 0)
    ways_in = {"join_link": "https://example.org/rum", "dial_in": "090-123 45 67"}
    move(meeting, now=NOW + DAY, place="digital", **ways_in)
    swedish, english = events(f"meeting/{meeting.pk}/changed")
    assert "Anslut: https://example.org/rum\nRing in: 090-123 45 67" in swedish["DESCRIPTION"]
    assert (str(swedish["LOCATION"]), str(english["LOCATION"])) == ("Digitalt", "Online")
    assert "Medfinansieras av Exempelfonden" in swedish["DESCRIPTION"]
    assert f"/en/traff/{meeting.pk}/" in english["URL"]


def parts() -> Iterator[tuple[Message, dict[str, list[Any]]]]:
    for message in Message.objects.order_by("id"):
        built = as_email(message, connection=mail.get_connection()).message()
        found: dict[str, list[Any]] = {}
        for part in built.walk():
            found.setdefault(part.get_content_type(), []).append(part)
        yield message, found


def test_each_calendar_is_a_part_with_its_method_in_base64_and_a_file(cohort: Cohort) -> None:
    first, _ = plan(cohort, 0, 21)
    planning.cancel_meeting(meeting_id=first.pk, why="", by=cohort.facilitator, now=NOW + DAY)
    for message, found in parts():
        asked, files = found["text/calendar"], found["application/ics"]
        assert len(asked) == len(files) == len(message.calendars)
        for part, file, text in zip(asked, files, message.calendars, strict=True):
            method = str(parsed(text)["METHOD"])
            assert part["Content-Type"] == f"text/calendar; method={method}; charset=utf-8"
            assert {part["Content-Transfer-Encoding"], file["Content-Transfer-Encoding"]} == {
                "base64"
            }
            assert part.get_payload(decode=True) == text.encode()
            assert file.get_payload(decode=True) == text.encode()
            assert "\r\n" in text
            assert "\n" not in text.replace("\r\n", "")
        beside = [
            part.get_content_type() for part in found["multipart/alternative"][0].get_payload()
        ]
        is_alone = len(message.calendars) == 1
        assert beside == ["text/plain", "text/html", *(["text/calendar"] if is_alone else [])]


def test_a_retried_send_gives_the_same_bytes(
    cohort: Cohort, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan(cohort, 0)
    sent: list[bytes] = []

    def hang_up(messages: Any) -> int:
        sent.extend(message.message().as_bytes() for message in messages)
        raise SMTPServerDisconnected

    backend = mail.get_connection()
    monkeypatch.setattr(type(backend), "send_messages", lambda _self, messages: hang_up(messages))
    deliver_waiting(now=NOW)
    planning.cancel_meeting(
        meeting_id=Meeting.objects.get().pk, why="", by=cohort.facilitator, now=NOW + DAY
    )
    planned = Message.objects.filter(queued_at=NOW).order_by("id")
    again = [as_email(one, connection=backend).message().as_bytes() for one in planned]
    assert len(sent) == len(again) == 3
    assert [_undated(one) for one in sent] == [_undated(one) for one in again]


def _undated(letter: bytes) -> list[bytes]:
    """Return the lines of a letter but for the one that says when this try was."""
    return [line for line in letter.splitlines() if not line.startswith(b"Date: ")]


def test_times_are_those_of_the_row_in_utc(cohort: Cohort) -> None:
    (meeting,) = plan(cohort, 0)
    assert {event["DTSTAMP"].dt for event in events("meetings-planned")} == {NOW}
    assert {event["DTSTART"].dt.astimezone(UTC) for event in events("meetings-planned")} == {
        meeting.starts_at
    }
