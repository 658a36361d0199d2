"""Meetings as calendars: what other people's programs read out of them, and byte for byte."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import permutations
from zoneinfo import ZoneInfo

import pytest

from cohorts.calendars import CalendarUser, MeetingEvent, Method, calendar_file, invitation
from tests.cohorts.calendar_client import CalendarClient, events_in, parsed, starts

pytestmark = pytest.mark.pure

STOCKHOLM = ZoneInfo("Europe/Stockholm")
ANNA = CalendarUser(name="Anna Åberg", email="anna@example.org")
NOON = MeetingEvent(
    uid="5a7c0c9e-6d0c-5f0e-8d7b-1d2f3a4b5c6d",
    sequence=0,
    revised_at=datetime(2026, 3, 1, 8, 30, 15, 999, tzinfo=UTC),
    starts_at=datetime(2026, 3, 24, 11, tzinfo=UTC),
    duration_minutes=60,
    title="RegAI: Umeå tisdagslunch",
    place="Umeå, Exempelgatan 3; rum A",
    description="Elements of AI\nhttps://example.org/traff/1/\n\nMedfinansieras av Exempelfonden",
    url="https://example.org/traff/1/",
    organizer=CalendarUser(name="RegAI", email="regai@example.org"),
)
EXACT = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//RegAI//cohorts//SV
CALSCALE:GREGORIAN
METHOD:REQUEST
BEGIN:VTIMEZONE
TZID:Europe/Stockholm
BEGIN:DAYLIGHT
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
SUMMARY:RegAI: Umeå tisdagslunch
DTSTART;TZID=Europe/Stockholm:20260324T120000
DTEND;TZID=Europe/Stockholm:20260324T130000
DTSTAMP:20260301T083015Z
UID:5a7c0c9e-6d0c-5f0e-8d7b-1d2f3a4b5c6d
SEQUENCE:0
ATTENDEE;CN="Anna Åberg";PARTSTAT=NEEDS-ACTION;ROLE=REQ-PARTICIPANT;RSVP=
 FALSE:mailto:anna@example.org
DESCRIPTION:Elements of AI\\nhttps://example.org/traff/1/\\n\\nMedfinansieras
  av Exempelfonden
LOCATION:Umeå\\, Exempelgatan 3\\; rum A
ORGANIZER;CN=RegAI:mailto:regai@example.org
STATUS:CONFIRMED
URL:https://example.org/traff/1/
END:VEVENT
END:VCALENDAR
"""


def year_of_meetings() -> list[MeetingEvent]:
    """Return a meeting each day of 2026 at noon, and at the hours around both clock changes."""
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]
    at = [datetime.combine(day, time(12), STOCKHOLM) for day in days]
    for month, sunday in ((3, 29), (10, 25)):
        at += [datetime(2026, month, sunday, hour, tzinfo=STOCKHOLM) for hour in (0, 1, 4, 9, 23)]
    return [
        replace(NOON, uid=f"{NOON.uid}-{n}", starts_at=when.astimezone(UTC))
        for n, when in enumerate(at)
    ]


def test_three_parsers_agree_on_every_start_of_a_year_across_both_clock_changes() -> None:
    meetings = year_of_meetings()
    expected = sorted(meeting.starts_at for meeting in meetings)
    assert len(expected) == 375
    for read in starts(calendar_file(meetings)):
        assert [at.astimezone(UTC) for at in read] == expected
        assert {at.utcoffset() for at in read} == {timedelta(hours=1), timedelta(hours=2)}


@pytest.mark.parametrize("day", [date(2026, 3, 27), date(2026, 10, 23)])
def test_an_end_beyond_a_clock_change_is_the_length_later(day: date) -> None:
    night = datetime.combine(day + timedelta(days=1), time(23), STOCKHOLM)
    event = replace(NOON, starts_at=night, duration_minutes=480)
    (read,) = events_in(calendar_file([event]))
    length = read["DTEND"].dt.astimezone(UTC) - read["DTSTART"].dt.astimezone(UTC)
    assert length == timedelta(hours=8)


def test_a_request_is_exact_to_the_byte_and_the_same_each_time() -> None:
    told = invitation(NOON, to=ANNA, method=Method.REQUEST)
    assert told == EXACT.replace("\n", "\r\n").encode()
    assert told == invitation(NOON, to=ANNA, method=Method.REQUEST)


@pytest.mark.parametrize("letter", ["å", "e\u0301", "😀", "a"])
def test_lines_are_folded_at_75_octets_and_never_inside_a_character(letter: str) -> None:
    for length in range(60, 80):
        long = replace(NOON, title=letter * length)
        lines = invitation(long, to=ANNA, method=Method.REQUEST).split(b"\r\n")
        assert max(len(line) for line in lines) <= 75
        assert [line for line in lines if b"\n" in line or b"\r" in line] == []
        for line in lines:
            line.decode()  # a broken character raises
        (read,) = events_in(b"\r\n".join(lines))
        assert str(read["SUMMARY"]) == letter * length


def test_what_people_write_cannot_add_a_line() -> None:
    sly = replace(
        NOON,
        title="Lunch\r\nATTENDEE:mailto:x@example.org",
        organizer=CalendarUser(name='R "A"\r\nX:;,', email="regai@example.org"),
    )
    (read,) = events_in(invitation(sly, to=ANNA, method=Method.REQUEST))
    assert str(read["ATTENDEE"]) == "mailto:anna@example.org"
    assert str(read["ORGANIZER"].params["CN"]) == "R 'A' X:;,"


def test_a_naive_time_is_refused() -> None:
    naive = datetime(2026, 3, 24, 12)  # noqa: DTZ001 -- that is the point
    for wrong in ({"starts_at": naive}, {"revised_at": naive}):
        with pytest.raises(ValueError, match="aware"):
            replace(NOON, **wrong)  # type: ignore[arg-type]  # one or the other


def test_a_calendar_to_subscribe_to_asks_nobody_and_names_its_owner() -> None:
    off = replace(NOON, uid="other", is_cancelled=True)
    read = parsed(calendar_file([NOON, off], name="Mina träffar"))
    assert (read["METHOD"], read["X-WR-CALNAME"]) == ("PUBLISH", "Mina träffar")
    events = read.walk("VEVENT")
    assert [event["STATUS"] for event in events] == ["CONFIRMED", "CANCELLED"]
    assert {str(event["ORGANIZER"]) for event in events} == {"mailto:regai@example.org"}
    assert [event for event in events if "ATTENDEE" in event] == []


def later(sequence: int, **changed: object) -> MeetingEvent:
    revised_at = NOON.revised_at + timedelta(days=sequence)
    return replace(NOON, sequence=sequence, revised_at=revised_at, **changed)  # type: ignore[arg-type]  # named fields


def test_request_change_and_cancel_in_any_order_end_in_the_same_state() -> None:
    moved_to = NOON.starts_at + timedelta(hours=2)
    story = [
        invitation(NOON, to=ANNA, method=Method.REQUEST),
        invitation(later(1, starts_at=moved_to), to=ANNA, method=Method.REQUEST),
        invitation(later(2, is_cancelled=True), to=ANNA, method=Method.CANCEL),
        invitation(later(3, starts_at=moved_to), to=ANNA, method=Method.REQUEST),
    ]
    for many, state in ((1, {NOON.uid: NOON.starts_at}), (2, {NOON.uid: moved_to}), (3, {})):
        for order in permutations(story[:many]):
            client = CalendarClient()
            for message in [*order, order[0]]:  # one of them comes twice
                client.take(message.decode())
            assert client.shown() == state
    for order in permutations(story):
        client = CalendarClient()
        for message in order:
            client.take(message.decode())
        assert client.shown() == {NOON.uid: moved_to}
