"""The end of a meeting: who was there, what was said, a letter to those who were away."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from accounts.models import User
from accounts.steps import acting
from cohorts.emails.meetings import meeting_missed
from cohorts.models import AgendaItem, Meeting
from cohorts.queries.agendas import answered_at
from cohorts.queries.meetings import members_of
from cohorts.rules import MeetingState
from cohorts.rules.meetings import AnswerRefusal
from cohorts.steps import move_meeting
from cohorts.steps.agendas import answer_point
from cohorts.steps.attendance import write_attendance
from cohorts.steps.tables import lock_meeting
from outbox.steps import queue_all


@transaction.atomic(durable=True)
def close_meeting(*, meeting_id: int, by: User, now: datetime) -> None:
    """Say that a held meeting is done with. May run twice: the second does nothing.

    :raises MoveRefused: if it has not been held.
    """
    meeting = Meeting.objects.select_for_update().get(id=meeting_id)
    if meeting.state != MeetingState.CLOSED:
        move_meeting(meeting, MeetingState.CLOSED, actor=acting(by), now=now)


@transaction.atomic(durable=True)
def end_meeting(  # noqa: PLR0913 -- the whole end of a meeting, at once
    *,
    meeting_id: int,
    was_there: Mapping[int, bool | None],
    seen: Mapping[int, bool | None] | None,
    answers: Mapping[int, str],
    note: str,
    by: User,
    now: datetime,
) -> AnswerRefusal | None:
    """Mark who was there, note what was said, close the meeting, and write to those who were away.

    All of it or nothing; returns why not, or None. May run twice: one letter per person. Without a
    note and without answers there is nothing to write about.
    """
    meeting, actor = lock_meeting(meeting_id), acting(by)
    refusal = write_attendance(meeting, was_there, seen=seen, actor=actor, now=now)
    if refusal is not None:
        return refusal
    for item in AgendaItem.objects.filter(round=meeting.round_id, pk__in=answers).order_by("pk"):
        answer_point(item, meeting, answers[item.pk])
    meeting.note = note
    meeting.save(update_fields=["note"])
    if meeting.state == MeetingState.HELD:
        move_meeting(meeting, MeetingState.CLOSED, actor=actor, now=now)
    points = answered_at(meeting)
    if note or points:
        away = members_of(meeting.round.cohort).filter(
            presences__meeting=meeting, presences__was_there=False
        )
        queue_all([meeting_missed(one, meeting, points) for one in away], now=now)
    return None
