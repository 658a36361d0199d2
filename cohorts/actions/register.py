"""The register's deadline: officers are reminded of what is still to be entered."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.queries import people_with
from accounts.rules import Role
from cohorts.emails import aid as emails
from cohorts.queries.programmes import running_programmes
from deminimis.queries.ledger import due_for_a_reminder
from outbox.steps import queue_all


@transaction.atomic(durable=True)
def remind_of_register(*, now: datetime) -> int:
    """Remind every officer of lines that are 10 and 15 working days old; return how many lines.

    May run twice, and a day may be missed: each line is told of once for each of the two.
    """
    programme = running_programmes().first()
    due = due_for_a_reminder(on=timezone.localdate(now))
    if programme is None or not due:
        return 0
    officers = people_with(Role.AID_OFFICER)
    queue_all(
        [
            emails.register_due(entry, to=officer, after=after, programme=programme)
            for entry, after in due
            for officer in officers
        ],
        now=now,
    )
    return len(due)
