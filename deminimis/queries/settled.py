"""Facts as two people's word has settled them; the engine then decides again, the ceiling too."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from django.db.models import QuerySet

from deminimis import engine
from deminimis.models import Settlement
from deminimis.queries.facts import REGULATION
from deminimis.rules import SettlementState

DECLARATION = "declaration"
# A word about these changes no single aid: newer rates or a newer regulation are loaded instead.
NOT_OF_ONE_AID = frozenset({engine.Rule.SCHEME_GRACE_PERIOD})


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
        if one.key == DECLARATION:
            facts = replace(facts, certificate=_mended(facts.certificate, engine.Rule(one.rule)))
        else:
            counts = one.counts_eur or Decimal(0)
            prior = (
                _counted(aid, counts, facts.applicant) if aid.id == one.key else aid
                for aid in facts.prior_aid
            )
            facts = replace(facts, prior_aid=tuple(prior))
    return facts


def may_be_settled(rule: engine.Rule, key: str, facts: engine.Facts) -> bool:
    """Return whether a word about ``key`` can settle a case that ``rule`` has decided."""
    if rule in engine.DECLARATION_FAULTS:
        return key == DECLARATION
    return key in {aid.id for aid in facts.prior_aid}


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
