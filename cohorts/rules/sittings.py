"""Which rule a meeting touches where somebody types or moves it by hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Touched(StrEnum):
    """What stands in the way of one meeting, as a person would say it."""

    PAST = "past"
    RHYTHM = "rhythm"
    CLOSED_DAY = "closed_day"
    OUTSIDE_HOURS = "outside_hours"
    LEADER_OFF = "leader_off"
    LEADS_ANOTHER = "leads_another"
    WEEK_FULL = "week_full"
    ROOM_TOO_SMALL = "room_too_small"
    ROOM_TAKEN = "room_taken"
    ROOM_ELSEWHERE = "room_elsewhere"


# What a change of place or room alone can touch.
WHERE_NOT_WHEN = frozenset(
    {Touched.LEADS_ANOTHER, Touched.ROOM_TOO_SMALL, Touched.ROOM_TAKEN, Touched.ROOM_ELSEWHERE}
)


@dataclass(frozen=True, slots=True)
class Touch:
    """One rule that one meeting touches; ``number`` is its place among those asked about, from 0.

    ``people`` and ``seats`` are set where a room is too small.
    """

    rule: Touched
    number: int
    on: date
    people: int = 0
    seats: int = 0


@dataclass(frozen=True, slots=True)
class Sitting:
    """One meeting that is asked about: an aware start, and where. No room: one outside the list."""

    starts_at: datetime
    minutes: int
    place: str
    room_id: int | None = None


class RulesTouched(Exception):
    """Meetings cannot stand as they were asked for; ``touches`` says which rule each touches."""

    def __init__(self, touches: Sequence[Touch]) -> None:
        super().__init__(", ".join(f"{one.on}: {one.rule}" for one in touches))
        self.touches = list(touches)


class RhythmBroken(Exception):
    """Two consecutive meetings are closer than 14 days or further apart than 28.

    ``place`` is the number among the new or moved ones of the one that breaks it, from 1.
    """

    def __init__(self, place: int, refusal: str) -> None:
        super().__init__(f"meeting {place}: {refusal}")
        self.place = place
        self.refusal = refusal


class ChangedMeanwhile(Exception):
    """Somebody else has changed the meeting since it was looked at; nothing was saved."""


class NobodyTakesOver(Exception):
    """Whoever was to lead a meeting cannot after all; ``refusal`` says why. Nothing was saved."""

    def __init__(self, name: str, refusal: "HandOverRefusal") -> None:
        super().__init__(refusal)
        self.name = name
        self.refusal = refusal


class HandOverRefusal(StrEnum):
    """Why somebody cannot lead a meeting."""

    LEADS_IT_ALREADY = "leads_it_already"
    LEADS_ANOTHER_THEN = "leads_another_then"
    OUTSIDE_HOURS = "outside_hours"
    IS_OFF = "is_off"
    WEEK_FULL = "week_full"
