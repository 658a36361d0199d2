"""Who was there: marked by the leader, by the person with a QR code, corrected after the lock."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from accounts.models import User
from accounts.steps import acting
from cohorts.models import Presence
from cohorts.queries.meetings import members_of
from cohorts.rules import MeetingState
from cohorts.rules.attendance import (
    CheckInRefusal,
    CorrectionRefusal,
    check_in_refusal,
    correction_refusal,
)
from cohorts.rules.meetings import AnswerRefusal
from cohorts.steps.attendance import correct, write_attendance
from cohorts.steps.tables import lock_meeting


@transaction.atomic(durable=True)
def mark_attendance(
    *,
    meeting_id: int,
    was_there: Mapping[int, bool | None],
    seen: Mapping[int, bool | None] | None = None,
    by: User,
    now: datetime,
) -> AnswerRefusal | None:
    """Write down who of the cohort was there, by enrolment; None: not known. May run twice.

    ``seen`` is what the page showed: a mark that somebody else has made since is not written over,
    and then nothing is saved. Returns why not, or None. The first marking says that the meeting has
    been held.
    """
    meeting = lock_meeting(meeting_id)
    return write_attendance(meeting, was_there, seen=seen, actor=acting(by), now=now)


@transaction.atomic(durable=True)
def correct_attendance(  # noqa: PLR0913 -- who, what and why
    *,
    meeting_id: int,
    enrolment_id: int,
    was_there: bool | None,
    why: str,
    by: User,
    now: datetime,
) -> CorrectionRefusal | None:
    """Correct one mark after the lock, with a reason that stays; return why not, or None."""
    meeting = lock_meeting(meeting_id)
    refusal = correction_refusal(
        MeetingState(meeting.state), starts_at=meeting.starts_at, why=why, now=now
    )
    seat = meeting.round.cohort.enrolments.filter(pk=enrolment_id).first()
    if refusal is None and seat is None:
        refusal = CorrectionRefusal.NOT_A_MEMBER
    if refusal is None and seat is not None:
        correct(meeting, seat, was_there, why=why, actor=acting(by), now=now)
    return refusal


@transaction.atomic(durable=True)
def check_in(*, meeting_id: int, user: User, now: datetime) -> CheckInRefusal | None:
    """Mark somebody as there who shows the meeting's code; return why not, or None. May run twice.

    What the leader has marked stands.
    """
    meeting = lock_meeting(meeting_id)
    member = members_of(meeting.round.cohort).filter(user=user).first()
    if member is None:
        return CheckInRefusal.NOT_A_MEMBER
    known = meeting.presences.filter(enrolment=member).first()
    refusal = check_in_refusal(
        MeetingState(meeting.state),
        starts_at=meeting.starts_at,
        duration_minutes=meeting.duration_minutes,
        marked=known.was_there if known else None,
        now=now,
    )
    if refusal is None and not (known and known.was_there):
        Presence.objects.update_or_create(
            meeting=meeting,
            enrolment=member,
            defaults={"was_there": True, "is_self_marked": True, "marked_at": now},
        )
    return refusal
