"""Law and decision as JSON values, in the shape that they are read in."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from deminimis.engine.facts import Facts
from deminimis.engine.kinds import Currency
from deminimis.engine.money import rate_of
from deminimis.engine.outcomes import Decision
from deminimis.engine.policy_reading import policy_values
from deminimis.engine.regulations import Law, Regulation, Version
from deminimis.engine.texts import day_text, euro_text, number_text


def result(facts: Facts, decision: Decision) -> dict[str, Any]:
    """Return the answer to one case as the contract of ``assess_aid`` has it."""
    return {
        "id": facts.id,
        "eligible": decision.eligible,
        "decision": decision.outcome,
        "deciding_rule": decision.rule,
        "counted_eur": euro_text(decision.counted_eur),
        "headroom_before_eur": euro_text(decision.headroom_before_eur),
        "headroom_after_eur": euro_text(decision.headroom_after_eur),
        "members": list(decision.members),
        "trace": [[line.aid, line.code, euro_text(line.eur)] for line in decision.trace],
        "frees_up_on": day_text(decision.frees_up_on),
        "regulation_version": decision.regulation_version,
        "policy_version": decision.policy_version,
    }


def whole_decision(facts: Facts, decision: Decision) -> dict[str, Any]:
    """Return the answer with all that a grant freezes."""
    rate = decision.rate
    return {
        **result(facts, decision),
        "ceiling_eur": euro_text(decision.ceiling_eur),
        "new_aid_eur": euro_text(decision.new_aid_eur),
        "sek_per_eur": number_text(rate.sek_per_eur) if rate else None,
        "rate_published_on": day_text(rate.published_on) if rate else None,
        "notes": list(decision.notes),
    }


def law_used(facts: Facts, law: Law) -> dict[str, Any]:
    """Return the part of the law that a decision on ``facts`` looked at."""
    regulation = law.regulations.get(facts.regulation)
    dates = [facts.new_aid.on] if facts.new_aid.currency is Currency.SEK else []
    dates += [
        aid.granted_on
        for aid in facts.prior_aid
        if aid.currency is Currency.SEK and aid.granted_on is not None
    ]
    return {
        "regulations": {facts.regulation: _regulation(regulation)} if regulation else {},
        "policies": {"version": law.policies.version, **policy_values(law.policies)},
        "fx_sek_per_eur": _rates(law, dates),
    }


def _rates(law: Law, dates: Iterable[date]) -> dict[str, str]:
    found = (rate_of(law.sek_per_eur, d, max_age_days=law.policies.fx_max_age_days) for d in dates)
    return {rate.published_on.isoformat(): number_text(rate.sek_per_eur) for rate in found if rate}


def _regulation(regulation: Regulation) -> dict[str, Any]:
    return {"name": regulation.name, "versions": [_version(v) for v in regulation.versions]}


def _version(version: Version) -> dict[str, Any]:
    ceilings = version.sector_ceilings_eur.items()
    return {
        "from": day_text(version.since),
        "to": day_text(version.until),
        "scheme_grace_to": day_text(version.grace_to),
        "ceiling": euro_text(version.ceiling_eur),
        **{f"{sector}_ceiling": euro_text(lower) for sector, lower in ceilings},
        "window": version.window.word,
        "separate": sorted(version.separate),
        "review": sorted(version.review),
        "excluded": sorted(version.excluded),
    }
