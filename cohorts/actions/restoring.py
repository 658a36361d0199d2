"""A cohort that was called off takes up where it stood, within fourteen days."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from accounts.rules import MoveRefused
from accounts.steps import acting
from cohorts.emails.restored import cohort_restored
from cohorts.queries.restoring import undoing_of
from cohorts.queries.substitutes import sitting_of
from cohorts.rules import CohortState, EnrolmentState, MeetingState
from cohorts.rules.meetings import LeaderNews
from cohorts.steps import (
    hearing_of_double_bookings,
    lock_cohort,
    lock_leaders_and_rooms,
    lock_meeting,
    move_cohort,
    move_enrolment,
    move_meeting,
)
from cohorts.steps.leading import tell_leaders
from outbox.steps import queue


@transaction.atomic(durable=True)
def restore_cohort(*, cohort_id: int, by: User, now: datetime) -> int:
    """Take the cohort and its meetings up again, and tell its members; return how many meetings.

    Offers that were taken back stay so: whoever was asked may have another by now. Members with a
    seat elsewhere stay there. Meetings with something in their way stay called off.

    :raises MoveRefused: if the cohort is not called off, or more than fourteen days have passed.
    :raises RulesTouched: if a leader or a room was booked in the same moment.
    """
    cohort = lock_cohort(cohort_id)
    actor = acting(by)
    first = undoing_of(cohort, now=now)
    if first is None:
        raise MoveRefused(f"cohort/{cohort.pk}", cohort.state, CohortState.FORMING)
    for one in sorted(first.meetings, key=lambda meeting: meeting.pk):
        lock_meeting(one.pk)
    leaders = {one.facilitator_id for one in first.meetings}
    lock_leaders_and_rooms(leaders, [one.room_id for one in first.meetings])
    undoing = undoing_of(cohort, now=now) or first
    move_cohort(cohort, undoing.to, actor=actor, now=now, why="restored")
    with hearing_of_double_bookings([sitting_of(one) for one in undoing.meetings]):
        for meeting in undoing.meetings:
            meeting.sequence += 1
            meeting.revised_at = now
            fields = ("sequence", "revised_at")
            to = MeetingState.SCHEDULED
            move_meeting(meeting, to, actor=actor, now=now, why="restored", fields=fields)
    for enrolment in undoing.elsewhere:
        why = "has a seat in another cohort"
        move_enrolment(enrolment, EnrolmentState.WITHDRAWN, actor=actor, now=now, why=why)
    for enrolment in undoing.members:
        queue(cohort_restored(enrolment, meetings=undoing.meetings, now=now), now=now)
    tell_leaders(undoing.meetings, LeaderNews.RESTORED, now=now)
    return len(undoing.meetings)
