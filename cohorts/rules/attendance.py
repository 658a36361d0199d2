"""When somebody may check in, and when a mark may still be corrected. No Django."""

from datetime import datetime, timedelta
from enum import StrEnum

from cohorts.rules.meetings import ATTENDANCE_LOCKS_AFTER_DAYS, MeetingState

OPENS_BEFORE_START = timedelta(minutes=30)
CLOSES_AFTER_END = timedelta(minutes=30)


class CheckInRefusal(StrEnum):
    """Why somebody was not checked in; nothing was saved."""

    MEETING_OFF = "meeting_off"
    TOO_EARLY = "too_early"
    TOO_LATE = "too_late"
    NOT_A_MEMBER = "not_a_member"
    MARKED_AWAY = "marked_away"


def check_in_refusal(
    state: MeetingState,
    *,
    starts_at: datetime,
    duration_minutes: int,
    marked: bool | None,
    now: datetime,
) -> CheckInRefusal | None:
    """Return why a member cannot check in, or None.

    The window is from half an hour before the start to half an hour after the end, both included.
    For a meeting from 12.00 to 13.00 it is 11.30 to 13.30. A leader's "not there" stands.
    """
    if state in {MeetingState.CANCELLED, MeetingState.DRAFT}:
        return CheckInRefusal.MEETING_OFF
    if now < starts_at - OPENS_BEFORE_START:
        return CheckInRefusal.TOO_EARLY
    if now > starts_at + timedelta(minutes=duration_minutes) + CLOSES_AFTER_END:
        return CheckInRefusal.TOO_LATE
    return CheckInRefusal.MARKED_AWAY if marked is False else None


class CorrectionRefusal(StrEnum):
    """Why a mark was not corrected; nothing was saved."""

    MEETING_OFF = "meeting_off"
    NOT_LOCKED = "not_locked"
    NO_REASON = "no_reason"
    NOT_A_MEMBER = "not_a_member"


def correction_refusal(
    state: MeetingState, *, starts_at: datetime, why: str, now: datetime
) -> CorrectionRefusal | None:
    """Return why a mark cannot be corrected, or None: only after the lock, only with a reason."""
    if state in {MeetingState.CANCELLED, MeetingState.DRAFT}:
        return CorrectionRefusal.MEETING_OFF
    if now <= starts_at + timedelta(days=ATTENDANCE_LOCKS_AFTER_DAYS):
        return CorrectionRefusal.NOT_LOCKED
    return None if why.strip() else CorrectionRefusal.NO_REASON
