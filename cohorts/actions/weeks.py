"""The week of each who leads, by letter on Monday morning."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from cohorts.emails.meetings import my_week
from cohorts.queries.desk import tasks_for
from cohorts.queries.programmes import running_programmes
from cohorts.queries.weeks import leaders_without_letter, meetings_this_week
from cohorts.rules.meetings import week_letter_day
from outbox.steps import queue


@transaction.atomic(durable=True)
def send_weeks(*, now: datetime) -> int:
    """Write to each who leads what the week holds, if it holds anything; return to how many.

    On Mondays from seven o'clock, as often as it likes: one letter a person and week.
    """
    monday = week_letter_day(timezone.localtime(now).replace(tzinfo=None))
    programme = running_programmes().first()
    if monday is None or programme is None:
        return 0
    written = 0
    for leader in leaders_without_letter(monday):
        meetings = list(meetings_this_week(leader, monday))
        tasks = tasks_for(leader, now=now)
        if not meetings and not tasks:
            continue
        urgent = sum(task.is_urgent for task in tasks)
        letter = my_week(
            leader,
            programme=programme,
            monday=monday,
            meetings=meetings,
            tasks=len(tasks),
            urgent=urgent,
        )
        queue(letter, now=now)
        written += 1
    return written
