"""The life of a course fee, who may be bound by it, and what it comes to with VAT. No Django.

**Source:** DEMINIMIS, who pays: an employee's click never binds the company, so that a company is
asked and somebody with the authority to do so says yes; a private person has a consumer's rights,
Lag (2005:59) om distansavtal 2 kap. 10 § (fourteen days) and 2 § (information before).
"""

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

# Source: Lag (2005:59) om distansavtal och avtal utanför affärslokaler, 2 kap. 10 §.
# A purchase of 10 March may be taken back until 24 March, that day included.
WITHDRAWAL_DAYS = timedelta(days=14)
ORE = Decimal("0.01")


class Payer(StrEnum):
    """Who owes a fee."""

    COMPANY = "company"
    SELF = "self"


class FeeState(StrEnum):
    """asked: the company has been asked and nobody is bound; from accepted on it is owed."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    INVOICED = "invoiced"
    PAID = "paid"
    CREDITED = "credited"
    CANCELLED = "cancelled"


FEE_NEXT: dict[FeeState, frozenset[FeeState]] = {
    FeeState.ASKED: frozenset({FeeState.ACCEPTED, FeeState.CANCELLED}),
    FeeState.ACCEPTED: frozenset({FeeState.INVOICED, FeeState.CANCELLED}),
    FeeState.INVOICED: frozenset({FeeState.PAID, FeeState.CREDITED}),
    FeeState.PAID: frozenset({FeeState.CREDITED}),
    FeeState.CREDITED: frozenset(),
    FeeState.CANCELLED: frozenset(),
}
# One of these at a time for a place; the others are over.
FEE_STANDS = frozenset({FeeState.ASKED, FeeState.ACCEPTED, FeeState.INVOICED, FeeState.PAID})
FEE_BINDS = FEE_STANDS - {FeeState.ASKED}
# Nothing is owed any more. Not while the person studies: a place that costs is never given away.
FEE_ENDS = frozenset({FeeState.CREDITED, FeeState.CANCELLED})


class FeeRefusal(StrEnum):
    """Why a fee was not accepted, taken back or marked; nothing was changed."""

    OVER = "over"
    TOO_LATE = "too_late"
    COST_CHANGED = "cost_changed"
    NO_RIGHT_TO_WITHDRAW = "no_right_to_withdraw"
    WITHDRAWAL_OVER = "withdrawal_over"
    PAID_ALREADY = "paid_already"
    NOT_INVOICED = "not_invoiced"
    IN_NO_BATCH = "in_no_batch"
    INVOICED_ALREADY = "invoiced_already"
    IN_THE_FUTURE = "in_the_future"
    BEFORE_THE_INVOICE = "before_the_invoice"
    STILL_STUDIES = "still_studies"


def vat_of(amount_sek: Decimal, percent: Decimal) -> Decimal:
    """Return the VAT on an amount excl. VAT, in kronor, rounded half up to the öre."""
    return (amount_sek * percent / 100).quantize(ORE, rounding=ROUND_HALF_UP)


def last_day_to_withdraw(accepted_on: date) -> date:
    """Return the last day on which a private person may take a purchase back, included."""
    return accepted_on + WITHDRAWAL_DAYS


def withdrawal_refusal(
    payer: Payer, state: FeeState, *, accepted_on: date | None, today: date
) -> FeeRefusal | None:
    """Return why a purchase cannot be taken back, or None."""
    if payer is not Payer.SELF or accepted_on is None:
        return FeeRefusal.NO_RIGHT_TO_WITHDRAW
    if state not in FEE_BINDS:
        return FeeRefusal.OVER
    return FeeRefusal.WITHDRAWAL_OVER if today > last_day_to_withdraw(accepted_on) else None


def mark_refusal(  # noqa: PLR0913 -- all that a mark depends on
    state: FeeState,
    to: FeeState,
    *,
    on: date,
    today: date,
    after: date | None,
    in_batch: bool,
    studies: bool,
) -> FeeRefusal | None:
    """Return why a fee cannot be marked as ``to`` on the day ``on``, or None.

    ``after`` is the day of what came before: the acceptance, or the invoice. An invoice rests on
    an invoice basis, so that no fee is invoiced outside the books. Who still ``studies`` owes.

    **Source:** DEMINIMIS: nobody may override what a place costs.
    """
    if on > today:
        return FeeRefusal.IN_THE_FUTURE
    if to not in FEE_NEXT[state]:
        return _out_of_turn(state, to)
    if studies and state in FEE_BINDS and to in FEE_ENDS:
        return FeeRefusal.STILL_STUDIES
    if to is FeeState.INVOICED and not in_batch:
        return FeeRefusal.IN_NO_BATCH
    if after is not None and on < after:
        return FeeRefusal.BEFORE_THE_INVOICE
    return None


def _out_of_turn(state: FeeState, to: FeeState) -> FeeRefusal:
    if state is FeeState.PAID and to in {FeeState.PAID, FeeState.INVOICED}:
        return FeeRefusal.PAID_ALREADY
    if state is FeeState.INVOICED and to in {FeeState.INVOICED, FeeState.CANCELLED}:
        return FeeRefusal.INVOICED_ALREADY
    if state is FeeState.ACCEPTED:
        return FeeRefusal.NOT_INVOICED
    return FeeRefusal.OVER
