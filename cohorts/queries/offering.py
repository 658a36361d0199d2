"""Reads for offering a course once more."""

from dataclasses import dataclass
from datetime import date

from cohorts.models import Participation
from cohorts.rules import EnrolmentState, FeeKind, ParticipationState, RoundState
from cohorts.rules.fees import fee_kind
from cohorts.rules.offering import OfferRefusal, offer_refusal
from deminimis import engine
from deminimis.queries.facts import facts_of, law_now


@dataclass(frozen=True, slots=True)
class CostToday:
    """What a place would cost if it were offered today, and the rule that says so."""

    kind: FeeKind
    rule: engine.Rule


def cost_today(participation: Participation, *, on: date) -> CostToday:
    """Return what a place would cost on the day ``on``, by what is known; nothing is written."""
    facts = facts_of(
        company=participation.enrolment.interest.company,
        amount_sek=participation.round.value_sek,
        case=f"participation/{participation.pk}",
        on=on,
    )
    decision = engine.assess(facts, law_now())
    return CostToday(fee_kind(decision), decision.rule)


def refusal_of(participation: Participation) -> OfferRefusal | None:
    """Return why a course cannot be offered again to somebody, or None."""
    return offer_refusal(
        ParticipationState(participation.state),
        seat=EnrolmentState(participation.enrolment.state),
        round_=RoundState(participation.round.state),
    )
