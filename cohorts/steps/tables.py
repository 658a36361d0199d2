"""Seats at the table: the meeting's row is the scarce thing. Lock it, count, then give.

Who asks for a seat when all are taken waits in line. Every way a seat comes free ends in
``seat_those_who_wait``: the first in line gets it, and one letter.
"""

from collections.abc import Iterable
from datetime import datetime

from cohorts.emails.meetings import seat_at_table
from cohorts.models import Enrolment, Meeting, Presence
from cohorts.queries.meetings import presence_of
from cohorts.queries.tables import line_at, seats_at, seats_taken
from cohorts.rules import AnswerKind
from cohorts.rules.meetings import answer_taken
from ground.steps import step
from outbox.steps import queue


@step
def lock_meeting(meeting_id: int) -> Meeting:
    """Return the meeting's row, locked: nobody else answers, marks or counts seats there."""
    return (
        Meeting.objects.select_for_update(of=("self",))
        .select_related("place", "round__course", "round__cohort__programme")
        .get(pk=meeting_id)
    )


@step
def lock_meetings(meetings: Iterable[Meeting]) -> list[Meeting]:
    """Return the meetings, locked in the order of their ids: nobody else counts seats there."""
    return list(
        Meeting.objects.select_for_update(of=("self",))
        .filter(pk__in=[meeting.pk for meeting in meetings])
        .select_related("place", "round__course", "round__cohort__programme")
        .order_by("pk")
    )


@step
def take_answer(
    meeting: Meeting, enrolment: Enrolment, asked: AnswerKind, *, now: datetime
) -> None:
    """Write an answer down at a locked meeting: a seat if there is one, else a place in line."""
    known = presence_of(meeting, enrolment)
    had = AnswerKind(known.answer) if known and known.answer else None
    answer = answer_taken(asked, had=had, seats=seats_at(meeting), taken=seats_taken(meeting))
    keeps_place = known is not None and answer is had is AnswerKind.WAITING
    Presence.objects.update_or_create(
        meeting=meeting,
        enrolment=enrolment,
        defaults={"answer": answer, **({} if keeps_place else {"answered_at": now})},
    )
    seat_those_who_wait(meeting, now=now)


@step
def seat_those_who_wait(meeting: Meeting, *, now: datetime) -> None:
    """Give each free seat of a locked meeting to the first in line, with a letter."""
    seats = seats_at(meeting)
    waiting = line_at(meeting)
    free = len(waiting) if seats is None else max(0, seats - seats_taken(meeting))
    for presence in waiting[:free]:
        presence.answer = AnswerKind.ON_SITE
        presence.save(update_fields=["answer"])
        queue(seat_at_table(presence.enrolment, meeting, now=now), now=now)
