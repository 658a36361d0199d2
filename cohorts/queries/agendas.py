"""The agenda of a round: questions, those with the same topic as one point."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from cohorts.models import AgendaItem, CourseRound, Meeting


@dataclass(frozen=True, slots=True)
class Point:
    """One point of the agenda: a question by itself, or several that share a topic."""

    topic: str
    items: tuple[AgendaItem, ...]

    @property
    def first(self) -> AgendaItem:
        """The question that the point is known by."""
        return self.items[0]

    @property
    def answer(self) -> str:
        """What was said about it, or nothing."""
        return self.first.answer


def agenda_of(round_: CourseRound) -> QuerySet[AgendaItem]:
    """Return the questions of a round, the unanswered first, in the order they were asked."""
    return round_.agenda.select_related("lesson", "answered_in").order_by(
        "answered_in", "asked_at", "id"
    )


def points_of(round_: CourseRound) -> list[Point]:
    """Return the agenda of a round as points, the unanswered first."""
    return as_points(agenda_of(round_))


def answered_at(meeting: Meeting) -> list[Point]:
    """Return the points that were answered at a meeting."""
    return as_points(agenda_of(meeting.round).filter(answered_in=meeting))


def waiting_in(round_: CourseRound) -> list[Point]:
    """Return the points that wait for an answer."""
    return as_points(agenda_of(round_).filter(answered_in=None))


def as_points(items: Iterable[AgendaItem]) -> list[Point]:
    """Return questions in their order, those with the same topic and the same answer as one."""
    found: dict[tuple[str, int | None, str, int], list[AgendaItem]] = {}
    for item in items:
        alone = 0 if item.topic else item.pk
        key = (item.topic, item.answered_in_id, item.answer, alone)
        found.setdefault(key, []).append(item)
    return [Point(key[0], tuple(together)) for key, together in found.items()]
