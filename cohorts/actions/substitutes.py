"""Somebody else leads one meeting."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from accounts.rules import MoveRefused
from cohorts.rules import MeetingState
from cohorts.rules.sittings import HandOverRefusal
from cohorts.steps import lock_leaders_and_rooms, lock_meeting
from cohorts.steps.leading import pass_on


@transaction.atomic(durable=True)
def hand_over_meeting(
    *, meeting_id: int, to_id: int, by: User, now: datetime
) -> HandOverRefusal | None:
    """Let another user lead one planned meeting, and tell both; return why not, or None.

    :raises MoveRefused: if the meeting is not planned any more.
    """
    meeting = lock_meeting(meeting_id)
    if meeting.state != MeetingState.SCHEDULED:
        raise MoveRefused(f"meeting/{meeting.pk}", meeting.state, MeetingState.SCHEDULED)
    lock_leaders_and_rooms([to_id], [])
    return pass_on(meeting, to=User.objects.get(id=to_id), by=by, now=now)
