"""Marks of attendance at one locked meeting."""

from collections.abc import Mapping
from datetime import datetime

from accounts.steps import Actor, record
from cohorts.models import Enrolment, Meeting, Presence
from cohorts.rules import MeetingState
from cohorts.rules.meetings import AnswerRefusal, attendance_refusal
from cohorts.steps.moves import move_meeting
from ground.steps import step

MARKS = {True: "there", False: "away", None: "unknown"}


@step
def write_attendance(
    meeting: Meeting,
    was_there: Mapping[int, bool | None],
    *,
    seen: Mapping[int, bool | None] | None,
    actor: Actor,
    now: datetime,
) -> AnswerRefusal | None:
    """Write the marks that differ from those there are; return why nothing was written, or None."""
    refusal = attendance_refusal(MeetingState(meeting.state), starts_at=meeting.starts_at, now=now)
    if refusal is not None:
        return refusal
    known = {one.enrolment_id: one.was_there for one in meeting.presences.all()}
    wanted = {
        pk: mark for pk, mark in was_there.items() if pk not in known or known[pk] is not mark
    }
    if seen is not None:
        # A row that the page did not touch says nothing; one that it did must be as it was shown.
        wanted = {pk: mark for pk, mark in wanted.items() if seen.get(pk) is not mark}
        if any(known.get(pk) is not seen.get(pk) for pk in wanted):
            return AnswerRefusal.MARKED_MEANWHILE
    for enrolment in meeting.round.cohort.enrolments.filter(pk__in=wanted):
        Presence.objects.update_or_create(
            meeting=meeting,
            enrolment=enrolment,
            defaults={
                "was_there": wanted[enrolment.pk],
                "is_self_marked": False,
                "marked_at": now,
            },
        )
    if meeting.state == MeetingState.SCHEDULED:
        move_meeting(meeting, MeetingState.HELD, actor=actor, now=now)
    return None


@step
def correct(  # noqa: PLR0913 -- who, what, why, by whom, when
    meeting: Meeting,
    enrolment: Enrolment,
    was_there: bool | None,
    *,
    why: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Write one mark after the lock, with a line of history that says what it was and why."""
    presence, _ = Presence.objects.get_or_create(meeting=meeting, enrolment=enrolment)
    was = MARKS[presence.was_there]
    presence.was_there, presence.is_self_marked, presence.marked_at = was_there, False, now
    presence.save(update_fields=["was_there", "is_self_marked", "marked_at"])
    record(presence, was=was, became=MARKS[was_there], actor=actor, now=now, why=why)
