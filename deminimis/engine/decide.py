"""The decision on one place: the rules in order, the single undertaking, the count, the compare.

**Source:** Reg. (EU) 2023/2831 Art. 3(2) (ceiling; exactly on it is within) and 3(7) (over it, the
whole new aid falls out; no part is kept). Each rule names its own source.
"""

from collections.abc import Iterable
from decimal import Decimal

from deminimis.engine.coherence import require_coherent
from deminimis.engine.counting import Count, Tally
from deminimis.engine.declaration import withdrawn
from deminimis.engine.events import until
from deminimis.engine.facts import Facts
from deminimis.engine.frees_up import frees_up_on
from deminimis.engine.kinds import Currency, Mode
from deminimis.engine.money import ZERO, Rate, in_euro, rate_of
from deminimis.engine.order import ON_THE_FACTS, UNDER_A_VERSION
from deminimis.engine.outcomes import (
    DOUBTS,
    OUTCOME_OF,
    Decision,
    Line,
    Note,
    Outcome,
    Rule,
    TraceCode,
)
from deminimis.engine.regulations import Law, Version, version_for
from deminimis.engine.undertaking import single_undertaking


def assess(facts: Facts, law: Law) -> Decision:
    """Return whether this place may be free, and why. Pure: the same facts give the same answer.

    :raises LookupError: if an id is given twice, or stands for nobody in the case.
    """
    require_coherent(facts)
    on = facts.new_aid.on
    past = until(facts.events, on)
    members = single_undertaking(
        facts, on, past, natural_person_links=law.policies.natural_person_links
    )
    version = version_for(
        law,
        facts.regulation,
        on,
        looking_back=facts.mode is Mode.REASSESS,
        grace_applies=facts.grace_applies,
    )
    ruled = _first(test(facts) for test in ON_THE_FACTS) or version
    if isinstance(ruled, Version):
        ruled = _first(test(facts, ruled, law.policies) for test in UNDER_A_VERSION) or ruled
    if isinstance(ruled, Rule):
        return _uncounted(ruled, facts, law, version, members)
    new_eur, rate = _worth_eur(facts, law)
    tally = Tally(facts, law, ruled, on, members, past)
    counted = tally.count()
    if new_eur is None or counted.doubts:
        doubts = counted.doubts | ({Rule.FX_RATE_MISSING} if new_eur is None else set())
        return _uncounted(min(doubts, key=DOUBTS.index), facts, law, version, members)
    return _compared(tally, counted, new_eur, rate)


def _first(answers: Iterable[Rule | None]) -> Rule | None:
    return next((rule for rule in answers if rule is not None), None)


def _worth_eur(facts: Facts, law: Law) -> tuple[Decimal | None, Rate | None]:
    """Return the new aid in euro, and the rate if it was in kronor; None, None without a rate."""
    aid = facts.new_aid
    if aid.currency is Currency.EUR:
        return aid.amount, None
    rate = rate_of(law.sek_per_eur, aid.on, max_age_days=law.policies.fx_max_age_days)
    return (None, None) if rate is None else (in_euro(aid.amount, rate), rate)


def _uncounted(
    rule: Rule, facts: Facts, law: Law, version: Version | Rule, members: frozenset[str]
) -> Decision:
    """Return the decision of a rule that evaluates no ceiling."""
    return Decision(
        outcome=OUTCOME_OF[rule],
        rule=rule,
        members=tuple(sorted(members)),
        regulation_version=version.label if isinstance(version, Version) else None,
        policy_version=law.policies.version,
        notes=_notes(facts, ()),
    )


def _compared(tally: Tally, counted: Count, new_eur: Decimal, rate: Rate | None) -> Decision:
    """Return the decision of the ceiling."""
    facts, version = tally.facts, tally.version
    ceiling = version.ceiling_for(facts.the_applicant(), facts.new_aid.activity)
    before = max(ZERO, ceiling - counted.eur)
    fits = counted.eur + new_eur <= ceiling
    rule = Rule.CEILING_OK if fits else Rule.CEILING_EXCEEDED
    outcome = OUTCOME_OF[rule]
    if not fits and facts.mode is Mode.REASSESS and facts.declared_false:
        outcome = Outcome.RECOVER
    return Decision(
        outcome=outcome,
        rule=rule,
        members=tuple(sorted(tally.members)),
        regulation_version=version.label,
        policy_version=tally.law.policies.version,
        ceiling_eur=ceiling,
        counted_eur=counted.eur,
        headroom_before_eur=before,
        headroom_after_eur=before - new_eur if fits else before,
        new_aid_eur=new_eur,
        rate=rate,
        trace=counted.lines,
        frees_up_on=None if fits else frees_up_on(facts, tally.law, new_eur),
        notes=_notes(facts, counted.lines),
    )


def _notes(facts: Facts, lines: tuple[Line, ...]) -> tuple[Note, ...]:
    """Return what a person should look at; ``lines`` stand in the order of the earlier aid."""
    notes = set()
    certificate = facts.certificate
    if certificate.withdrawn_on is not None and not withdrawn(certificate, facts.new_aid.on):
        notes.add(Note.CERTIFICATE_WITHDRAWN_LATER)
    for aid, line in zip(facts.prior_aid, lines, strict=False):
        if line.code is TraceCode.GRANTED_LATER:
            notes.add(Note.AID_GRANTED_LATER)
        elif line.code is TraceCode.COUNTED and aid.declared_by_year:
            notes.add(Note.YEAR_LINE_COUNTED)
    return tuple(sorted(notes))
