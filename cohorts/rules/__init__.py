"""What may happen to interests, invitations, seats, rounds, meetings and fees. No Django.

One file a noun. Every state has a row in its ``NEXT``: the states it may become; a state with no
way out is final.
"""

from cohorts.rules.cohorts import CohortState, RoundState
from cohorts.rules.enrolments import (
    AnswerKind,
    EnrolmentState,
    FeeKind,
    InvitationState,
    ParticipationState,
)
from cohorts.rules.erasures import ErasureState
from cohorts.rules.interests import InterestState
from cohorts.rules.meetings import GAP_DAYS, MeetingState, gap_refusal

__all__ = [
    "GAP_DAYS",
    "AnswerKind",
    "CohortState",
    "EnrolmentState",
    "ErasureState",
    "FeeKind",
    "InterestState",
    "InvitationState",
    "MeetingState",
    "ParticipationState",
    "RoundState",
    "gap_refusal",
]
