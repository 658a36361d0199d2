"""Who pays: a company by its own word, a private person with the right to withdraw."""

from decimal import Decimal
from typing import Any

import pytest

from accounts.steps import LINK
from cohorts.actions import fees, payments
from cohorts.models import Access, CourseRound, Fee
from cohorts.rules.fees import ConfirmRefusal
from cohorts.rules.payments import FeeRefusal
from deminimis.models import LedgerEntry
from tests.aftermath import everything, history, letters, read_again, whys
from tests.cohorts.payments_world import (
    ADDRESS,
    BOSS,
    DAY,
    PRICE_SEK,
    accept,
    ask,
    asked,
    certified,
    current,
    farm,
    make_round,
    offered,
    pay_alone,
)
from tests.factories import NOW, TODAY, make_certificate, make_company

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def round_() -> CourseRound:
    """The fee check of a course that costs 11 000 kronor."""
    return make_round()


def test_a_question_to_the_company_binds_nobody_and_freezes_the_terms(round_: CourseRound) -> None:
    participation = offered(round_, farm())
    fee = asked(participation)
    assert (fee.amount_sek, fee.vat_percent, fee.vat_sek, fee.with_vat_sek) == (
        PRICE_SEK,
        Decimal(25),
        Decimal("2750.00"),
        Decimal("13750.00"),
    )
    assert (fee.payer, fee.payment_days, fee.asked_email) == ("company", 30, BOSS)
    assert read_again(participation).state == "offered"
    assert history(fee) == [("", "asked", "user")]
    assert letters()[-1] == f"fee/{fee.pk}/fee_asked/1"


def test_the_same_question_twice_is_one_and_another_address_makes_the_first_link_void(
    round_: CourseRound,
) -> None:
    participation = offered(round_, farm())
    fee = asked(participation)
    before = everything()
    assert ask(participation) is None
    assert everything() == before
    assert ask(participation, email="vd@example.org", name="Vera D") is None
    assert read_again(fee).link_generation == 2
    assert Fee.objects.count() == 1
    assert letters()[-1] == f"fee/{fee.pk}/fee_asked/2"


def test_the_companys_yes_binds_it_and_the_person_and_grants_nothing(round_: CourseRound) -> None:
    participation = offered(round_, farm())
    fee = asked(participation)
    assert accept(fee) is None
    fee = read_again(fee)
    assert (fee.state, fee.signer, fee.accepted_on, fee.invoice_to, fee.reference) == (
        "accepted",
        "Karin Chef",
        TODAY,
        ADDRESS,
        "K-17",
    )
    assert history(fee)[-1] == ("asked", "accepted", "link")
    assert read_again(participation).state == "not_started"
    assert LedgerEntry.objects.count() == 0
    assert letters()[-2:] == [
        f"fee/{fee.pk}/accepted",
        f"participation/{participation.pk}/confirmed",
    ]
    before = everything()
    assert accept(fee) is None
    assert everything() == before


def test_a_company_that_would_rather_pay_than_hand_in_a_certificate_uses_no_room(
    round_: CourseRound,
) -> None:
    participation = offered(round_)
    assert current(participation).kind == "certificate_requested"
    assert accept(asked(participation)) is None
    decisions = participation.fee_decisions.order_by("id").values_list("kind", "rule", "is_current")
    assert list(decisions) == [
        ("certificate_requested", "DECLARATION_MISSING", False),
        ("fee", "NO_AID_FULL_PRICE_PAID", True),
    ]
    assert participation.fees.get().decision == current(participation)


def test_a_place_that_has_become_free_is_not_paid_for(round_: CourseRound) -> None:
    company = make_company()
    participation = offered(round_, company)
    fee = asked(participation)
    make_certificate(company=company)
    assert accept(fee) is FeeRefusal.COST_CHANGED
    assert (read_again(participation).state, current(participation).kind) == (
        "offered",
        "free_as_aid",
    )
    assert (read_again(fee).state, whys(fee)[-1]) == ("cancelled", "the cost has changed")
    assert accept(fee) is FeeRefusal.OVER


def test_a_no_from_the_company_leaves_the_person_free_to_choose(round_: CourseRound) -> None:
    participation = offered(round_, farm())
    fee = asked(participation)
    for _ in range(2):
        assert payments.decline_fee(fee_id=fee.pk, actor=LINK, now=NOW) is None
    assert (read_again(fee).state, read_again(participation).state) == ("cancelled", "offered")
    assert letters()[-1] == f"fee/{fee.pk}/declined"
    assert accept(fee) is FeeRefusal.OVER
    assert ask(participation) is None
    assert participation.fees.filter(state="asked").count() == 1


def test_a_company_cannot_say_no_to_what_it_has_accepted(round_: CourseRound) -> None:
    fee = asked(offered(round_, farm()))
    accept(fee)
    before = everything()
    assert payments.decline_fee(fee_id=fee.pk, actor=LINK, now=NOW) is FeeRefusal.OVER
    assert everything() == before


def test_nobody_accepts_after_the_last_day(round_: CourseRound) -> None:
    participation = offered(round_, farm())
    fee = asked(participation)
    before = everything()
    assert accept(fee, now=NOW + 14 * DAY) is FeeRefusal.TOO_LATE
    assert pay_alone(participation, now=NOW + 14 * DAY) is ConfirmRefusal.TOO_LATE
    assert everything() == before


def test_sitting_out_takes_the_question_back(round_: CourseRound) -> None:
    participation = offered(round_, farm())
    fee = asked(participation)
    fees.sit_out(participation_id=participation.pk, by=participation.enrolment.user, now=NOW)
    assert read_again(fee).state == "cancelled"
    assert accept(fee) is FeeRefusal.OVER


@pytest.mark.parametrize("is_farm", [True, False])
def test_a_private_person_pays_for_themselves_and_the_company_is_not_named(
    is_farm: bool, round_: CourseRound
) -> None:
    participation = offered(round_, farm() if is_farm else None)
    assert pay_alone(participation) is None
    fee = participation.fees.get()
    assert (fee.state, fee.payer, fee.company, fee.accepted_on) == ("accepted", "self", None, TODAY)
    assert read_again(participation).state == "not_started"
    assert LedgerEntry.objects.count() == 0
    before = everything()
    assert pay_alone(participation) is None
    assert everything() == before


def test_who_pays_alone_takes_the_question_to_the_company_back(round_: CourseRound) -> None:
    participation = offered(round_, farm())
    fee = asked(participation)
    assert pay_alone(participation) is None
    assert read_again(fee).state == "cancelled"
    assert list(participation.fees.filter(state="accepted").values_list("payer", flat=True)) == [
        "self"
    ]


def test_a_free_place_is_neither_paid_for_nor_asked_about(round_: CourseRound) -> None:
    participation = offered(round_, certified())
    before = everything()
    assert ask(participation) is ConfirmRefusal.NOT_DECIDED
    assert pay_alone(participation) is ConfirmRefusal.NOT_DECIDED
    assert everything() == before


def test_what_was_not_seen_is_not_paid_for(round_: CourseRound) -> None:
    participation = offered(round_, farm())
    before = everything()
    assert ask(participation, seen_decision_id=0) is ConfirmRefusal.COST_CHANGED
    assert pay_alone(participation, seen_decision_id=0) is ConfirmRefusal.COST_CHANGED
    assert everything() == before


def test_a_purchase_is_taken_back_within_fourteen_days_and_the_person_stays(
    round_: CourseRound,
) -> None:
    participation = offered(round_, farm())
    pay_alone(participation)
    by = participation.enrolment.user
    told: dict[str, Any] = {"participation_id": participation.pk, "by": by}
    before = everything()
    refused = payments.withdraw_purchase(**told, now=NOW + 15 * DAY)
    assert (refused, everything()) == (FeeRefusal.WITHDRAWAL_OVER, before)
    for _ in range(2):
        assert payments.withdraw_purchase(**told, now=NOW + 14 * DAY) is None
    fee = participation.fees.get()
    assert (fee.state, read_again(participation).state) == ("cancelled", "dropped")
    assert read_again(participation.enrolment).state == "active"
    assert Access.objects.get().state == "returned"
    assert letters()[-1] == f"fee/{fee.pk}/back"


def test_a_company_has_no_right_to_withdraw(round_: CourseRound) -> None:
    participation = offered(round_, farm())
    accept(asked(participation))
    before = everything()
    refused = payments.withdraw_purchase(
        participation_id=participation.pk, by=participation.enrolment.user, now=NOW
    )
    assert (refused, everything()) == (FeeRefusal.NO_RIGHT_TO_WITHDRAW, before)
