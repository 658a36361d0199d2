"""What keeps others out of a room."""

from enum import StrEnum


class RoomTimeKind(StrEnum):
    """Why a room cannot be had."""

    BOOKED = "booked"
    CLOSED = "closed"
