"""What waits for the clock on a site of production: run inside it by ``manage.py shell``."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import Change
from accounts.steps import CLOCK, record, subject
from cohorts.actions.votes import call_vote
from cohorts.rules import CohortState, InterestState, InvitationState, RoundState
from cohorts.rules.votes import VotePlan
from regai.invariants import STATES
from tests.factories import (
    make_cohort,
    make_course,
    make_enrolment,
    make_interest,
    make_invitation,
    make_meeting,
)

GROUPS, SEATS, WAITING, VOTERS = 4, 3, 20, 3


def tell_of_all() -> None:
    """Write the history that actions would have written of rows made without them."""
    row: Any
    with transaction.atomic():
        for model in STATES:
            for row in model._default_manager.all():
                if not Change.objects.filter(subject=subject(row)).exists():
                    record(row, was="", became=row.state, actor=CLOCK, now=timezone.now())


def make_due() -> None:
    """Leave lapsed invitations, a meeting to remind of, a vote to close, a sign-up to purge."""
    now = timezone.now()
    for _ in range(GROUPS):
        cohort = make_cohort(seats=SEATS, least=1)
        for _seat in range(SEATS):
            make_invitation(
                cohort=cohort,
                interest=make_interest(times=["4-morning"]),
                expires_at=now - timedelta(hours=1),
            )
    for _ in range(WAITING):
        make_interest(times=["1-lunch"])
    make_invitation(
        cohort=make_cohort(seats=SEATS, least=1, time="2-lunch"),
        state=InvitationState.RELEASED,
        released_at=now - timedelta(days=8),
        expires_at=now + timedelta(days=2),
    )
    make_interest(state=InterestState.UNVERIFIED, registered_at=now - timedelta(days=9))
    running = make_cohort(state=CohortState.RUNNING, round_state=RoundState.RUNNING)
    for _ in range(VOTERS):
        make_enrolment(cohort=running)
    make_meeting(round=running.rounds.get(), starts_at=now + timedelta(days=2))
    opened_at = now - timedelta(days=8)
    plan = VotePlan(
        course_ids=[make_course().pk for _ in range(2)],
        opens_at=opened_at,
        closes_at=now - timedelta(minutes=1),
    )
    call_vote(cohort_id=running.pk, plan=plan, by=running.facilitator, now=opened_at)
    tell_of_all()
