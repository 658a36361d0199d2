"""What ends with a course that somebody leaves: the question, the way in, the fee, the aid."""

from datetime import datetime
from decimal import Decimal

from django.utils import timezone

from accounts.steps import Actor, record
from cohorts.emails import fees as emails
from cohorts.emails.aid import aid_changed
from cohorts.models import Access, CourseRound, DropOut, Enrolment, Fee, Participation
from cohorts.queries.fees import standing_grant_of
from cohorts.rules import ParticipationState
from cohorts.rules.access import AccessState
from cohorts.rules.enrolments import ENDS_ON_LEAVING
from cohorts.rules.leaving import LEFT, LEFT_IN_TIME, NOT_HELD, is_unused
from cohorts.rules.payments import FEE_BINDS, FeeState, Payer, withdrawal_refusal
from cohorts.steps.access import return_access
from cohorts.steps.moves import move_fee, move_participation
from cohorts.steps.payments import withdraw_question
from deminimis.models import LedgerEntry
from deminimis.rules import EntryKind
from deminimis.steps import correct_grant
from ground.steps import step
from outbox.steps import queue

WAITS_FOR_A_PERSON = "waits"


@step
def end_participations(enrolment: Enrolment, *, actor: Actor, now: datetime) -> None:
    """End what somebody who leaves a cohort had not finished. Only under the ledger's lock."""
    for participation in unfinished_in(enrolment):
        end_participation(participation, actor=actor, now=now, why=LEFT)


@step
def unfinished_in(row: Enrolment | CourseRound) -> list[Participation]:
    """Return what has not been finished of a seat or in a course, the rows locked."""
    rows = row.participations.select_for_update(of=("self",)).select_related(
        "round__course",
        "round__cohort__programme",
        "enrolment__interest__company",
        "enrolment__cohort__programme",
    )
    return list(rows.filter(state__in=ENDS_ON_LEAVING).order_by("id"))


@step
def end_participation(
    participation: Participation,
    *,
    actor: Actor,
    now: datetime,
    why: str,
    is_not_held: bool = False,
) -> None:
    """End one locked participation. Only under the ledger's lock: aid may end with it.

    What has not been used costs nobody anything (``rules.leaving``). For the rest an officer gets
    a task: nothing that somebody owes, or has been given, is forgotten or taken by itself.
    """
    to = ENDS_ON_LEAVING[ParticipationState(participation.state)]
    unused = is_unused(
        on=timezone.localdate(now),
        starts_on=participation.round.starts_on,
        has_come_in=_has_come_in(participation),
        is_not_held=is_not_held,
    )
    move_participation(participation, to, actor=actor, now=now, why=why)
    withdraw_question(participation, actor=actor, now=now, why=why)
    return_access(participation, actor=actor, now=now)
    if to is not ParticipationState.DROPPED:
        return
    reason = NOT_HELD if is_not_held else LEFT_IN_TIME
    fee, entry = lock_owed_fee(participation), standing_grant_of(participation)
    if fee is not None and (unused or _may_be_withdrawn(fee, now=now)):
        take_fee_away(fee, actor=actor, now=now, why=reason if unused else LEFT)
        fee = None
    if entry is not None and unused:
        annul_aid(entry, participation, actor=actor, now=now, why=reason)
        entry = None
    if fee is not None or entry is not None:
        waiting = DropOut.objects.create(participation=participation, left_at=now)
        record(waiting, was="", became=WAITS_FOR_A_PERSON, actor=actor, now=now)


@step
def take_fee_away(fee: Fee, *, actor: Actor, now: datetime, why: str) -> None:
    """End a locked fee that somebody owes, or has paid, and tell whoever pays.

    What has been invoiced is credited.
    """
    to = FeeState.CANCELLED if fee.state == FeeState.ACCEPTED else FeeState.CREDITED
    fee.credited_on = timezone.localdate(now) if to is FeeState.CREDITED else None
    move_fee(fee, to, actor=actor, now=now, why=why, fields=("credited_on",))
    queue(emails.fee_taken_away(fee, why=why), now=now)


@step
def annul_aid(
    entry: LedgerEntry, participation: Participation, *, actor: Actor, now: datetime, why: str
) -> None:
    """Annul what is left of a grant as a new line, and tell the company.

    Only under the ledger's lock.
    """
    line = correct_grant(
        entry, kind=EntryKind.ANNULMENT, becomes_eur=Decimal(0), why=why, actor=actor, now=now
    )
    if isinstance(line, LedgerEntry):
        queue(aid_changed(line, participation=participation), now=now)


@step
def lock_owed_fee(participation: Participation) -> Fee | None:
    """Return the fee that somebody owes or has paid for a place, its row locked, or None."""
    fees = participation.fees.select_for_update(of=("self",)).select_related("company")
    fee = fees.filter(state__in=FEE_BINDS).first()
    if fee is not None:
        fee.participation = participation
    return fee


def _has_come_in(participation: Participation) -> bool:
    return Access.objects.filter(participation=participation, state=AccessState.USED).exists()


def _may_be_withdrawn(fee: Fee, *, now: datetime) -> bool:
    """Return whether a private person's fourteen days have not passed."""
    refusal = withdrawal_refusal(
        Payer(fee.payer),
        FeeState(fee.state),
        accepted_on=fee.accepted_on,
        today=timezone.localdate(now),
    )
    return refusal is None
