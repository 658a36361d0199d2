"""The agenda: questions asked, put together by topic, answered."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from cohorts.models import AgendaItem, Lesson, Meeting
from cohorts.steps.agendas import answer_point


@transaction.atomic(durable=True)
def ask_for_agenda(
    *, enrolment_id: int, round_id: int, text: str, lesson_id: int | None, now: datetime
) -> None:
    """Put a question on the agenda of the next meeting. The same words twice are one question."""
    lesson = Lesson.objects.filter(id=lesson_id).first() if lesson_id else None
    AgendaItem.objects.get_or_create(
        round_id=round_id,
        author_id=enrolment_id,
        text=text,
        lesson=lesson,
        answered_in=None,
        defaults={"asked_at": now},
    )


@transaction.atomic(durable=True)
def answer_agenda_item(*, item_id: int, meeting_id: int, answer: str) -> None:
    """Note what was said about a question in a meeting; those who were away read it.

    Questions of the same topic get the same answer.
    """
    item = AgendaItem.objects.select_for_update().get(id=item_id)
    answer_point(item, Meeting.objects.get(id=meeting_id), answer)


@transaction.atomic(durable=True)
def put_together(*, round_id: int, item_ids: Collection[int], topic: str) -> int:
    """Make questions that wait one point with a topic, or points of their own again (no topic).

    Returns how many questions it was about. May run twice.
    """
    waiting = AgendaItem.objects.filter(round=round_id, pk__in=item_ids, answered_in=None)
    return waiting.update(topic=topic.strip())
