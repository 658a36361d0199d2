"""What the facts say about one meeting: who can come, what is taken, how far it is."""

from datetime import date

from cohorts.planning.facts import (
    DIGITAL,
    Case,
    DatedSlot,
    Meeting,
    Participant,
    Room,
    Standing,
)


def attends(case: Case, person: Participant, meeting: Meeting) -> bool:
    """Return whether somebody can come to a meeting."""
    if meeting.on in person.away:
        return False
    if person.can is not None and weekly(meeting) not in person.can:
        return False
    if meeting.place == DIGITAL:
        return person.digital
    return person.max_km is None or km_one_way(case, person.home, meeting.place) <= person.max_km


def km_one_way(case: Case, one: str, other: str) -> int:
    """Return the kilometres one way; 0 to a screen."""
    return 0 if one == other or DIGITAL in (one, other) else case.km[one, other]


def weekly(meeting: Meeting) -> tuple[int, str]:
    """Return the weekday, Monday = 0, and slot of a meeting."""
    return meeting.on.weekday(), meeting.slot


def place_in_time(meeting: Meeting | Standing) -> tuple[date, str, str]:
    """Return what makes a meeting the same as before, whoever leads it."""
    return meeting.on, meeting.slot, meeting.place


def fits(case: Case, room: Room, size: int, meeting: Meeting) -> bool:
    """Return whether a room is free for a meeting of so many people."""
    return (
        room.place == meeting.place
        and room.capacity >= size
        and not taken(case, room.busy, meeting)
    )


def taken(case: Case, busy: frozenset[DatedSlot], meeting: Meeting) -> bool:
    """Return whether a busy time touches a meeting."""
    return any((meeting.on, slot) in busy for slot in case.slots if touch(case, slot, meeting.slot))


def touch(case: Case, one: str, other: str) -> bool:
    """Return whether two slots of a day overlap."""
    first, second = case.slots[one], case.slots[other]
    return first.start < second.end and second.start < first.end
