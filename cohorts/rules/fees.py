"""From the aid rule's decision to what one participation costs. No Django.

**Source:** DEMINIMIS outcomes, as decided by the programme: a course that is free for all needs no
decision; no undertaking, no aid and no fee; a fault that a new certificate mends is asked about
before a fee is set; what the law leaves open is decided by a person, never by default.
"""

from enum import StrEnum

from cohorts.rules.cohorts import RoundState
from cohorts.rules.enrolments import (
    MAY_BE_CONFIRMED,
    MAY_BE_PAID,
    FeeKind,
    ParticipationState,
)
from deminimis.engine import Decision, Outcome, Rule

MENDED_BY_A_CERTIFICATE = frozenset(
    {
        Rule.DECLARATION_MISSING,
        Rule.DECLARATION_WRONG_UNDERTAKING,
        Rule.DECLARATION_WITHDRAWN,
        Rule.DECLARATION_AFTER_GRANT,
        Rule.DECLARATION_EXPIRED,
        Rule.DECLARATION_SIGNATORY,
        Rule.DECLARATION_INCOMPLETE_GROUP,
    }
)

# Somebody may say that they pay for these: where it is a fee, or rather than wait for an answer.
PAYABLE = MAY_BE_PAID | {FeeKind.FEE}


def fee_kind(decision: Decision) -> FeeKind:
    """Return what the page tells the person that this decision means."""
    if decision.rule is Rule.NO_ADVANTAGE_FREE_FOR_ALL:
        return FeeKind.NOT_NEEDED
    if decision.outcome is Outcome.FREE_NO_AID:
        return FeeKind.WAIVED
    if decision.outcome is Outcome.FREE_DE_MINIMIS:
        return FeeKind.FREE_AS_AID
    if decision.outcome is Outcome.REVIEW:
        return FeeKind.IN_REVIEW
    if decision.rule in MENDED_BY_A_CERTIFICATE:
        return FeeKind.CERTIFICATE_REQUESTED
    return FeeKind.FEE


class ConfirmRefusal(StrEnum):
    """Why a place was not confirmed; nothing was bound."""

    COST_CHANGED = "cost_changed"
    NOT_DECIDED = "not_decided"
    ANSWERED_ALREADY = "answered_already"
    HAS_A_FEE = "has_a_fee"
    TOO_LATE = "too_late"


def confirm_refusal(
    kind: FeeKind, state: ParticipationState, *, is_the_one_seen: bool, is_late: bool
) -> ConfirmRefusal | None:
    """Return why a person cannot be bound by their own yes to a place now, or None.

    A fee is accepted by whoever is to pay it, on a page of its own.
    """
    if state is ParticipationState.LAPSED:
        return ConfirmRefusal.TOO_LATE
    if state is not ParticipationState.OFFERED:
        return ConfirmRefusal.ANSWERED_ALREADY
    if is_late:
        return ConfirmRefusal.TOO_LATE
    if not is_the_one_seen:
        return ConfirmRefusal.COST_CHANGED
    if kind is FeeKind.FEE:
        return ConfirmRefusal.HAS_A_FEE
    return None if kind in MAY_BE_CONFIRMED else ConfirmRefusal.NOT_DECIDED


def pay_refusal(
    kind: FeeKind, state: ParticipationState, *, is_the_one_seen: bool, is_late: bool
) -> ConfirmRefusal | None:
    """Return why nobody can say that a fee will be paid for a place now, or None."""
    refusal = confirm_refusal(kind, state, is_the_one_seen=is_the_one_seen, is_late=is_late)
    if refusal in {ConfirmRefusal.HAS_A_FEE, ConfirmRefusal.NOT_DECIDED} and kind in PAYABLE:
        return None
    return refusal or ConfirmRefusal.NOT_DECIDED


class FeeStage(StrEnum):
    """How far the question of what a place costs has come, as a person is told."""

    NOT_NEEDED = "not_needed"
    CERTIFICATE_REQUESTED = "certificate_requested"
    SUBMITTED = "submitted"
    IN_REVIEW = "in_review"
    FREE_AS_AID = "free_as_aid"
    FEE = "fee"
    WAIVED = "waived"


# While it waits for us, the person's time to answer does not run out.
WAITS_FOR_US = frozenset({FeeStage.SUBMITTED, FeeStage.IN_REVIEW})


def fee_stage(kind: FeeKind, *, is_handed_in: bool) -> FeeStage:
    """Return the stage of a fee decision; ``is_handed_in``: a certificate waits for an officer.

    *Submitted* is derived: the decision asks for a certificate, and the certificate has come.
    """
    if kind is FeeKind.CERTIFICATE_REQUESTED and is_handed_in:
        return FeeStage.SUBMITTED
    return FeeStage(kind.value)


class ValueRefusal(StrEnum):
    """Why the value of a place was not changed; nothing was saved."""

    SETTLED = "settled"
    OVER = "over"


def value_refusal(state: RoundState, *, bound: int) -> ValueRefusal | None:
    """Return why the value of a place in a round cannot be changed, or None.

    ``bound`` have said yes: what they have been told holds for all.
    """
    if state in {RoundState.CLOSED, RoundState.DROPPED}:
        return ValueRefusal.OVER
    return ValueRefusal.SETTLED if bound else None
