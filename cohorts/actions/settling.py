"""What two officers settle by word, and what is done about aid that was granted already."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.steps import acting, record
from cohorts.emails import aid as emails
from cohorts.models import Participation
from cohorts.queries.aid import participation_of
from cohorts.queries.fees import current_decision, participations_for_officers
from cohorts.rules import ParticipationState
from cohorts.steps.fees import AskedBy, decide_fee
from deminimis import engine
from deminimis.models import LedgerEntry, Recovery, Settlement
from deminimis.queries.hindsight import reassessed
from deminimis.queries.ledger import standing
from deminimis.queries.settled import open_to_a_word
from deminimis.rules import (
    CorrectionRefusal,
    EntryKind,
    RecoveryState,
    SettlementRefusal,
    SettlementState,
)
from deminimis.steps import (
    Assessment,
    assess,
    correct_grant,
    lock_ledger,
    move_recovery,
    move_settlement,
)
from outbox.steps import queue

ALIVE = (SettlementState.PROPOSED, SettlementState.APPROVED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """What an officer wants to settle: what of, how many euro of it count, and why.

    ``counts_eur`` is None where no sum is settled. ``without_conflict`` is the
    officer's word not to be partial.
    """

    key: str
    counts_eur: Decimal | None
    reason: str
    without_conflict: bool


@transaction.atomic(durable=True)
def propose_settlement(
    *, participation_id: int, word: Word, by: User, now: datetime
) -> SettlementRefusal | None:
    """Propose to settle what keeps a case from being decided; return why not, or None.

    Only a doubt or a fault of the declaration is open to a word; the rule itself is asked.
    """
    lock_ledger()
    if not word.without_conflict:
        return SettlementRefusal.CONFLICT
    participation = participations_for_officers().get(id=participation_id)
    if participation.state != ParticipationState.OFFERED:
        return SettlementRefusal.OVER
    current = current_decision(participation)
    if current is None:
        return SettlementRefusal.NOT_OPEN_TO_A_WORD
    company, case = participation.enrolment.interest.company, _case(participation)
    found = assess(
        company=company,
        value_sek=current.value_sek,
        case=case,
        on=timezone.localdate(now),
    )
    refusal = _word_refusal(word, found, case)
    if refusal is not None:
        return refusal
    settlement = Settlement.objects.create(
        case=case,
        company=company,
        rule=found.decision.rule,
        key=word.key,
        counts_eur=word.counts_eur,
        reason=word.reason,
        proposed_by=by,
        proposed_at=now,
        proposed_without_conflict=word.without_conflict,
    )
    record(settlement, was="", became=SettlementState.PROPOSED, actor=acting(by), now=now)
    return None


@transaction.atomic(durable=True)
def decide_settlement(
    *,
    settlement_id: int,
    to: SettlementState,
    without_conflict: bool,
    by: User,
    now: datetime,
) -> SettlementRefusal | None:
    """Say yes or no to what a colleague proposed, or take it back; return why not, or None.

    The case is then decided again by the rule, with the ceiling and all.
    """
    lock_ledger()
    settlement = Settlement.objects.select_for_update(of=("self",)).get(id=settlement_id)
    refusal = move_settlement(settlement, to, without_conflict=without_conflict, by=by, now=now)
    participation = participation_of(settlement.case)
    if refusal is None and participation is not None:
        is_open = participation.state == ParticipationState.OFFERED
        if is_open and to is not SettlementState.REFUSED:
            decide_fee(participation, now=now, asked=AskedBy(by, settlement.reason))
    return refusal


@transaction.atomic(durable=True)
def correct_aid(  # noqa: PLR0913 -- a line in a ledger has its columns
    *, entry_id: int, kind: EntryKind, becomes_eur: Decimal, why: str, by: User, now: datetime
) -> CorrectionRefusal | None:
    """Annul, reduce or correct aid that was granted, as a new line; return why not, or None.

    The company is told by letter. Nobody's place is changed by it.
    """
    lock_ledger()
    entry = LedgerEntry.objects.select_for_update(of=("self",)).get(id=entry_id)
    line = correct_grant(
        entry, kind=kind, becomes_eur=becomes_eur, why=why, actor=acting(by), now=now
    )
    if isinstance(line, CorrectionRefusal):
        return line
    participation = participation_of(entry.case)
    if participation is not None:
        queue(emails.aid_changed(line, participation=participation), now=now)
    return None


@transaction.atomic(durable=True)
def open_recovery(*, entry_id: int, why: str, by: User, now: datetime) -> Recovery | None:
    """Open a case of recovery where the rule says so, with hindsight; None where it does not.

    The grant is looked at again with all that is known today, as resting on a false declaration.
    May run twice: the case that stands is returned.
    """
    lock_ledger()
    entry = LedgerEntry.objects.select_related("company").get(id=entry_id)
    standing_case = Recovery.objects.filter(entry=entry).first()
    if standing_case is not None:
        return standing_case
    found = reassessed(entry)
    left = standing(entry)
    if found.outcome is not engine.Outcome.RECOVER or left.sek <= 0:
        return None
    recovery = Recovery.objects.create(
        entry=entry,
        why=why,
        sum_sek=left.sek,
        evidence=found.evidence,
        opened_by=by,
        opened_at=now,
    )
    record(recovery, was="", became=RecoveryState.OPENED, actor=acting(by), now=now)
    return recovery


@transaction.atomic(durable=True)
def demand_recovery(
    *, recovery_id: int, percent: Decimal, pay_by: date, by: User, now: datetime
) -> None:
    """Demand the sum with interest until the last day to pay: the letter, and the ledger's line.

    :raises MoveRefused: if the case is over, or the demand has been sent already.
    """
    lock_ledger()
    recovery = (
        Recovery.objects.select_for_update(of=("self",))
        .select_related("entry__company")
        .get(id=recovery_id)
    )
    entry = recovery.entry
    recovery.interest_percent, recovery.pay_by = percent, pay_by
    recovery.interest_sek = engine.interest_sek(
        recovery.sum_sek, percent, since=entry.granted_on, until=pay_by
    )
    fields = ("interest_percent", "interest_sek", "pay_by")
    move_recovery(recovery, RecoveryState.DEMANDED, by=by, now=now, fields=fields)
    correct_grant(
        entry,
        kind=EntryKind.ANNULMENT,
        becomes_eur=Decimal(0),
        why=recovery.why,
        actor=acting(by),
        now=now,
    )
    participation = participation_of(entry.case)
    if participation is not None:
        queue(emails.recovery_demanded(recovery, participation=participation), now=now)


@transaction.atomic(durable=True)
def end_recovery(*, recovery_id: int, to: RecoveryState, by: User, now: datetime) -> None:
    """End a case of recovery: it has been paid, or it is dropped.

    :raises MoveRefused: if it is over, or nothing has been demanded yet.
    """
    recovery = Recovery.objects.select_for_update().get(id=recovery_id)
    move_recovery(recovery, to, by=by, now=now)


def _word_refusal(word: Word, found: Assessment, case: str) -> SettlementRefusal | None:
    """Return why a word cannot settle what the rule has found, or None."""
    if found.decision.rule not in engine.SETTLED_BY_A_PERSON:
        return SettlementRefusal.NOT_OPEN_TO_A_WORD
    if word.key not in open_to_a_word(found.evidence):
        return SettlementRefusal.NO_SUCH_LINE
    alive = Settlement.objects.filter(case=case, key=word.key, state__in=ALIVE)
    return SettlementRefusal.STANDS_ALREADY if alive.exists() else None


def _case(participation: Participation) -> str:
    return f"participation/{participation.pk}"
