"""Places ordered with a provider, codes put in, people let in.

The order's row is locked before codes are handed out (docs/locking.md).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from accounts.models import User
from accounts.steps import acting, record
from cohorts.emails import fees as emails
from cohorts.models import Access, CourseRound, Participation, ProviderOrder, Voucher
from cohorts.queries.access import codes_known, taken_in
from cohorts.rules.access import AccessState, OrderKind, OrderRefusal, order_refusal
from cohorts.rules.enrolments import STUDIES
from cohorts.steps import move_access
from cohorts.steps.access import hand_out_codes, lock_order, note_used
from outbox.steps import queue

ORDERED = "ordered"


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldOrder:
    """What staff have agreed with a provider about one round."""

    kind: OrderKind
    places: int
    reference: str
    ordered_on: date
    free_until: date | None


@transaction.atomic(durable=True)
def save_order(*, round_id: int, told: ToldOrder, by: User, now: datetime) -> OrderRefusal | None:
    """Write down the order of a round, or change it; return why not, or None.

    The round's row is locked, so that two people do not write two orders. Codes that are left go
    to those who said yes in the very moment in which the order was first written.
    """
    round_ = CourseRound.objects.select_for_update().get(id=round_id)
    order = lock_order(round_.pk)
    refusal = order_refusal(
        places=told.places,
        confirmed=taken_in(round_.pk),
        codes=order.vouchers.count() if order else 0,
        is_voucher=told.kind is OrderKind.VOUCHER,
    )
    if refusal is not None:
        return refusal
    was = ORDERED if order else ""
    order = order or ProviderOrder(round=round_)
    order.kind, order.places, order.reference = told.kind, told.places, told.reference
    order.ordered_on, order.free_until = told.ordered_on, told.free_until
    order.save()
    why = f"{order.places} places"
    record(order, was=was, became=ORDERED, actor=acting(by), now=now, why=why)
    hand_out_codes(order, now=now)
    return None


@transaction.atomic(durable=True)
def add_codes(
    *, round_id: int, codes: Sequence[str], by: User, now: datetime
) -> OrderRefusal | int:
    """Put codes in, all or none, and hand them to those who wait; return how many got one.

    Two people who put the same codes in at once: the second is refused.
    """
    order = lock_order(round_id)
    if order is None or order.kind != OrderKind.VOUCHER:
        return OrderRefusal.NO_ORDER
    if not codes:
        return OrderRefusal.NO_CODES
    if codes_known(codes):
        return OrderRefusal.KNOWN_ALREADY
    if order.vouchers.count() + len(codes) > order.places:
        return OrderRefusal.MORE_CODES_THAN_PLACES
    Voucher.objects.bulk_create(Voucher(order=order, code=code, added_at=now) for code in codes)
    why = f"{len(codes)} codes put in"
    record(order, was=ORDERED, became=ORDERED, actor=acting(by), now=now, why=why)
    return hand_out_codes(order, now=now)


@transaction.atomic(durable=True)
def mark_invited(*, round_id: int, access_ids: Collection[int], by: User, now: datetime) -> int:
    """Note whom the provider has invited, and tell them to look for it; return how many.

    May run twice: who has been marked is left alone.
    """
    order = lock_order(round_id)
    if order is None or order.kind != OrderKind.INVITATION:
        return 0
    waiting = (
        Access.objects.select_for_update(of=("self",))
        .select_related(
            "participation__round__course",
            "participation__enrolment__interest",
            "participation__enrolment__cohort__programme",
        )
        .filter(
            pk__in=access_ids,
            participation__round=round_id,
            participation__state__in=STUDIES,
            state=AccessState.RESERVED,
        )
        .order_by("id")
    )
    found = list(waiting)
    for access in found:
        move_access(access, AccessState.ISSUED, actor=acting(by), now=now)
        queue(emails.access_issued(access), now=now)
    return len(found)


@transaction.atomic(durable=True)
def say_came_in(*, participation_id: int, by: User, now: datetime) -> None:
    """Note that a person has come into the course. May run twice."""
    participation = Participation.objects.select_for_update().get(id=participation_id)
    note_used(participation, actor=acting(by), now=now)
