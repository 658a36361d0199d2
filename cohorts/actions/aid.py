"""What an officer does about the facts behind a fee: decide anew, tell what companies are.

Every one locks the ledger first: the set of companies that share one ceiling never changes while
a place is granted (docs/locking.md).
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.steps import acting, record
from cohorts.models import FeeDecision
from cohorts.queries.fees import waiting_for_a_rate, waiting_for_companies
from cohorts.rules import ParticipationState
from cohorts.steps.fees import AskedBy, decide_fee, locked_participation
from companies.models import Company, CompanyChange, Control
from companies.numbers import OrganisationNumber
from companies.rules import (
    Basis,
    JoinRefusal,
    Kind,
    KindRefusal,
    Restructuring,
    RestructuringRefusal,
)
from companies.steps import (
    company_changed,
    company_told,
    control_ended,
    control_told,
    kind_told,
)
from deminimis.engine import Rule
from deminimis.queries import group_of
from deminimis.steps import ConflictOfInterest, lock_ledger


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldControl:
    """What is told of a link: the other company, which of the two controls, on what basis.

    ``percent`` is the share of the votes and None where the basis is another.
    """

    other_name: str
    other_number: OrganisationNumber
    other_controls: bool
    basis: Basis
    percent: Decimal | None
    from_on: date | None


@transaction.atomic(durable=True)
def decide_anew(
    *, participation_id: int, by: User, why: str, without_conflict: bool, now: datetime
) -> FeeDecision | None:
    """Return what a place costs by today's facts; None if it has been answered, and so is bound.

    The aid rule decides, not the officer. Nothing is written where the answer is the same as
    before; another answer supersedes it and is told by letter.

    :raises ConflictOfInterest: if ``by`` has not said to be without a conflict of interest.
    """
    if not without_conflict:
        raise ConflictOfInterest
    lock_ledger()
    participation = locked_participation(participation_id)
    if participation.state != ParticipationState.OFFERED:
        return None
    return decide_fee(participation, now=now, asked=AskedBy(by, why))


@transaction.atomic(durable=True)
def decide_for_new_rates(*, now: datetime) -> int:
    """Decide anew what waits for an exchange rate; return how many had another answer.

    May run twice: what still lacks its rate is left as it is.
    """
    lock_ledger()
    return sum(
        decide_fee(participation, now=now).rule != Rule.FX_RATE_MISSING
        for participation in waiting_for_a_rate()
    )


@transaction.atomic(durable=True)
def join_companies(
    *, company_id: int, told: ToldControl, by: User, now: datetime
) -> JoinRefusal | None:
    """Write that a company and another control each other; return why not, or None.

    The other is found by its number, or written down. Those who wait for an answer in any of the
    companies are decided anew; aid that was granted before stands.
    """
    lock_ledger()
    company = Company.objects.get(id=company_id)
    other = company_told(name=told.other_name, number=told.other_number, now=now)
    if other == company:
        return JoinRefusal.SAME_COMPANY
    owner, owned = (other, company) if told.other_controls else (company, other)
    control = control_told(
        owner=owner, owned=owned, basis=told.basis, percent=told.percent, from_on=told.from_on
    )
    if control is None:
        return JoinRefusal.STANDS_ALREADY
    record(control, was="", became="stands", actor=acting(by), now=now)
    _decide_group(company, now=now)
    return None


@transaction.atomic(durable=True)
def part_companies(
    *, control_id: int, until_on: date, by: User, now: datetime
) -> JoinRefusal | None:
    """End a link of control on the day ``until_on``, not included; return why not, or None.

    Those who wait for an answer on either side of it are decided anew.
    """
    lock_ledger()
    control = Control.objects.select_related("owner", "owned").get(id=control_id)
    if control.until_on is not None:
        return JoinRefusal.ENDED_ALREADY
    if control.from_on is not None and until_on < control.from_on:
        return JoinRefusal.ENDS_BEFORE_START
    control_ended(control, until_on=until_on)
    record(control, was="stands", became="ended", actor=acting(by), now=now)
    _decide_group(control.owner, now=now)
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldChange:
    """What is told of a merger, a split or a purchase: the other company and its part in it.

    ``is_source``: the company at hand merged into the other, was split, or sold. Equity is the book
    value of each on the day. ``kept_here``: who kept what the aid was for; None: nobody knows.
    """

    kind: Restructuring
    on: date
    other_name: str
    other_number: OrganisationNumber
    is_source: bool
    own_equity: Decimal | None
    other_equity: Decimal | None
    kept_here: bool | None


@transaction.atomic(durable=True)
def tell_change(
    *, company_id: int, told: ToldChange, by: User, now: datetime
) -> RestructuringRefusal | None:
    """Write that companies merged, split or traded a business; return why not, or None.

    Earlier aid follows from the day it happened. Those who wait in any of them are decided anew.
    """
    lock_ledger()
    if told.on > timezone.localdate(now):
        return RestructuringRefusal.AHEAD
    company = Company.objects.get(id=company_id)
    other = company_told(name=told.other_name, number=told.other_number, now=now)
    if other == company:
        return RestructuringRefusal.SAME_COMPANY
    own, theirs = (company, told.own_equity), (other, told.other_equity)
    source, target = (own, theirs) if told.is_source else (theirs, own)
    kept_by = None if told.kept_here is None else company if told.kept_here else other
    change = company_changed(
        kind=told.kind,
        on=told.on,
        source=source[0],
        target=target[0],
        source_equity=source[1],
        target_equity=target[1],
        kept_by=kept_by,
        now=now,
    )
    if change is None:
        return RestructuringRefusal.STANDS_ALREADY
    record(change, was="", became=told.kind, actor=acting(by), now=now)
    _decide_group(company, now=now)
    return None


@transaction.atomic(durable=True)
def take_change_back(*, change_id: int, why: str, by: User, now: datetime) -> None:
    """Take back a merger, split or purchase that was told by mistake. May run twice."""
    lock_ledger()
    change = CompanyChange.objects.select_related("source", "target").get(id=change_id)
    if change.taken_back_at is not None:
        return
    change.taken_back_at = now
    change.save(update_fields=["taken_back_at"])
    record(change, was=change.kind, became="taken back", actor=acting(by), now=now, why=why)
    for company in (change.source, change.target):
        _decide_group(company, now=now)


@transaction.atomic(durable=True)
def set_kind(
    *, company_id: int, kind: Kind, why: str, by: User, now: datetime
) -> KindRefusal | None:
    """Write what a company is, as far as aid is concerned; return why not, or None.

    A sole trader is one by its number. Those who wait in any company that hangs together with it
    are decided anew, also those who need not pay because it was no undertaking.
    """
    lock_ledger()
    company = Company.objects.select_for_update().get(id=company_id)
    was = Kind(company.kind)
    if Kind.SOLE_TRADER in {was, kind}:
        return KindRefusal.FOLLOWS_THE_NUMBER
    if was is kind:
        return KindRefusal.SAME
    kind_told(company, kind)
    record(company, was=was, became=kind, actor=acting(by), now=now, why=why)
    _decide_group(company, now=now)
    return None


def _decide_group(company: Company, *, now: datetime) -> None:
    """Decide anew for those who wait in any company that hangs together with ``company``."""
    group = [member.pk for member in group_of(company)]
    for participation in waiting_for_companies(group, waived_too=True):
        decide_fee(participation, now=now)
