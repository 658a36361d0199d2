"""Fees on their way through the books: put on an invoice basis, invoiced, paid, credited.

RegAI sends no invoices. The basis is a file for whoever does, and the marks say what they did.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.steps import acting, record
from cohorts.models import Fee, InvoiceBatch
from cohorts.queries.payments import to_invoice
from cohorts.rules.enrolments import STUDIES
from cohorts.rules.payments import FeeRefusal, FeeState, mark_refusal
from cohorts.steps import move_fee
from cohorts.steps.fees import locked_participation

MADE = "made"
DAY_OF = {
    FeeState.INVOICED: "invoiced_on",
    FeeState.PAID: "paid_on",
    FeeState.CREDITED: "credited_on",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What has been done about a fee, on which day, and why or under which number."""

    to: FeeState
    on: date
    number: str = ""
    why: str = ""


@transaction.atomic(durable=True)
def make_batch(*, by: User, now: datetime) -> InvoiceBatch | None:
    """Put every fee that is ready on a new invoice basis; return it, or None if none is ready.

    Each fee is locked and then belongs to one basis for good, so that two people at once never
    put it on two. A basis can be fetched as often as needed.
    """
    ready = list(to_invoice(timezone.localdate(now)).select_for_update())
    if not ready:
        return None
    batch = InvoiceBatch.objects.create(made_at=now, made_by=by)
    record(batch, was="", became=MADE, actor=acting(by), now=now, why=f"{len(ready)} fees")
    Fee.objects.filter(pk__in=[fee.pk for fee in ready]).update(batch=batch)
    return batch


@transaction.atomic(durable=True)
def mark_fee(*, fee_id: int, mark: Mark, by: User, now: datetime) -> FeeRefusal | None:
    """Write what has been done about a fee; return why not, or None.

    It is not ended while the person has the place: leaving the course ends both.
    """
    participation_id = Fee.objects.values_list("participation_id", flat=True).get(id=fee_id)
    participation = locked_participation(participation_id)
    fee = Fee.objects.select_for_update().get(id=fee_id)
    refusal = _refusal(fee, mark, now=now, studies=participation.state in STUDIES)
    if refusal is None:
        _mark(fee, mark, by=by, now=now)
    return refusal


@transaction.atomic(durable=True)
def mark_batch_invoiced(*, batch_id: int, on: date, by: User, now: datetime) -> FeeRefusal | int:
    """Mark every fee of a basis that has not been invoiced; return how many, or why none was."""
    fees = list(
        Fee.objects.select_for_update()
        .filter(batch=batch_id, state=FeeState.ACCEPTED)
        .order_by("id")
    )
    mark = Mark(to=FeeState.INVOICED, on=on)
    refusals = [_refusal(fee, mark, now=now, studies=True) for fee in fees]
    refusal = next((one for one in refusals if one is not None), None)
    if refusal is not None:
        return refusal
    for fee in fees:
        _mark(fee, mark, by=by, now=now)
    return len(fees)


def _refusal(fee: Fee, mark: Mark, *, now: datetime, studies: bool) -> FeeRefusal | None:
    return mark_refusal(
        FeeState(fee.state),
        mark.to,
        on=mark.on,
        today=timezone.localdate(now),
        after=fee.invoiced_on or fee.accepted_on,
        in_batch=fee.batch_id is not None,
        studies=studies,
    )


def _mark(fee: Fee, mark: Mark, *, by: User, now: datetime) -> None:
    fields: list[str] = []
    if mark.to in DAY_OF:
        setattr(fee, DAY_OF[mark.to], mark.on)
        fields.append(DAY_OF[mark.to])
    if mark.to is FeeState.INVOICED and mark.number:
        fee.invoice_number = mark.number
        fields.append("invoice_number")
    move_fee(fee, mark.to, actor=acting(by), now=now, why=mark.why, fields=tuple(fields))
