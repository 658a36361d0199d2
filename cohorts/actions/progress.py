"""Gentle reminders of lessons: only to those who have asked for them."""

from datetime import datetime

from django.db import transaction

from cohorts.emails.meetings import lessons_left
from cohorts.models import Participation
from cohorts.queries.progress import quiet_ones
from outbox.steps import queue_all


@transaction.atomic(durable=True)
def ask_for_reminders(*, participation_id: int, wants: bool) -> None:
    """Write down whether somebody would like to be reminded of lessons."""
    Participation.objects.filter(pk=participation_id).update(wants_reminders=wants)


@transaction.atomic(durable=True)
def remind_of_lessons(*, now: datetime) -> int:
    """Remind those who asked and have ticked nothing off for two weeks; at most three times.

    Runs as often as it likes: one letter for each two weeks of quiet. Returns how many are due.
    """
    letters = [
        lessons_left(quiet.participation, quiet_since=quiet.since, number=quiet.number)
        for quiet in quiet_ones(now)
    ]
    queue_all(letters, now=now)
    return len(letters)
