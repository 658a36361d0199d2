"""Whether a course may be offered once more to somebody who does not take it. No Django."""

from enum import StrEnum

from cohorts.rules.cohorts import RoundState
from cohorts.rules.enrolments import EnrolmentState, ParticipationState

# Stood over, or did not answer in time: the way back leads through a coordinator.
MAY_BE_OFFERED_AGAIN = frozenset({ParticipationState.SAT_OUT, ParticipationState.LAPSED})
STILL_TO_TAKE = frozenset({RoundState.CHOSEN, RoundState.FEE_CHECK, RoundState.RUNNING})


class OfferRefusal(StrEnum):
    """Why a course was not offered again; nothing was changed."""

    LEFT = "left"
    OVER = "over"
    ANSWERED = "answered"


def offer_refusal(
    state: ParticipationState, *, seat: EnrolmentState, round_: RoundState
) -> OfferRefusal | None:
    """Return why a course cannot be offered again, or None."""
    if seat is not EnrolmentState.ACTIVE:
        return OfferRefusal.LEFT
    if round_ not in STILL_TO_TAKE:
        return OfferRefusal.OVER
    return None if state in MAY_BE_OFFERED_AGAIN else OfferRefusal.ANSWERED
