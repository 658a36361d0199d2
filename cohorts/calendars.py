"""Meetings as iCalendar, byte for byte the same for the same revision.

Meetings are separate events, never a recurring rule. The time zone is Europe/Stockholm with a
VTIMEZONE of two rules (last Sunday of March and of October): a list of dates instead makes desktop
Outlook an hour wrong. Lines end in CRLF and are folded at 75 octets, never inside a character.

**Source:** RFC 5545 (iCalendar) 3.1 folding, 3.6.1 VEVENT, 3.6.5 VTIMEZONE; RFC 5546 (METHOD,
SEQUENCE, STATUS; a request or a cancellation is about one UID).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from icalendar import (
    Calendar,
    Event,
    Timezone,
    TimezoneDaylight,
    TimezoneStandard,
    vCalAddress,
    vDuration,
    vRecur,
    vText,
)

STOCKHOLM = ZoneInfo("Europe/Stockholm")
PRODUCT = "-//RegAI//cohorts//SV"
ASK_AGAIN_AFTER = timedelta(hours=12)


class Method(StrEnum):
    """What a calendar is asked to do: take an event (anew), take it away, or only show it."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"
    PUBLISH = "PUBLISH"


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarUser:
    """Somebody with a calendar: who asks, or who is asked."""

    name: str
    email: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingEvent:
    """What one person's calendar is told about a meeting. Times are aware; ``uid`` never changes.

    :raises ValueError: if a time is naive.
    """

    uid: str
    sequence: int
    revised_at: datetime
    starts_at: datetime
    duration_minutes: int
    title: str
    place: str
    description: str
    url: str
    organizer: CalendarUser
    is_cancelled: bool = False

    def __post_init__(self) -> None:
        if self.starts_at.tzinfo is None or self.revised_at.tzinfo is None:
            raise ValueError("expected aware times")


def invitation(event: MeetingEvent, *, to: CalendarUser, method: Method) -> bytes:
    """Return a request to one person to take an event, or its cancellation."""
    calendar = _calendar(method)
    calendar.add_component(_event(event, to=to))
    return bytes(calendar.to_ical())


def calendar_file(events: Iterable[MeetingEvent], *, name: str = "") -> bytes:
    """Return a calendar to subscribe to or to open (METHOD:PUBLISH): nobody is asked anything."""
    calendar = _calendar(Method.PUBLISH)
    if name:
        calendar.add("x-wr-calname", name)
        calendar.add("refresh-interval", vDuration(ASK_AGAIN_AFTER), {"value": "DURATION"})
        calendar.add("x-published-ttl", vDuration(ASK_AGAIN_AFTER))
    for event in events:
        calendar.add_component(_event(event, to=None))
    return bytes(calendar.to_ical())


def _calendar(method: Method) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method.value)
    calendar.add_component(_stockholm())
    return calendar


def _event(meeting: MeetingEvent, *, to: CalendarUser | None) -> Event:
    starts = meeting.starts_at.astimezone(UTC)
    ends = starts + timedelta(minutes=meeting.duration_minutes)
    event = Event()
    event.add("uid", meeting.uid)
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", meeting.revised_at.astimezone(UTC))
    event.add("dtstart", starts.astimezone(STOCKHOLM))
    event.add("dtend", ends.astimezone(STOCKHOLM))
    event.add("summary", meeting.title)
    event.add("location", meeting.place)
    event.add("description", meeting.description)
    event.add("url", meeting.url)
    event.add("status", "CANCELLED" if meeting.is_cancelled else "CONFIRMED")
    event.add("organizer", _address(meeting.organizer))
    if to is not None:
        attendee = _address(to)
        attendee.params["ROLE"] = vText("REQ-PARTICIPANT")
        attendee.params["PARTSTAT"] = vText("NEEDS-ACTION")
        attendee.params["RSVP"] = vText("FALSE")  # answers come by the page, not by e-mail
        event.add("attendee", attendee)
    return event


def _address(user: CalendarUser) -> vCalAddress:
    address = vCalAddress(f"mailto:{user.email}")
    # A parameter can hold neither quotation marks nor line breaks (RFC 5545 3.1).
    address.params["CN"] = vText(" ".join(user.name.replace('"', "'").split()))
    return address


def _stockholm() -> Timezone:
    zone = Timezone()
    zone.add("tzid", "Europe/Stockholm")
    summer = TimezoneDaylight()
    summer.add("tzname", "CEST")
    summer.add("dtstart", datetime(1996, 3, 31, 2))  # noqa: DTZ001 -- a rule in wall time
    summer.add("tzoffsetfrom", timedelta(hours=1))
    summer.add("tzoffsetto", timedelta(hours=2))
    summer.add("rrule", vRecur(freq="yearly", bymonth=3, byday="-1SU"))
    winter = TimezoneStandard()
    winter.add("tzname", "CET")
    winter.add("dtstart", datetime(1996, 10, 27, 3))  # noqa: DTZ001 -- a rule in wall time
    winter.add("tzoffsetfrom", timedelta(hours=2))
    winter.add("tzoffsetto", timedelta(hours=1))
    winter.add("rrule", vRecur(freq="yearly", bymonth=10, byday="-1SU"))
    zone.add_component(summer)
    zone.add_component(winter)
    return zone
