"""What keeps others out of a room."""

from enum import StrEnum


class RoomTimeKind(StrEnum):
    """Why a room cannot be had."""

    BOOKED = "booked"
    CLOSED = "closed"


class RoomRefusal(StrEnum):
    """Why a room, or a time of it, was not changed."""

    NAME_TAKEN = "name_taken"
    HAS_MEETINGS = "has_meetings"
    HAS_MEETING_THEN = "has_meeting_then"


class BreakRefusal(StrEnum):
    """Why a break was not added."""

    OVERLAPS = "overlaps"
