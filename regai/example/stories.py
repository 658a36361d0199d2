"""The cohorts of the region: what each one has been through by the day. Days count from that day.

No two cohorts meet in the same place at the same time of the week, so that whoever can come only
then belongs to one of them.
"""

from dataclasses import dataclass
from enum import StrEnum

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
class NextCourse:
    """A vote, and the course that wins it and starts then. Without ``winner`` it is open still."""

    courses: tuple[str, ...]
    winner: str = ""
    opens: int
    closes: int
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
    ends: int | None = None
    archived: int | None = None

    @property
    def opens(self) -> int:
        """When the facilitator opens the cohort, in days from the day; always before it."""
        return min(self.starts - OPENS_DAYS_BEFORE, JUST_OPENED)


STORIES = (
    Story(
        code="u1",
        name="Umeå måndagslunch",
        place="umea",
        time="0-lunch",
        stage=Stage.ARCHIVED,
        starts=-262,
        seats=8,
        core=6,
        facilitator="umea",
        ends=-205,
        archived=-120,
    ),
    Story(
        code="s1",
        name="Skellefteå tisdagslunch",
        place="skelleftea",
        time="1-lunch",
        stage=Stage.COMPLETED,
        starts=-240,
        seats=9,
        core=7,
        facilitator="skelleftea",
        vote=NextCourse(
            courses=("ethics-of-ai-sv", "elements-of-ai-en", "ai-in-society"),
            winner="ethics-of-ai-sv",
            opens=-196,
            closes=-188,
            starts=-180,
            meetings=2,
        ),
        ends=-148,
    ),
    Story(
        code="m1",
        name="Malå onsdagslunch",
        place="mala",
        time="2-lunch",
        stage=Stage.COMPLETED,
        starts=-230,
        seats=7,
        core=5,
        facilitator="mala",
        ends=-178,
    ),
    Story(
        code="m2",
        name="Malå torsdagslunch",
        place="mala",
        time="3-lunch",
        stage=Stage.CANCELLED,
        starts=-40,
        seats=8,
        core=2,
        facilitator="mala",
        ends=-50,
    ),
    Story(
        code="u2",
        name="Umeå tisdagslunch",
        place="umea",
        time="1-lunch",
        stage=Stage.RUNNING,
        starts=-66,
        seats=12,
        core=12,
        facilitator="umea",
        meetings=4,
        vote=NextCourse(
            courses=(
                "ethics-of-ai-sv",
                "generative-ai-for-everyone",
                "ai-in-society",
                "google-ai-essentials",
            ),
            opens=-5,
            closes=3,
        ),
    ),
    Story(
        code="s2",
        name="Skellefteå torsdagslunch",
        place="skelleftea",
        time="3-lunch",
        stage=Stage.RUNNING,
        starts=-84,
        seats=15,
        core=15,
        facilitator="skelleftea",
        vote=NextCourse(
            courses=("ai-for-everyone", "ethics-of-ai-sv", "building-ai"),
            winner="ai-for-everyone",
            opens=-15,
            closes=-6,
            starts=9,
            meetings=3,
        ),
    ),
    Story(
        code="d1",
        name="Digital fredagslunch",
        place="digital",
        time="4-lunch",
        stage=Stage.RUNNING,
        starts=-96,
        seats=11,
        core=11,
        facilitator="skelleftea",
        vote=NextCourse(
            courses=("google-ai-essentials", "elements-of-ai-en", "ai-in-society"),
            winner="google-ai-essentials",
            opens=-46,
            closes=-36,
            is_open_count=True,
            starts=-21,
            meetings=3,
        ),
    ),
    Story(
        code="u3",
        name="Umeå onsdagslunch",
        place="umea",
        time="2-lunch",
        stage=Stage.RUNNING,
        starts=-102,
        seats=10,
        core=8,
        facilitator="umea",
        vote=NextCourse(
            courses=("ethics-of-ai-sv", "building-ai", "ai-in-society"),
            winner="ethics-of-ai-sv",
            opens=-53,
            closes=-44,
            starts=-38,
            meetings=3,
        ),
    ),
    Story(
        code="m3",
        name="Malå onsdag eftermiddag",
        place="mala",
        time="2-afternoon",
        stage=Stage.RUNNING,
        starts=-16,
        seats=9,
        core=7,
        facilitator="mala",
    ),
    Story(
        code="d2",
        name="Online Wednesday lunch",
        place="digital",
        time="2-lunch",
        stage=Stage.RUNNING,
        starts=-12,
        seats=8,
        core=6,
        facilitator="mala",
        language="en",
        course="elements-of-ai-en",
    ),
    Story(
        code="u4",
        name="Umeå torsdagslunch",
        place="umea",
        time="3-lunch",
        stage=Stage.CONFIRMED,
        starts=8,
        seats=10,
        core=7,
        facilitator="umea",
    ),
    Story(
        code="s3",
        name="Skellefteå onsdagslunch",
        place="skelleftea",
        time="2-lunch",
        stage=Stage.FORMING,
        starts=20,
        seats=10,
        core=3,
        facilitator="skelleftea",
    ),
    Story(
        code="m4",
        name="Malå tisdagslunch",
        place="mala",
        time="1-lunch",
        stage=Stage.FORMING,
        starts=22,
        seats=8,
        core=3,
        facilitator="mala",
    ),
    Story(
        code="d3",
        name="Digital måndag förmiddag",
        place="digital",
        time="0-morning",
        stage=Stage.FORMING,
        starts=17,
        seats=10,
        core=3,
        facilitator="umea",
    ),
    Story(
        code="u5",
        name="Umeå fredagslunch",
        place="umea",
        time="4-lunch",
        stage=Stage.DRAFT,
        starts=36,
        seats=10,
        core=0,
        facilitator="umea",
    ),
    Story(
        code="d4",
        name="Digital tisdag eftermiddag",
        place="digital",
        time="1-afternoon",
        stage=Stage.EMPTY,
        starts=43,
        seats=10,
        core=0,
        facilitator="skelleftea",
    ),
)
