"""What a planner of meetings is told, and what it answers. Dates are local, never hours."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum

from cohorts.planning.reasons import Reason

DIGITAL = "digital"

Pair = tuple[str, str]
WeeklySlot = tuple[int, str]  # weekday with Monday = 0, slot
DatedSlot = tuple[date, str]


class Objective(StrEnum):
    """What makes one plan better than another, the first number of the score first."""

    SEATS = "seats"
    WORST_THEN_SEATS = "worst_then_seats"
    SEATS_THEN_KM = "seats_then_km"
    REPAIR = "repair"


class Relaxation(StrEnum):
    """The rules that a person may lift by name when no plan exists, in the order of telling."""

    IGNORE_CLOSED_DAYS = "ignore_closed_days"
    FACILITATOR_ALWAYS_FREE = "facilitator_always_free"
    ENOUGH_ROOMS = "enough_rooms"
    GAP_MAX_PLUS_7 = "gap_max_plus_7"
    GAP_MIN_MINUS_7 = "gap_min_minus_7"
    ALLOW_DIGITAL = "allow_digital"
    NO_MIN_ATTEND = "no_min_attend"
    NO_TRAVEL_TIME = "no_travel_time"


@dataclass(frozen=True, slots=True)
class Slot:
    """A time of day at which meetings are held, Stockholm wall time."""

    id: str
    start: time
    end: time


@dataclass(frozen=True, slots=True)
class Facilitator:
    """Somebody who leads meetings. None for ``dates`` or ``weekly`` means no such limit.

    ``also_leads`` are the days of meetings outside the case, which count towards ``max_per_week``.
    """

    id: str
    base: str
    dates: frozenset[date] | None = None
    weekly: frozenset[WeeklySlot] | None = None
    off: frozenset[date] = frozenset()
    busy: frozenset[DatedSlot] = frozenset()
    max_per_week: int | None = None
    also_leads: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Room:
    """A room in a town, with how many it seats and when others have it."""

    id: str
    place: str
    capacity: int
    busy: frozenset[DatedSlot] = frozenset()


@dataclass(frozen=True, slots=True)
class Participant:
    """One person of a cohort. None for ``can`` means any time; ``max_km`` is one way from home."""

    id: str
    home: str
    can: frozenset[WeeklySlot] | None = None
    away: frozenset[date] = frozenset()
    max_km: int | None = None
    digital: bool = True


@dataclass(frozen=True, slots=True)
class Cohort:
    """A cohort that needs a series of meetings, all led by one of ``facilitators``.

    ``times`` are the weekdays and slots at which it meets; None means any.
    """

    id: str
    meetings: int
    first: tuple[date, date]
    places: tuple[str, ...]
    facilitators: tuple[str, ...]
    participants: tuple[Participant, ...]
    quota: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    min_attend: int = 0
    times: frozenset[WeeklySlot] | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """A meeting of the plan that is in force before a repair."""

    on: date
    slot: str
    place: str


@dataclass(frozen=True, slots=True)
class Case:
    """Everything that a plan depends on. The same facts give the same plan.

    ``km`` and ``travel_minutes`` hold both orders of each pair of towns. ``closed`` and
    ``not_before`` say where new meetings may not stand; ``existing`` meetings on or before
    ``locked_until`` may not change at all.
    """

    id: str
    gap_days: tuple[int, int]
    horizon: tuple[date, date]
    slots: Mapping[str, Slot]
    km: Mapping[Pair, int]
    travel_minutes: Mapping[Pair, int]
    closed: frozenset[date]
    facilitators: Mapping[str, Facilitator]
    rooms: tuple[Room, ...]
    cohorts: Mapping[str, Cohort]
    objective: Objective
    existing: Mapping[str, tuple[Standing, ...]] = field(default_factory=dict)
    locked_until: date | None = None
    not_before: date | None = None
    enough_rooms: bool = False
    travels: bool = True


@dataclass(frozen=True, slots=True)
class Meeting:
    """One planned meeting."""

    on: date
    slot: str
    place: str
    facilitator: str


Meetings = Mapping[str, tuple[Meeting, ...]]


@dataclass(frozen=True, slots=True)
class Measures:
    """What a plan gives: attended seats, meetings the worst-off can attend, km, changes, days."""

    seats: int
    worst: int
    km: int
    changes: int
    day_shift: int


@dataclass(frozen=True, slots=True)
class Plan:
    """The answer for one case.

    Without a plan ``score``, ``measures`` and ``meetings`` are None, ``because`` says why and
    ``relaxations`` which single liftings would help; with one, ``notes`` say what hangs by a
    thread. ``bound`` is the score that no
    plan can pass, the same as ``score`` when that is proven; ``proven`` also says whether the
    absence of a plan is certain.
    """

    case: str
    score: tuple[int, ...] | None
    measures: Measures | None
    meetings: Meetings | None
    proven: bool
    bound: tuple[int, ...] | None = None
    because: tuple[Reason, ...] = ()
    notes: tuple[Reason, ...] = ()
    relaxations: tuple[Relaxation, ...] = ()

    @property
    def feasible(self) -> bool:
        """Whether there is a plan."""
        return self.meetings is not None
