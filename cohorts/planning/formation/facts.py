"""What the former of cohorts is told, and what it answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple


class Kind(NamedTuple):
    """Where, in what language and when a cohort meets."""

    place: str
    language: str
    time: str


class Waiting(StrEnum):
    """Why somebody has no place yet."""

    NO_COMMON_TIME = "no_common_time"
    TOO_FEW = "too_few"
    COMPANY_FULL = "company_full"
    NO_CAPACITY = "no_capacity"
    APART = "apart"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who would like to take part: points say how much a place or a time is wished for.

    Time spent waiting enters as points that the caller adds.
    """

    id: str
    places: Mapping[str, int]
    languages: tuple[str, ...]
    times: Mapping[str, int]
    company: str

    def points(self, kind: Kind) -> int:
        """Return how much this person wishes for a kind of cohort that they can take."""
        return self.places[kind.place] + self.times[kind.time]

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The kinds of cohort that this person can take."""
        return tuple(
            Kind(place, language, time)
            for place in sorted(self.places)
            for language in sorted(set(self.languages))
            for time in sorted(self.times)
        )


@dataclass(frozen=True, slots=True)
class FormingCase:
    """Everything that the forming of cohorts depends on.

    ``capacity`` says how many cohorts there can be at (place, time), all languages together; a
    place and time that it does not name have no limit. ``together`` share a cohort or all wait;
    no two of ``apart`` share a cohort. ``pinned`` people take that kind before anybody is placed.
    """

    id: str
    size: tuple[int, int]
    company_most: int
    capacity: Mapping[tuple[str, str], int]
    people: Mapping[str, Person]
    together: tuple[tuple[str, ...], ...] = ()
    apart: tuple[tuple[str, ...], ...] = ()
    pinned: Mapping[str, Kind] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FormedCohort:
    """One cohort: its kind and its people by id."""

    kind: Kind
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Formation:
    """The answer for one case. ``bound`` is (placed, points) that no formation can pass."""

    case: str
    placed: int
    points: int
    cohorts: tuple[FormedCohort, ...]
    waiting: Mapping[str, Waiting]
    proven: bool
    bound: tuple[int, ...] = ()
