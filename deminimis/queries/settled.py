"""Facts as two people's word has settled them; the engine then decides again, the ceiling too."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from deminimis import engine
from deminimis.models import Settlement
from deminimis.queries.facts import DECLARED, REGULATION
from deminimis.rules import SettledKey, SettlementState


def settlements_of(case: str) -> QuerySet[Settlement]:
    """Return all that has been proposed to settle by word in one case, the first first."""
    return (
        Settlement.objects.filter(case=case)
        .select_related("company", "proposed_by", "decided_by")
        .order_by("id")
    )


def settlements_to_decide() -> QuerySet[Settlement]:
    """Return what waits for a second officer, what has waited longest first."""
    return (
        Settlement.objects.filter(state=SettlementState.PROPOSED)
        .select_related("company", "proposed_by")
        .order_by("proposed_at", "id")
    )


def settled(facts: engine.Facts, word: Iterable[Settlement]) -> engine.Facts:
    """Return ``facts`` with what was approved in their case put in its place."""
    for one in word:
        counts = one.counts_eur or Decimal(0)
        if one.key == SettledKey.DECLARATION:
            facts = replace(facts, certificate=_mended(facts.certificate, engine.Rule(one.rule)))
        elif one.key in {SettledKey.HOLDS, SettledKey.ENDED}:
            facts = replace(facts, grace_applies=one.key == SettledKey.HOLDS)
        elif one.key == SettledKey.PLACE:
            worth = replace(facts.new_aid, amount=counts, currency=engine.Currency.EUR)
            facts = replace(facts, new_aid=worth)
        else:
            prior = (
                _counted(aid, counts, facts.applicant) if aid.id == one.key else aid
                for aid in facts.prior_aid
            )
            facts = replace(facts, prior_aid=tuple(prior))
    return facts


def open_to_a_word(evidence: str) -> list[str]:
    """Return what a word may settle in a stored decision, by its key; nothing where none may.

    A fault of the declaration is one thing, the months of grace are yes or no. Of a doubt each
    earlier aid of others is one; of a missing rate only what that rate is missing for.

    :raises Malformed: if ``evidence`` cannot be read.
    """
    facts, law = engine.read_evidence(evidence)
    rule = engine.assess(facts, law).rule
    if rule in engine.DECLARATION_FAULTS:
        return [SettledKey.DECLARATION]
    if rule is engine.Rule.SCHEME_GRACE_PERIOD:
        return [SettledKey.HOLDS, SettledKey.ENDED]
    if rule not in engine.SETTLED_BY_A_PERSON:
        return []
    others = [aid for aid in facts.prior_aid if aid.id.startswith(DECLARED)]
    if rule is not engine.Rule.FX_RATE_MISSING:
        return [aid.id for aid in others]
    place = [SettledKey.PLACE] if _lacks_a_rate(facts.new_aid, facts.new_aid.on, law) else []
    return [*place, *(aid.id for aid in others if _lacks_a_rate(aid, aid.granted_on, law))]


def _lacks_a_rate(aid: engine.NewAid | engine.PriorAid, on: date | None, law: engine.Law) -> bool:
    """Return whether an aid in kronor has no rate of its day or of the days before it."""
    if aid.currency is not engine.Currency.SEK or on is None:
        return False
    if isinstance(aid, engine.PriorAid) and aid.notified_eur is not None:
        return False
    most = law.policies.fx_max_age_days
    return engine.rate_of(law.sek_per_eur, on, max_age_days=most) is None


def _mended(certificate: engine.Certificate, rule: engine.Rule) -> engine.Certificate:
    """Return the declaration without the one fault that was settled; other faults stay."""
    changes: dict[engine.Rule, engine.Certificate] = {
        engine.Rule.DECLARATION_MISSING: engine.Certificate(),
        engine.Rule.DECLARATION_WRONG_UNDERTAKING: replace(
            certificate, status=engine.CertificateStatus.VALID
        ),
        engine.Rule.DECLARATION_WITHDRAWN: replace(
            certificate, status=engine.CertificateStatus.VALID, withdrawn_on=None
        ),
        engine.Rule.DECLARATION_AFTER_GRANT: replace(certificate, signed_on=None),
        engine.Rule.DECLARATION_EXPIRED: replace(certificate, signed_on=None),
        engine.Rule.DECLARATION_SIGNATORY: replace(certificate, signatory_authorised=True),
        engine.Rule.DECLARATION_INCOMPLETE_GROUP: replace(certificate, covers_group=True),
    }
    return changes[rule]


def _counted(aid: engine.PriorAid, counts_eur: Decimal, applicant: str) -> engine.PriorAid:
    """Return an aid of which it is settled how many euro count for the applicant."""
    return replace(
        aid,
        beneficiary=applicant,
        amount=counts_eur,
        currency=engine.Currency.EUR,
        notified_eur=None,
        regulation=REGULATION,
        status=engine.AidStatus.GRANTED,
        reduced_to=None,
        transparent=True,
    )
