"""A small calendar program: takes iTIP messages by UID, SEQUENCE and DTSTAMP, as RFC 5546 2.1.5."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import vobject
from ical.calendar_stream import IcsCalendarStream
from icalendar import Calendar


def parsed(file: str | bytes) -> Any:
    """Return a calendar as a parser reads it; what it holds is the parser's business."""
    return Calendar.from_ical(file)


def events_in(file: str | bytes) -> list[Any]:
    """Return the events of a calendar, in order."""
    return list(parsed(file).walk("VEVENT"))


@dataclass
class CalendarClient:
    """Keeps for each UID the newest message; an older one that comes late changes nothing."""

    known: dict[str, tuple[tuple[int, datetime], str, datetime]] = field(default_factory=dict)

    def take(self, message: str) -> None:
        """Take one message."""
        calendar, (event,) = parsed(message), events_in(message)
        revision = (int(event["SEQUENCE"]), event["DTSTAMP"].dt)
        uid = str(event["UID"])
        if uid in self.known and self.known[uid][0] >= revision:
            return
        self.known[uid] = (revision, str(calendar["METHOD"]), event["DTSTART"].dt)

    def shown(self) -> dict[str, datetime]:
        """Return when the events start that stand in the calendar, by UID."""
        return {uid: at for uid, (_, method, at) in self.known.items() if method != "CANCEL"}


def starts(file: bytes) -> list[list[datetime]]:
    """Return every start in a calendar as three independent parsers read it, in order."""
    text = file.decode()
    by_icalendar = [event["DTSTART"].dt for event in events_in(file)]
    read: Any = vobject.readOne(text)
    by_vobject = [event.dtstart.value for event in read.vevent_list]
    by_ical: list[Any] = [e.dtstart for e in IcsCalendarStream.calendar_from_ics(text).events]
    return [sorted(found) for found in (by_icalendar, by_vobject, by_ical)]
