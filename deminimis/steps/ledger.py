"""Assessing a place, granting aid and taking from a grant, under the ledger's one lock."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone

from accounts.steps import CLOCK, Actor, record
from companies.models import Company
from deminimis import engine
from deminimis.models import LedgerEntry, LedgerLock
from deminimis.queries import REGULATION, facts_of, law_now
from deminimis.queries.ledger import standing
from deminimis.queries.settled import settled, settlements_of
from deminimis.rules import CorrectionRefusal, EntryKind, SettlementState, correction_refusal
from ground.steps import step

THE_LOCK = 1
LONGEST_WHY = 500


class NotGrantable(Exception):
    """The decision does not allow a grant."""


@dataclass(frozen=True, slots=True)
class Assessment:
    """The engine's decision on one place, and the evidence that replays it to the same bytes."""

    decision: engine.Decision
    evidence: str
    on: date


@step
def lock_ledger() -> None:
    """Wait for, and hold until the commit, the one lock on all grants and all control links."""
    LedgerLock.objects.get_or_create(pk=THE_LOCK)
    LedgerLock.objects.select_for_update().get(pk=THE_LOCK)


@step
def assess(
    *, company: Company, value_sek: Decimal, case: str, on: date, pays_in_full: bool = False
) -> Assessment:
    """Return what a place worth ``value_sek`` means for ``company`` on the day ``on``.

    Whoever pays in full is given nothing, so that no aid is asked for.

    Binding only under ``lock_ledger``: without it, it is what would hold today.
    """
    given_sek = Decimal(0) if pays_in_full else value_sek
    facts = facts_of(company=company, amount_sek=given_sek, case=case, on=on)
    facts = replace(facts, open_and_free_to_all=value_sek == 0)
    law = law_now()
    decision = engine.assess(facts, law)
    if decision.rule in engine.SETTLED_BY_A_PERSON:
        word = settlements_of(case).filter(state=SettlementState.APPROVED, company=company)
        facts = settled(facts, word)
        decision = engine.assess(facts, law)
    return Assessment(decision, engine.evidence(facts, law, decision), on)


@step
def grant(
    *, company: Company, case: str, value_sek: Decimal, assessment: Assessment, now: datetime
) -> LedgerEntry:
    """Write a grant into the ledger. Only under ``lock_ledger``, in the same transaction.

    :raises NotGrantable: if the decision does not allow it.
    """
    decision = assessment.decision
    if decision.outcome is not engine.Outcome.FREE_DE_MINIMIS or decision.new_aid_eur is None:
        raise NotGrantable(decision.rule)
    entry = LedgerEntry.objects.create(
        company=company,
        kind=EntryKind.GRANT,
        case=case,
        granted_on=assessment.on,
        amount_sek=value_sek,
        amount_eur=decision.new_aid_eur,
        regulation=REGULATION,
        evidence=assessment.evidence,
        register_due_on=engine.register_due_on(assessment.on),
        entered_at=now,
    )
    record(entry, was="", became=EntryKind.GRANT, actor=CLOCK, now=now)
    return entry


@step
def correct_grant(  # noqa: PLR0913 -- a line in a ledger has its columns
    entry: LedgerEntry,
    *,
    kind: EntryKind,
    becomes_eur: Decimal,
    why: str,
    actor: Actor,
    now: datetime,
) -> LedgerEntry | CorrectionRefusal:
    """Write the line that makes a grant worth ``becomes_eur``, or return why not.

    Only under ``lock_ledger``. Kronor follow in proportion; the grant itself stays as it was.
    """
    left = standing(entry)
    refusal = correction_refusal(
        kind=kind,
        is_grant=entry.kind == EntryKind.GRANT,
        standing_eur=left.eur,
        becomes_eur=becomes_eur,
    )
    if refusal is not None:
        return refusal
    becomes_sek = engine.scaled(left.sek, becomes_eur, left.eur)
    on = timezone.localdate(now)
    line = LedgerEntry.objects.create(
        company=entry.company,
        kind=kind,
        case=entry.case,
        of=entry,
        granted_on=entry.granted_on,
        amount_sek=becomes_sek - left.sek,
        amount_eur=becomes_eur - left.eur,
        regulation=entry.regulation,
        why=why,
        register_due_on=engine.register_due_on(on),
        entered_at=now,
    )
    record(line, was="", became=kind, actor=actor, now=now, why=why[:LONGEST_WHY])
    return line
