"""The way into a course that costs something: promised, handed out, taken back."""

from datetime import datetime

from accounts.steps import CLOCK, Actor, record
from cohorts.emails import fees as emails
from cohorts.models import Access, Participation, ProviderOrder
from cohorts.rules.access import AccessState, OrderKind
from cohorts.rules.enrolments import STUDIES
from cohorts.steps.moves import move_access
from ground.steps import step
from outbox.steps import queue


@step
def lock_order(round_id: int) -> ProviderOrder | None:
    """Return the round's order with the provider, locked until the commit; None if none is made.

    Whoever hands out codes holds it, so that two people never get the same.
    """
    return ProviderOrder.objects.select_for_update().filter(round=round_id).first()


@step
def reserve_access(participation: Participation, *, now: datetime) -> None:
    """Promise a person who is bound the way in, and hand it out if there is a code.

    A course without a price is open to everybody and needs none.
    """
    if participation.round.price_sek == 0:
        return
    order = lock_order(participation.round_id)
    access, is_new = Access.objects.get_or_create(
        participation=participation, defaults={"reserved_at": now}
    )
    if is_new:
        record(access, was="", became=AccessState.RESERVED, actor=CLOCK, now=now)
    if order is not None:
        hand_out_codes(order, now=now)


@step
def hand_out_codes(order: ProviderOrder, *, now: datetime) -> int:
    """Give each person who waits a code that nobody has had, the first first; return how many.

    The order is locked by the caller. Only who is bound by their own yes gets one.
    """
    if order.kind != OrderKind.VOUCHER:
        return 0
    waiting = (
        Access.objects.select_for_update(of=("self",))
        .select_related(
            "participation__round__course",
            "participation__enrolment__interest",
            "participation__enrolment__cohort__programme",
        )
        .filter(
            participation__round=order.round_id,
            participation__state__in=STUDIES,
            state=AccessState.RESERVED,
        )
        .order_by("reserved_at", "id")
    )
    free = order.vouchers.filter(access=None).order_by("id")
    given = 0
    for access, voucher in zip(waiting, free, strict=False):
        access.voucher = voucher
        move_access(access, AccessState.ISSUED, actor=CLOCK, now=now, fields=("voucher",))
        queue(emails.access_issued(access), now=now)
        given += 1
    return given


@step
def return_access(participation: Participation, *, actor: Actor, now: datetime) -> None:
    """Take a person's way in back when they leave or drop out; one that is used stays used."""
    lock_order(participation.round_id)
    held = (AccessState.RESERVED, AccessState.ISSUED)
    found = Access.objects.select_for_update().filter(participation=participation, state__in=held)
    for access in found:
        move_access(access, AccessState.RETURNED, actor=actor, now=now)


@step
def note_used(participation: Participation, *, actor: Actor, now: datetime) -> None:
    """Note that a person has come into the course; nothing happens if that is known."""
    found = Access.objects.select_for_update().filter(
        participation=participation, state=AccessState.ISSUED
    )
    for access in found:
        move_access(access, AccessState.USED, actor=actor, now=now)
