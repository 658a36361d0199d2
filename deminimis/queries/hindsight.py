"""A grant looked at again with all that is known today."""

from dataclasses import dataclass, replace

from deminimis import engine
from deminimis.models import LedgerEntry
from deminimis.queries.facts import GRANTED, known_of, law_now
from ground.reading import Malformed


@dataclass(frozen=True, slots=True)
class Hindsight:
    """What the rule says of a grant now, and the evidence for it."""

    outcome: engine.Outcome
    rule: engine.Rule
    evidence: str


def reassessed(entry: LedgerEntry) -> Hindsight:
    """Return what the rule says of a grant with today's facts, the declaration taken as false.

    The grant keeps the euro value that was frozen on it. Earlier aid of that day and before counts
    as it is known now; the grant itself and later ones do not count against it.

    **Source:** Reg. (EU) 2023/2831 Art. 3(7) and 7(1).
    """
    on, known = entry.granted_on, known_of(entry.company)
    facts = known.facts(
        company_id=entry.company_id, amount_sek=entry.amount_sek, case=entry.case, on=on
    )
    own = f"{GRANTED}{entry.pk}"
    prior = tuple(
        aid
        for aid in facts.prior_aid
        if aid.id != own and not (aid.id.startswith(GRANTED) and _is_later(aid.id, entry))
    )
    facts = replace(
        facts,
        prior_aid=prior,
        events=tuple(_without(event, prior) for event in facts.events),
        new_aid=engine.NewAid(on=on, amount=entry.amount_eur),
        mode=engine.Mode.REASSESS,
        declared_false=True,
    )
    law = law_now()
    decision = engine.assess(facts, law)
    return Hindsight(decision.outcome, decision.rule, engine.evidence(facts, law, decision))


def hindsight_of(entry: LedgerEntry) -> Hindsight | None:
    """Return what ``reassessed`` says, None if the facts of today cannot be put together."""
    try:
        return reassessed(entry)
    except (LookupError, Malformed, ValueError):
        return None


def _is_later(key: str, entry: LedgerEntry) -> bool:
    return int(key.removeprefix(GRANTED)) > entry.pk


def _without(event: engine.Event, prior: tuple[engine.PriorAid, ...]) -> engine.Event:
    """Return an event whose attributions name only aid that is still looked at."""
    ids = {aid.id for aid in prior}
    kept = {aid: heir for aid, heir in event.attribution.items() if aid in ids}
    return replace(event, attribution=kept)
