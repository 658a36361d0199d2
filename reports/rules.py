"""How figures are worked out and shown. No Django.

**Source:** the funder's report rows R2 to R5 of the programme: funnel, meetings and their rhythm,
votes, fees and aid; the rhythm itself is the programme's own rule of 14 to 28 days.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise
from statistics import median

# Numbers from 1 up to this one could point at a person; those who must see no names see them not.
SMALL_BELOW = 5


class Stage(StrEnum):
    """How far somebody has come, each stage within the one before."""

    SIGNED_UP = "signed_up"
    CONFIRMED = "confirmed"
    INVITED = "invited"
    ENROLLED = "enrolled"
    FINISHED = "finished"


@dataclass(frozen=True, slots=True)
class Rhythm:
    """The days between consecutive meetings: how many gaps, their median, how many inside."""

    gaps: int
    median_days: float | None
    inside: int

    @property
    def share_inside(self) -> int | None:
        """The share of gaps inside the rhythm in whole percent, None without gaps."""
        return percent(self.inside, self.gaps)


def rhythm_of(series: Iterable[Sequence[date]], *, shortest: int, longest: int) -> Rhythm:
    """Return the rhythm of several series of meetings, each in the order of its days.

    A gap of ``shortest`` or ``longest`` days is inside. No gap reaches from one series to another.
    """
    gaps = [(after - before).days for days in series for before, after in pairwise(days)]
    inside = sum(shortest <= gap <= longest for gap in gaps)
    return Rhythm(len(gaps), median(gaps) if gaps else None, inside)


def percent(part: int, whole: int) -> int | None:
    """Return ``part`` of ``whole`` in whole percent, half up; None where there is no whole."""
    return (200 * part + whole) // (2 * whole) if whole else None


def without_small(numbers: Mapping[str, int]) -> dict[str, int | None]:
    """Return ``numbers`` with None for each that could point at a person.

    A single hidden number could be worked out from a total that is known elsewhere: then the next
    smallest goes with it.
    """
    shown: dict[str, int | None] = {
        key: None if is_small(number) else number for key, number in numbers.items()
    }
    others = [key for key, number in shown.items() if number]
    if sum(number is None for number in shown.values()) == 1 and others:
        shown[min(others, key=lambda key: (numbers[key], key))] = None
    return shown


def is_small(number: int) -> bool:
    """Return whether a number could point at a person: 1 to 4. None at all points at nobody."""
    return 0 < number < SMALL_BELOW
