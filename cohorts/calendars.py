"""One meeting as an iCalendar event, byte for byte the same for the same revision.

Meetings are separate events, never a recurring rule. The time zone is Europe/Stockholm with a
VTIMEZONE of two rules (last Sunday of March and of October); lines end in CRLF and are folded at
75 octets by the library.

**Source:** RFC 5545 (iCalendar) 3.6.1 VEVENT, 3.6.5 VTIMEZONE; RFC 5546 (SEQUENCE, STATUS).
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vRecur

STOCKHOLM = ZoneInfo("Europe/Stockholm")
PRODUCT = "-//RegAI//cohorts//SV"


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingEvent:
    """What a calendar is told about a meeting. Times are aware; ``uid`` never changes."""

    uid: str
    sequence: int
    revised_at: datetime
    starts_at: datetime
    duration_minutes: int
    title: str
    place: str
    description: str
    url: str
    is_cancelled: bool = False


def calendar_file(meeting: MeetingEvent) -> bytes:
    """Return a calendar with the one meeting, to be opened or imported (METHOD:PUBLISH).

    :raises ValueError: if a time is naive.
    """
    if meeting.starts_at.tzinfo is None or meeting.revised_at.tzinfo is None:
        raise ValueError("expected aware times")
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(_stockholm())
    calendar.add_component(_event(meeting))
    return bytes(calendar.to_ical())


def _event(meeting: MeetingEvent) -> Event:
    starts = meeting.starts_at.astimezone(STOCKHOLM)
    event = Event()
    event.add("uid", meeting.uid)
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", meeting.revised_at.astimezone(UTC))
    event.add("dtstart", starts)
    event.add("dtend", starts + timedelta(minutes=meeting.duration_minutes))
    event.add("summary", meeting.title)
    event.add("location", meeting.place)
    event.add("description", meeting.description)
    event.add("url", meeting.url)
    event.add("status", "CANCELLED" if meeting.is_cancelled else "CONFIRMED")
    return event


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
