"""Fees through the books: on one invoice basis each, invoiced, paid and credited in order."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from cohorts.actions import invoicing as actions
from cohorts.actions.invoicing import Mark
from cohorts.models import CourseRound, Fee, InvoiceBatch, Participation
from cohorts.queries.invoices import invoice_columns, invoice_rows
from cohorts.queries.payments import batches
from cohorts.rules.payments import FeeRefusal, FeeState
from companies.models import Company
from tests.aftermath import everything, history, read_again
from tests.cohorts.payments_world import DAY, accept, asked, farm, make_round, offered, pay_alone
from tests.factories import NOW, TODAY, make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def round_() -> CourseRound:
    """The fee check of a course that costs 11 000 kronor."""
    return make_round()


def accepted(round_: CourseRound, company: Company | None = None) -> Fee:
    fee = asked(offered(round_, company or farm()))
    assert accept(fee) is None
    return read_again(fee)  # type: ignore[no-any-return]  # a row of any table


def batch(days: int = 0) -> InvoiceBatch | None:
    return actions.make_batch(by=make_user(), now=NOW + days * DAY)


def mark(fee: Fee, to: FeeState, on: date = TODAY) -> FeeRefusal | None:
    return actions.mark_fee(
        fee_id=fee.pk,
        mark=Mark(to=to, on=on, number="F-1", why="fel adress"),
        by=make_user(),
        now=NOW + timedelta(days=30),
    )


def test_a_fee_is_on_one_basis_only_and_the_second_click_makes_none(round_: CourseRound) -> None:
    first = accepted(round_)
    asked(offered(round_, farm()))
    made = batch()
    assert made is not None
    assert list(made.fees.all()) == [first]
    assert batch() is None
    second = accepted(round_)
    later = batch()
    assert later is not None
    assert list(later.fees.all()) == [second]


def test_a_basis_says_the_same_each_time_also_when_the_world_has_changed(
    round_: CourseRound,
) -> None:
    fee = accepted(round_)
    made = batch()
    assert made is not None
    rows = list(invoice_rows(made))
    assert len(rows[0]) == len(invoice_columns())
    amounts = [Decimal(11000), Decimal(25), Decimal(2750), Decimal(13750)]
    assert rows[0][9:] == [*amounts, "30", "godkänd, att fakturera"]
    assert rows[0][3] == "Sågen AB / Storgatan 1 / 930 70 Malå"
    CourseRound.objects.update(price_sek=1)
    mark(fee, FeeState.INVOICED)
    assert list(invoice_rows(made)) == [[*rows[0][:-1], "fakturerad"]]


def test_what_is_cancelled_stays_in_the_basis_and_out_of_its_sum(round_: CourseRound) -> None:
    stays, leaves = accepted(round_), accepted(round_)
    made = batch()
    assert made is not None
    before = everything()
    assert mark(leaves, FeeState.CANCELLED) is FeeRefusal.STILL_STUDIES
    assert everything()["cohorts.Fee"] == before["cohorts.Fee"]
    Participation.objects.filter(pk=leaves.participation_id).update(state="dropped")
    assert mark(leaves, FeeState.CANCELLED) is None
    found: Any = batches().get()
    assert (found.many, found.cancelled, found.sum_sek) == (1, 1, stays.amount_sek)
    assert [row[-1] for row in invoice_rows(made)] == ["godkänd, att fakturera", "avbruten"]
    Fee.objects.update(state="cancelled")
    found = batches().get()
    assert found.sum_sek == 0


def test_a_private_person_is_invoiced_when_the_days_to_withdraw_are_over(
    round_: CourseRound,
) -> None:
    pay_alone(offered(round_, farm()))
    assert batch(days=14) is None
    assert batch(days=15) is not None


def test_a_fee_is_invoiced_paid_and_credited_and_a_paid_one_is_not_paid_again(
    round_: CourseRound,
) -> None:
    fee = accepted(round_)
    assert mark(fee, FeeState.INVOICED) is FeeRefusal.IN_NO_BATCH
    assert mark(fee, FeeState.PAID) is FeeRefusal.NOT_INVOICED
    batch()
    assert mark(fee, FeeState.INVOICED) is None
    assert mark(fee, FeeState.PAID, TODAY + DAY) is None
    before = everything()
    assert mark(fee, FeeState.PAID) is FeeRefusal.PAID_ALREADY
    assert everything()["cohorts.Fee"] == before["cohorts.Fee"]
    assert mark(fee, FeeState.CREDITED, TODAY + 2 * DAY) is FeeRefusal.STILL_STUDIES
    Participation.objects.update(state="dropped")
    assert mark(fee, FeeState.CREDITED, TODAY + 2 * DAY) is None
    fee = read_again(fee)
    assert (fee.invoice_number, fee.invoiced_on, fee.paid_on, fee.credited_on) == (
        "F-1",
        TODAY,
        TODAY + DAY,
        TODAY + 2 * DAY,
    )
    assert [became for _, became, _ in history(fee)] == [
        "asked",
        "accepted",
        "invoiced",
        "paid",
        "credited",
    ]


def test_a_whole_basis_is_marked_or_none_of_it(round_: CourseRound) -> None:
    for _ in range(2):
        accepted(round_)
    made = batch()
    assert made is not None
    by = make_user()
    before = everything()
    refused = actions.mark_batch_invoiced(batch_id=made.pk, on=TODAY - DAY, by=by, now=NOW)
    assert (refused, everything()) == (FeeRefusal.BEFORE_THE_INVOICE, before)
    told = {"batch_id": made.pk, "on": TODAY}
    assert [actions.mark_batch_invoiced(**told, by=by, now=NOW) for _ in range(2)] == [2, 0]  # type: ignore[arg-type]  # mixed values
