"""The end of a meeting: attendance is told, nothing more is expected of it."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from accounts.steps import acting
from cohorts.models import Meeting
from cohorts.rules import MeetingState
from cohorts.steps import move_meeting


@transaction.atomic(durable=True)
def close_meeting(*, meeting_id: int, by: User, now: datetime) -> None:
    """Say that a held meeting is done with. May run twice: the second does nothing.

    :raises MoveRefused: if it has not been held.
    """
    meeting = Meeting.objects.select_for_update().get(id=meeting_id)
    if meeting.state != MeetingState.CLOSED:
        move_meeting(meeting, MeetingState.CLOSED, actor=acting(by), now=now)
