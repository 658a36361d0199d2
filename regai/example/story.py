"""What one cohort of the example goes through. Days count from the region's day."""

from dataclasses import dataclass
from enum import StrEnum

from cohorts.rules.votes import Hindering

FIRST_COURSE = "elements-of-ai-sv"
OPENS_DAYS_BEFORE = 28
JUST_OPENED = -3


class Stage(StrEnum):
    """How far a cohort has come."""

    EMPTY = "empty"
    DRAFT = "draft"
    CANCELLED = "cancelled"
    FORMING = "forming"
    CONFIRMED = "confirmed"
    RUNNING = "running"
    COMPLETED = "completed"
    ARCHIVED = "archived"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hindered:
    """That somebody cannot use a course of a coming vote, and why."""

    course: str
    kind: Hindering
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowOfHands:
    """A question to the group; most tick the first answer."""

    question: str
    answers: tuple[str, ...]
    asked: int
    closes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NextCourse:
    """A vote, and the course that wins it and starts then. Without ``winner`` it is open still.

    ``announced`` is when it is called, if not at its opening, and ``hindered`` what members say in
    between. ``votes`` is how many vote where they are too few for it to hold.
    """

    courses: tuple[str, ...]
    winner: str = ""
    announced: int | None = None
    hindered: tuple[Hindered, ...] = ()
    opens: int
    closes: int
    votes: int | None = None
    is_open_count: bool = False
    starts: int = 0
    meetings: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One cohort. ``core`` people are sure to take part; the rest are proposed by the rule."""

    code: str
    name: str
    place: str
    time: str
    stage: Stage
    starts: int
    seats: int
    core: int
    least: int = 4
    facilitator: str
    language: str = "sv"
    course: str = FIRST_COURSE
    meetings: int = 3
    vote: NextCourse | None = None
    asks: ShowOfHands | None = None
    ends: int | None = None
    archived: int | None = None

    @property
    def opens(self) -> int:
        """When the facilitator opens the cohort, in days from the day; always before it."""
        return min(self.starts - OPENS_DAYS_BEFORE, JUST_OPENED)
