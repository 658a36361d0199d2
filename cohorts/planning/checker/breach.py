"""What is wrong with a plan: a code for pages, a line in English for people who look into it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Rule(StrEnum):
    """The hard rules of a plan."""

    COHORTS = "cohorts"
    MEETINGS = "meetings"
    ONE_LEADER = "one_leader"
    GAP = "gap"
    QUOTA = "quota"
    LOCKED = "locked"
    WINDOW = "window"
    HORIZON = "horizon"
    CLOSED_DAY = "closed_day"
    NOTICE = "notice"
    PLACE = "place"
    TIME = "time"
    LEADER_NOT_FREE = "leader_not_free"
    TOO_FEW_COME = "too_few_come"
    NO_ROOM = "no_room"
    LEADS_ANOTHER = "leads_another"
    WEEK_FULL = "week_full"
    ROOMS_TAKEN = "rooms_taken"


@dataclass(frozen=True, slots=True)
class Breach:
    """One breach of a rule. ``on`` is the day of the meeting that breaks it, where there is one."""

    rule: Rule
    text: str
    cohort: str = ""
    on: date | None = None

    def __str__(self) -> str:
        return f"{self.cohort}: {self.text}" if self.cohort else self.text
