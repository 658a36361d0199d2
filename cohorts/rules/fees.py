"""From the aid rule's decision to what one participation costs. No Django.

**Source:** DEMINIMIS outcomes, as decided by the programme: a course that is free for all needs no
decision; no undertaking, no aid and no fee; a fault that a new certificate mends is asked about
before a fee is set; what the law leaves open is decided by a person, never by default.
"""

from enum import StrEnum

from cohorts.rules.enrolments import MAY_BE_CONFIRMED, FeeKind, ParticipationState
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
    PAYER_MISSING = "payer_missing"


def confirm_refusal(
    kind: FeeKind, state: ParticipationState, *, is_the_one_seen: bool, has_payer: bool
) -> ConfirmRefusal | None:
    """Return why a person cannot be bound to a place now, or None."""
    if state is not ParticipationState.OFFERED:
        return ConfirmRefusal.ANSWERED_ALREADY
    if not is_the_one_seen:
        return ConfirmRefusal.COST_CHANGED
    if kind not in MAY_BE_CONFIRMED:
        return ConfirmRefusal.NOT_DECIDED
    if kind is FeeKind.FEE and not has_payer:
        return ConfirmRefusal.PAYER_MISSING
    return None
