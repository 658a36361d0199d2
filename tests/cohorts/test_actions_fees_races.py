"""Codes, invoice bases and a company's yes, when everybody acts in the same moment."""

from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from accounts.steps import LINK
from cohorts.actions import access, fees, invoicing, payments, seats
from cohorts.models import Access, InvoiceBatch, Participation
from cohorts.rules.fees import ConfirmRefusal
from cohorts.rules.payments import FeeRefusal
from tests.at_once import at_once, faults
from tests.cohorts.payments_world import (
    accept,
    asked,
    certified,
    current,
    farm,
    make_round,
    offered,
    order,
    pay_alone,
)
from tests.factories import NOW, make_user

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


def confirm(participation: Participation, seen: int) -> ConfirmRefusal | None:
    return fees.confirm_place(
        participation_id=participation.pk,
        by=participation.enrolment.user,
        seen_decision_id=seen,
        now=NOW,
    )


def test_no_code_is_given_twice_whoever_says_yes_puts_in_codes_or_leaves_at_once() -> None:
    round_ = make_round()
    order(round_, places=40)
    by = make_user()
    put_in = partial(access.add_codes, round_id=round_.pk, by=by, now=NOW)
    put_in(codes=[f"A-{n}" for n in range(6)])
    offers = [offered(round_, certified()) for _ in range(14)]
    calls: list[Callable[[], Any]] = [partial(confirm, one, current(one).pk) for one in offers]
    calls += [partial(put_in, codes=[f"{row}-{n}" for n in range(2)]) for row in "BCD"]
    leaving = [offered(round_, certified()) for _ in range(2)]
    for one in leaving:
        assert confirm(one, current(one).pk) is None
        calls.append(
            partial(seats.leave_cohort, enrolment_id=one.enrolment_id, actor=LINK, why="", now=NOW)
        )
    assert faults(at_once(calls)) == []
    held = Access.objects.exclude(voucher=None).values_list("voucher", flat=True)
    assert max(Counter(held).values()) == 1
    assert len(held) == 12
    # Two of the codes were shown to those who left; nobody who stays waits while one is free.
    live = Access.objects.exclude(state="returned")
    assert Counter(live.values_list("state", flat=True)) == {"issued": 10, "reserved": 4}


def test_the_same_codes_put_in_twice_at_once_are_there_once() -> None:
    round_ = make_round()
    order(round_)
    put_in = partial(
        access.add_codes, round_id=round_.pk, codes=["A", "B"], by=make_user(), now=NOW
    )
    outcomes = at_once([put_in] * 4)
    assert Counter(map(str, outcomes)) == {"0": 1, "known_already": 3}


def test_a_fee_is_on_one_basis_when_ten_make_one_at_once() -> None:
    round_ = make_round()
    for _ in range(3):
        accept(asked(offered(round_, farm())))
    make = partial(invoicing.make_batch, by=make_user(), now=NOW)
    assert faults(at_once([make] * 10)) == []
    batch = InvoiceBatch.objects.get()
    assert batch.fees.count() == 3


def test_one_answer_holds_when_the_company_says_yes_and_no_and_the_person_pays_at_once() -> None:
    round_ = make_round()
    for _ in range(5):
        participation = offered(round_, farm())
        fee = asked(participation)
        seen = current(participation).pk
        outcomes = at_once(
            [
                partial(accept, fee),
                partial(accept, fee),
                partial(payments.decline_fee, fee_id=fee.pk, actor=LINK, now=NOW),
                partial(pay_alone, participation, seen_decision_id=seen),
            ]
        )
        assert faults(outcomes) == []
        assert set(outcomes) <= {None, FeeRefusal.OVER, ConfirmRefusal.ANSWERED_ALREADY}
        standing = participation.fees.exclude(state="cancelled")
        assert standing.count() == 1
        assert Participation.objects.get(pk=participation.pk).state == "not_started"
