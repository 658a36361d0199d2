"""Somebody else leads one meeting."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from cohorts.rules.sittings import HandOverRefusal
from cohorts.steps import lock_as_seen, lock_leaders_and_rooms
from cohorts.steps.leading import pass_on


@transaction.atomic(durable=True)
def hand_over_meeting(
    *, meeting_id: int, to_id: int, by: User, now: datetime, seen: int | None = None
) -> HandOverRefusal | None:
    """Let another user lead one planned meeting, and tell both; return why not, or None.

    ``seen`` is the sequence of the meeting as the person who hands it over saw it.

    :raises MoveRefused: if the meeting is not planned any more.
    :raises ChangedMeanwhile: if somebody else has changed it since.
    """
    meeting = lock_as_seen(meeting_id, seen=seen)
    lock_leaders_and_rooms([to_id], [])
    return pass_on(meeting, to=User.objects.get(id=to_id), by=by, now=now)
