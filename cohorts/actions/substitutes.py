"""Somebody else leads one meeting."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from accounts.rules import MoveRefused
from accounts.steps import acting, record
from cohorts.emails.staff import meeting_handed_over, meetings_led
from cohorts.queries.substitutes import hand_over_refusal, sitting_of
from cohorts.rules import MeetingState
from cohorts.rules.meetings import LeaderNews
from cohorts.rules.sittings import HandOverRefusal, RulesTouched
from cohorts.steps import hearing_of_double_bookings, lock_leaders_and_rooms, lock_meeting
from outbox.steps import queue


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
    to = User.objects.get(id=to_id)
    refusal = hand_over_refusal(meeting, to)
    if refusal is not None:
        return refusal
    before = meeting.facilitator
    meeting.facilitator = to
    # The sequence counts for the calendars of both: who takes a meeting back gets a newer event.
    meeting.sequence += 1
    meeting.revised_at = now
    try:
        with hearing_of_double_bookings([sitting_of(meeting)]):
            meeting.save(update_fields=["facilitator", "sequence", "revised_at"])
    except RulesTouched:
        return HandOverRefusal.LEADS_ANOTHER_THEN
    state = meeting.state
    why = f"led by user/{to.pk}"
    record(meeting, was=state, became=state, actor=acting(by), now=now, why=why)
    queue(meeting_handed_over(meeting, to=to, by=by), now=now)
    if before.is_active:
        queue(meetings_led(before, [meeting], LeaderNews.TAKEN_OVER), now=now)
    return None
