"""Writes on the agenda that belong to somebody else's transaction."""

from cohorts.models import AgendaItem, Meeting
from ground.steps import step


@step
def answer_point(item: AgendaItem, meeting: Meeting, answer: str) -> None:
    """Note what was said about a question at a meeting, and about all of its topic that waits."""
    together = AgendaItem.objects.filter(pk=item.pk)
    if item.topic:
        together |= AgendaItem.objects.filter(
            round=item.round_id, topic=item.topic, answered_in=item.answered_in_id
        )
    together.update(answered_in=meeting, answer=answer)
