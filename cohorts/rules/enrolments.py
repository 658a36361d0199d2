"""The life of an invitation, of a seat, and of taking part in one course round."""

from datetime import datetime, timedelta
from enum import StrEnum

from cohorts.rules.cohorts import CohortState


class InvitationState(StrEnum):
    DRAFT = "draft"
    RELEASED = "released"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    REVOKED = "revoked"


INVITATION_NEXT: dict[InvitationState, frozenset[InvitationState]] = {
    InvitationState.DRAFT: frozenset({InvitationState.RELEASED, InvitationState.REVOKED}),
    InvitationState.RELEASED: frozenset(
        {
            InvitationState.ACCEPTED,
            InvitationState.DECLINED,
            InvitationState.EXPIRED,
            InvitationState.REVOKED,
        }
    ),
    InvitationState.ACCEPTED: frozenset(),
    InvitationState.DECLINED: frozenset(),
    InvitationState.EXPIRED: frozenset({InvitationState.RELEASED}),
    InvitationState.REVOKED: frozenset(),
}
HOLDS_A_SEAT = frozenset({InvitationState.RELEASED})


class EnrolmentState(StrEnum):
    ACTIVE = "active"
    COMPLETED = "completed"
    WITHDRAWN = "withdrawn"
    REMOVED = "removed"
    TRANSFERRED = "transferred"


ENROLMENT_NEXT: dict[EnrolmentState, frozenset[EnrolmentState]] = {
    EnrolmentState.ACTIVE: frozenset(
        {
            EnrolmentState.COMPLETED,
            EnrolmentState.WITHDRAWN,
            EnrolmentState.REMOVED,
            EnrolmentState.TRANSFERRED,
        }
    ),
    EnrolmentState.COMPLETED: frozenset(),
    EnrolmentState.WITHDRAWN: frozenset(),
    EnrolmentState.REMOVED: frozenset(),
    EnrolmentState.TRANSFERRED: frozenset(),
}


# In the cohort, or was to its end.
MEMBERS = (EnrolmentState.ACTIVE, EnrolmentState.COMPLETED)


class ParticipationState(StrEnum):
    """One person in one course round. From ``confirmed`` on the person is bound."""

    OFFERED = "offered"
    CONFIRMED = "confirmed"
    SAT_OUT = "sat_out"
    LAPSED = "lapsed"
    NOT_STARTED = "not_started"
    STARTED = "started"
    FINISHED = "finished"
    VERIFIED = "verified"
    DROPPED = "dropped"


PARTICIPATION_NEXT: dict[ParticipationState, frozenset[ParticipationState]] = {
    ParticipationState.OFFERED: frozenset(
        {ParticipationState.CONFIRMED, ParticipationState.SAT_OUT, ParticipationState.LAPSED}
    ),
    ParticipationState.CONFIRMED: frozenset(
        {ParticipationState.NOT_STARTED, ParticipationState.DROPPED}
    ),
    ParticipationState.SAT_OUT: frozenset({ParticipationState.OFFERED}),
    ParticipationState.LAPSED: frozenset({ParticipationState.OFFERED}),
    ParticipationState.NOT_STARTED: frozenset(
        {ParticipationState.STARTED, ParticipationState.DROPPED}
    ),
    ParticipationState.STARTED: frozenset(
        {ParticipationState.FINISHED, ParticipationState.DROPPED}
    ),
    # Unticking a lesson takes a self-declared finish back.
    ParticipationState.FINISHED: frozenset(
        {
            ParticipationState.STARTED,
            ParticipationState.VERIFIED,
            ParticipationState.DROPPED,
        }
    ),
    ParticipationState.VERIFIED: frozenset(),
    ParticipationState.DROPPED: frozenset(),
}
# How a participation ends when the person leaves the cohort; what has been finished stays so.
ENDS_ON_LEAVING = {
    ParticipationState.OFFERED: ParticipationState.SAT_OUT,
    ParticipationState.CONFIRMED: ParticipationState.DROPPED,
    ParticipationState.NOT_STARTED: ParticipationState.DROPPED,
    ParticipationState.STARTED: ParticipationState.DROPPED,
}
STUDIES = frozenset(
    {
        ParticipationState.CONFIRMED,
        ParticipationState.NOT_STARTED,
        ParticipationState.STARTED,
        ParticipationState.FINISHED,
        ParticipationState.VERIFIED,
    }
)


class FeeKind(StrEnum):
    """What one participation costs, in words the page explains."""

    NOT_NEEDED = "not_needed"
    CERTIFICATE_REQUESTED = "certificate_requested"
    IN_REVIEW = "in_review"
    FREE_AS_AID = "free_as_aid"
    FEE = "fee"
    WAIVED = "waived"


# A person may say yes to these; the others wait for somebody.
MAY_BE_CONFIRMED = frozenset({FeeKind.NOT_NEEDED, FeeKind.FREE_AS_AID, FeeKind.FEE, FeeKind.WAIVED})

# Whoever would rather pay than wait for somebody's answer may do so.
MAY_BE_PAID = frozenset({FeeKind.CERTIFICATE_REQUESTED, FeeKind.IN_REVIEW})


class AnswerKind(StrEnum):
    """How somebody will take part in one meeting. One waits whose table was full."""

    ON_SITE = "on_site"
    DIGITAL = "digital"
    NO = "no"
    WAITING = "waiting"


class Freed(StrEnum):
    """What became of one person when several seats were freed at once."""

    GIVEN_UP = "given_up"
    TAKEN_BACK = "taken_back"
    OVER_ALREADY = "over_already"


class SeatRefusal(StrEnum):
    """Why a seat is not offered."""

    FULL = "full"
    ALREADY_IN = "already_in"
    INTEREST_NOT_ACTIVE = "interest_not_active"
    DEADLINE_PASSED = "deadline_passed"
    COHORT_OVER = "cohort_over"


INVITATION_LIVES = timedelta(days=10)
REMINDER_BEFORE_DEADLINE = timedelta(days=3)
# Seats that come free this close to the first meeting are the facilitator's to fill.
AUTOMATIC_OFFERS_STOP = timedelta(days=5)
FILLS = frozenset({CohortState.FORMING, CohortState.CONFIRMED})


def invitation_deadline(*, now: datetime, first_meeting_at: datetime | None) -> datetime:
    """Return until when an invitation of ``now`` holds: ten days, never past the first meeting."""
    in_ten_days = now + INVITATION_LIVES
    return min(in_ten_days, first_meeting_at) if first_meeting_at else in_ten_days


def fills_by_itself(state: str, *, first_meeting_at: datetime | None, now: datetime) -> bool:
    """Return whether a cohort's free seats are offered without anybody asking for it.

    Only while it forms, and until five days before its first meeting (the fifth day included).
    """
    if state not in FILLS:
        return False
    return first_meeting_at is None or first_meeting_at - now >= AUTOMATIC_OFFERS_STOP


def free_seats(*, seats: int, enrolled: int, invited: int) -> int:
    """Return how many seats nobody has and nobody is offered; never below zero."""
    return max(0, seats - enrolled - invited)
