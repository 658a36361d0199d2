"""Meetings: answer, mark who was there, remind."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from accounts.models import User
from accounts.steps import acting
from cohorts.emails import rounds as emails
from cohorts.models import Presence
from cohorts.queries.meetings import expected_at, meetings_to_remind, members_of
from cohorts.rules import AnswerKind, MeetingState
from cohorts.rules.meetings import AnswerRefusal, answer_refusal, attendance_refusal
from cohorts.steps import lock_meeting, move_meeting
from cohorts.steps.tables import seat_those_who_wait, take_answer
from outbox.steps import queue_all


@transaction.atomic(durable=True)
def answer_meeting(
    *, meeting_id: int, enrolment_id: int, answer: AnswerKind, now: datetime
) -> AnswerRefusal | None:
    """Write down how somebody takes part; return why not, or None. May run twice.

    Who asks for a seat at a full table waits in line; a seat that comes free goes to the first.
    """
    meeting = lock_meeting(meeting_id)
    refusal = answer_refusal(MeetingState(meeting.state), starts_at=meeting.starts_at, now=now)
    if refusal is not None:
        return refusal
    member = members_of(meeting.round.cohort).filter(pk=enrolment_id).first()
    if member is None:
        return AnswerRefusal.NOT_A_MEMBER
    take_answer(meeting, member, answer, now=now)
    return None


@transaction.atomic(durable=True)
def set_table(*, meeting_id: int, seats: int | None, now: datetime) -> AnswerRefusal | None:
    """Say how many can sit down; None: as many as come. Who waits gets a seat that there now is.

    Returns why not, or None. Nobody who has a seat loses it when the table becomes smaller.
    """
    meeting = lock_meeting(meeting_id)
    refusal = answer_refusal(MeetingState(meeting.state), starts_at=meeting.starts_at, now=now)
    if refusal is None:
        meeting.table_seats = seats
        meeting.save(update_fields=["table_seats"])
        seat_those_who_wait(meeting, now=now)
    return refusal


@transaction.atomic(durable=True)
def mark_attendance(
    *, meeting_id: int, was_there: Mapping[int, bool | None], by: User, now: datetime
) -> AnswerRefusal | None:
    """Write down who of the cohort was there, by enrolment; None: not known. May run twice.

    Returns why not, or None. The first marking says that the meeting has been held.
    """
    meeting = lock_meeting(meeting_id)
    refusal = attendance_refusal(MeetingState(meeting.state), starts_at=meeting.starts_at, now=now)
    if refusal is not None:
        return refusal
    for enrolment in meeting.round.cohort.enrolments.filter(pk__in=was_there):
        Presence.objects.update_or_create(
            meeting=meeting,
            enrolment=enrolment,
            defaults={"was_there": was_there[enrolment.pk], "marked_at": now},
        )
    if meeting.state == MeetingState.SCHEDULED:
        move_meeting(meeting, MeetingState.HELD, actor=acting(by), now=now)
    return None


@transaction.atomic(durable=True)
def remind_of_meetings(*, now: datetime) -> int:
    """Remind of meetings two days ahead, all but those who said no; return how many letters.

    Runs as often as it likes: one letter per meeting, revision and person.
    """
    letters = [
        emails.meeting_reminder(enrolment, meeting)
        for meeting in meetings_to_remind(now)
        for enrolment in expected_at(meeting)
    ]
    queue_all(letters, now=now)
    return len(letters)
