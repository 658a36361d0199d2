"""Meetings: remind of those that are near."""

from datetime import datetime

from django.db import transaction

from cohorts.emails import rounds as emails
from cohorts.queries.meetings import expected_at, meetings_to_remind
from outbox.steps import queue_all


@transaction.atomic(durable=True)
def remind_of_meetings(*, now: datetime) -> int:
    """Remind of meetings two days ahead, all but those who said no; return how many letters.

    Runs as often as it likes: one letter per meeting, revision and person.
    """
    letters = [
        emails.meeting_reminder(enrolment, meeting)
        for meeting in meetings_to_remind(now)
        for enrolment in expected_at(meeting)
    ]
    queue_all(letters, now=now)
    return len(letters)
