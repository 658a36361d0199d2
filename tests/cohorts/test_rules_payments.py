from datetime import date, timedelta
from decimal import Decimal

import pytest

from cohorts.rules.payments import (
    FeeRefusal,
    FeeState,
    Payer,
    last_day_to_withdraw,
    mark_refusal,
    vat_of,
    withdrawal_refusal,
)

TODAY = date(2026, 3, 10)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("amount", "percent", "vat"),
    [
        ("4000.00", "25", "1000.00"),
        ("481.00", "25", "120.25"),
        ("0.02", "25", "0.01"),  # half an öre is rounded up
        ("0.01", "25", "0.00"),
        ("481.00", "6", "28.86"),
        ("4000.00", "0", "0.00"),
    ],
)
def test_vat_is_rounded_half_up_to_the_ore(amount: str, percent: str, vat: str) -> None:
    assert vat_of(Decimal(amount), Decimal(percent)) == Decimal(vat)


def test_a_purchase_of_10_march_may_be_taken_back_until_24_march() -> None:
    assert last_day_to_withdraw(TODAY) == date(2026, 3, 24)


@pytest.mark.parametrize(
    ("payer", "state", "accepted_on", "refusal"),
    [
        (Payer.SELF, FeeState.ACCEPTED, TODAY - 13 * DAY, None),
        (Payer.SELF, FeeState.ACCEPTED, TODAY - 14 * DAY, None),
        (Payer.SELF, FeeState.ACCEPTED, TODAY - 15 * DAY, FeeRefusal.WITHDRAWAL_OVER),
        (Payer.SELF, FeeState.INVOICED, TODAY, None),
        (Payer.SELF, FeeState.PAID, TODAY, None),
        (Payer.SELF, FeeState.CREDITED, TODAY, FeeRefusal.OVER),
        (Payer.SELF, FeeState.CANCELLED, TODAY, FeeRefusal.OVER),
        (Payer.SELF, FeeState.CANCELLED, None, FeeRefusal.NO_RIGHT_TO_WITHDRAW),
        (Payer.COMPANY, FeeState.ACCEPTED, TODAY, FeeRefusal.NO_RIGHT_TO_WITHDRAW),
    ],
)
def test_a_private_person_has_fourteen_days_and_a_company_none(
    payer: Payer, state: FeeState, accepted_on: date | None, refusal: FeeRefusal | None
) -> None:
    assert withdrawal_refusal(payer, state, accepted_on=accepted_on, today=TODAY) is refusal


@pytest.mark.parametrize(
    ("state", "to", "on", "in_batch", "refusal"),
    [
        (FeeState.ACCEPTED, FeeState.INVOICED, TODAY, True, None),
        (FeeState.ACCEPTED, FeeState.INVOICED, TODAY, False, FeeRefusal.IN_NO_BATCH),
        (FeeState.ACCEPTED, FeeState.INVOICED, TODAY + DAY, True, FeeRefusal.IN_THE_FUTURE),
        (FeeState.ACCEPTED, FeeState.CANCELLED, TODAY, False, None),
        (FeeState.ACCEPTED, FeeState.PAID, TODAY, True, FeeRefusal.NOT_INVOICED),
        (FeeState.ACCEPTED, FeeState.CREDITED, TODAY, True, FeeRefusal.NOT_INVOICED),
        (FeeState.INVOICED, FeeState.PAID, TODAY, True, None),
        (FeeState.INVOICED, FeeState.PAID, TODAY - DAY, True, None),
        (FeeState.INVOICED, FeeState.PAID, TODAY - 2 * DAY, True, FeeRefusal.BEFORE_THE_INVOICE),
        (FeeState.INVOICED, FeeState.INVOICED, TODAY, True, FeeRefusal.INVOICED_ALREADY),
        (FeeState.INVOICED, FeeState.CANCELLED, TODAY, True, FeeRefusal.INVOICED_ALREADY),
        (FeeState.PAID, FeeState.PAID, TODAY, True, FeeRefusal.PAID_ALREADY),
        (FeeState.PAID, FeeState.CREDITED, TODAY, True, None),
        (FeeState.CREDITED, FeeState.PAID, TODAY, True, FeeRefusal.OVER),
        (FeeState.ASKED, FeeState.INVOICED, TODAY, False, FeeRefusal.OVER),
    ],
)
def test_a_fee_goes_through_the_books_in_order(
    state: FeeState, to: FeeState, on: date, in_batch: bool, refusal: FeeRefusal | None
) -> None:
    after = TODAY - DAY
    found = mark_refusal(
        state, to, on=on, today=TODAY, after=after, in_batch=in_batch, studies=False
    )
    assert found is refusal


@pytest.mark.parametrize(
    ("state", "to", "refusal"),
    [
        (FeeState.ASKED, FeeState.CANCELLED, None),
        (FeeState.ACCEPTED, FeeState.INVOICED, None),
        (FeeState.ACCEPTED, FeeState.CANCELLED, FeeRefusal.STILL_STUDIES),
        (FeeState.INVOICED, FeeState.PAID, None),
        (FeeState.INVOICED, FeeState.CREDITED, FeeRefusal.STILL_STUDIES),
        (FeeState.PAID, FeeState.CREDITED, FeeRefusal.STILL_STUDIES),
    ],
)
def test_a_fee_does_not_end_while_the_person_has_the_place(
    state: FeeState, to: FeeState, refusal: FeeRefusal | None
) -> None:
    found = mark_refusal(state, to, on=TODAY, today=TODAY, after=None, in_batch=True, studies=True)
    assert found is refusal
