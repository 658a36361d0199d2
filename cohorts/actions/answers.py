"""Before a meeting: who comes and how, and how many can sit down."""

from datetime import datetime

from django.db import transaction

from cohorts.queries.meetings import members_of
from cohorts.rules import AnswerKind, MeetingState
from cohorts.rules.meetings import AnswerRefusal, answer_refusal
from cohorts.steps.tables import lock_meeting, seat_those_who_wait, take_answer


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
