"""A cohort that has gone through what it set out to is put away; nothing of it is removed."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from accounts.steps import acting
from cohorts.rules import CohortState
from cohorts.steps import lock_cohort, move_cohort


@transaction.atomic(durable=True)
def archive_cohort(*, cohort_id: int, by: User, now: datetime) -> None:
    """Put a completed cohort away: it leaves the lists of what goes on and stays in the figures.

    :raises MoveRefused: if it is not completed.
    """
    cohort = lock_cohort(cohort_id)
    move_cohort(cohort, CohortState.ARCHIVED, actor=acting(by), now=now)
