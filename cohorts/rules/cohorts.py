"""The life of a cohort and of its course rounds."""

from datetime import timedelta
from enum import StrEnum


class CohortState(StrEnum):
    DRAFT = "draft"
    FORMING = "forming"
    CONFIRMED = "confirmed"
    RUNNING = "running"
    COMPLETED = "completed"
    ARCHIVED = "archived"
    CANCELLED = "cancelled"


COHORT_NEXT: dict[CohortState, frozenset[CohortState]] = {
    CohortState.DRAFT: frozenset({CohortState.FORMING, CohortState.CANCELLED}),
    CohortState.FORMING: frozenset({CohortState.CONFIRMED, CohortState.CANCELLED}),
    CohortState.CONFIRMED: frozenset({CohortState.RUNNING, CohortState.CANCELLED}),
    CohortState.RUNNING: frozenset({CohortState.COMPLETED}),
    CohortState.COMPLETED: frozenset({CohortState.ARCHIVED}),
    CohortState.ARCHIVED: frozenset(),
    # Undone within fourteen days, back to where it stood.
    CohortState.CANCELLED: frozenset(
        {CohortState.DRAFT, CohortState.FORMING, CohortState.CONFIRMED}
    ),
}
# Nobody is given a seat in these any more.
OVER = frozenset({CohortState.COMPLETED, CohortState.ARCHIVED, CohortState.CANCELLED})
UNDO_CANCELLATION_WITHIN = timedelta(days=14)


class RoundState(StrEnum):
    """Where one cohort stands with one course. The first round skips the ballot."""

    PROPOSED = "proposed"
    IN_BALLOT = "in_ballot"
    CHOSEN = "chosen"
    FEE_CHECK = "fee_check"
    RUNNING = "running"
    CLOSED = "closed"
    DROPPED = "dropped"


ROUND_NEXT: dict[RoundState, frozenset[RoundState]] = {
    RoundState.PROPOSED: frozenset({RoundState.IN_BALLOT, RoundState.CHOSEN, RoundState.DROPPED}),
    RoundState.IN_BALLOT: frozenset({RoundState.CHOSEN, RoundState.DROPPED}),
    RoundState.CHOSEN: frozenset({RoundState.FEE_CHECK, RoundState.DROPPED}),
    RoundState.FEE_CHECK: frozenset({RoundState.RUNNING, RoundState.DROPPED}),
    RoundState.RUNNING: frozenset({RoundState.CLOSED, RoundState.DROPPED}),
    RoundState.CLOSED: frozenset(),
    RoundState.DROPPED: frozenset(),
}


class ConfirmRefusal(StrEnum):
    """Why a cohort cannot be confirmed yet."""

    TOO_FEW_ACCEPTED = "too_few_accepted"
    NO_MEETING = "no_meeting"


def confirm_refusal(*, accepted: int, least: int, meetings: int) -> ConfirmRefusal | None:
    """Return why a cohort with so many accepted seats and planned meetings cannot be confirmed."""
    if accepted < least:
        return ConfirmRefusal.TOO_FEW_ACCEPTED
    if not meetings:
        return ConfirmRefusal.NO_MEETING
    return None
