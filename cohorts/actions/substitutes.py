"""Somebody else leads one meeting."""

from datetime import datetime, timedelta
from enum import StrEnum

from django.db import transaction

from accounts.models import User
from accounts.rules import MoveRefused
from accounts.steps import acting, record
from cohorts.emails.staff import meeting_handed_over
from cohorts.models import Meeting
from cohorts.rules import MeetingState
from outbox.steps import queue

LONGEST = timedelta(hours=8)


class HandOverRefusal(StrEnum):
    """Why somebody cannot lead a meeting."""

    LEADS_IT_ALREADY = "leads_it_already"
    LEADS_ANOTHER_THEN = "leads_another_then"


@transaction.atomic(durable=True)
def hand_over_meeting(
    *, meeting_id: int, to_id: int, by: User, now: datetime
) -> HandOverRefusal | None:
    """Let another user lead one planned meeting, and tell them; return why not, or None.

    :raises MoveRefused: if the meeting is not planned any more.
    """
    to = User.objects.select_for_update().get(id=to_id)
    meeting = (
        Meeting.objects.select_for_update(of=("self",))
        .select_related("round__cohort__programme", "place")
        .get(id=meeting_id)
    )
    if meeting.state != MeetingState.SCHEDULED:
        raise MoveRefused(f"meeting/{meeting.pk}", meeting.state, MeetingState.SCHEDULED)
    if meeting.facilitator_id == to.pk:
        return HandOverRefusal.LEADS_IT_ALREADY
    if _leads_another_then(to, meeting):
        return HandOverRefusal.LEADS_ANOTHER_THEN
    meeting.facilitator = to
    meeting.save(update_fields=["facilitator"])
    state = meeting.state
    why = f"led by user/{to.pk}"
    record(meeting, was=state, became=state, actor=acting(by), now=now, why=why)
    if to.pk != by.pk:
        queue(meeting_handed_over(meeting, to=to, by=by), now=now)
    return None


def _leads_another_then(user: User, meeting: Meeting) -> bool:
    ends_at = meeting.starts_at + timedelta(minutes=meeting.duration_minutes)
    others = Meeting.objects.filter(
        facilitator=user,
        state=MeetingState.SCHEDULED,
        starts_at__gt=meeting.starts_at - LONGEST,
        starts_at__lt=ends_at,
    ).exclude(pk=meeting.pk)
    return any(
        other.starts_at + timedelta(minutes=other.duration_minutes) > meeting.starts_at
        for other in others
    )
