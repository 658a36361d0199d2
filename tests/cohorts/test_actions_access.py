"""Getting into a course that costs something: released by a yes, handed out once, taken back."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from pytest_django import Settings

from accounts.steps import LINK
from cohorts.actions import access as actions
from cohorts.actions import fees, rounds, seats
from cohorts.actions.values import set_value
from cohorts.models import Access, CourseRound, Participation, Voucher
from cohorts.rules.access import OrderKind, OrderRefusal
from cohorts.rules.fees import ConfirmRefusal, ValueRefusal
from deminimis.models import LedgerEntry
from outbox.actions import deliver_waiting
from outbox.models import Message
from tests.aftermath import everything, history, letters, read_again
from tests.cohorts.payments_world import (
    PRICE_SEK,
    accept,
    asked,
    certified,
    current,
    farm,
    make_round,
    offered,
    order,
)
from tests.factories import NOW, make_entry, make_user

pytestmark = pytest.mark.django_db(transaction=True)

CODES = ["KOD-0001", "KOD-0002", "KOD-0003"]


@pytest.fixture
def round_() -> CourseRound:
    """The fee check of a course that costs 11 000 kronor."""
    return make_round()


def confirmed(participation: Participation) -> Participation:
    refusal = fees.confirm_place(
        participation_id=participation.pk,
        by=participation.enrolment.user,
        seen_decision_id=current(participation).pk,
        now=NOW,
    )
    assert refusal is None
    return read_again(participation)  # type: ignore[no-any-return]  # a row of any table


def put_in(round_: CourseRound, codes: list[str]) -> OrderRefusal | int:
    return actions.add_codes(round_id=round_.pk, codes=codes, by=make_user(), now=NOW)


def states() -> list[tuple[str, str | None]]:
    found = Access.objects.order_by("reserved_at", "id")
    return list(found.values_list("state", "voucher__code"))


def test_nobody_gets_a_code_before_they_have_said_yes(round_: CourseRound) -> None:
    order(round_)
    put_in(round_, CODES)
    offered(round_, certified())
    offered(round_)
    assert states() == []
    assert [key for key in letters() if key.startswith("access/")] == []


def test_a_yes_gets_a_code_and_a_letter_that_is_emptied_when_it_has_left(
    round_: CourseRound, settings: Settings
) -> None:
    settings.EXAMPLE_MODE = False
    order(round_)
    put_in(round_, CODES)
    participation = confirmed(offered(round_, certified()))
    access = participation.access
    assert states() == [("issued", "KOD-0001")]
    assert history(access) == [("", "reserved", "clock"), ("reserved", "issued", "clock")]
    letter = Message.objects.get(key=f"access/{access.pk}/issued")
    assert (letter.fleeting, letter.text.count("KOD-0001")) == (True, 1)
    deliver_waiting(now=NOW + timedelta(minutes=1))
    assert Message.objects.filter(text__contains="KOD-0001").count() == 0


def test_who_pays_gets_a_code_when_the_company_has_said_yes(round_: CourseRound) -> None:
    order(round_)
    put_in(round_, CODES)
    fee = asked(offered(round_, farm()))
    assert states() == []
    accept(fee)
    assert states() == [("issued", "KOD-0001")]


def test_those_who_wait_get_codes_in_the_order_in_which_they_said_yes(
    round_: CourseRound,
) -> None:
    for _ in range(3):
        confirmed(offered(round_, certified()))
    assert states() == [("reserved", None)] * 3
    assert order(round_, places=3) is None
    assert put_in(round_, CODES[:2]) == 2
    assert states() == [("issued", "KOD-0001"), ("issued", "KOD-0002"), ("reserved", None)]


@pytest.mark.parametrize(
    ("codes", "refusal"),
    [
        ([], OrderRefusal.NO_CODES),
        (["KOD-0009", "KOD-0001"], OrderRefusal.KNOWN_ALREADY),
        (["A", "B", "C", "D"], OrderRefusal.MORE_CODES_THAN_PLACES),
    ],
)
def test_codes_are_taken_all_or_none(
    codes: list[str], refusal: OrderRefusal, round_: CourseRound
) -> None:
    order(round_, places=4)
    put_in(round_, ["KOD-0001"])
    before = {"codes": list(Voucher.objects.values_list("code")), "letters": letters()}
    assert put_in(round_, codes) is refusal
    assert {"codes": list(Voucher.objects.values_list("code")), "letters": letters()} == before


def test_codes_need_an_order_and_an_order_covers_those_who_are_in(round_: CourseRound) -> None:
    assert put_in(round_, CODES) is OrderRefusal.NO_ORDER
    for _ in range(2):
        confirmed(offered(round_, certified()))
    assert order(round_, places=1) is OrderRefusal.FEWER_THAN_CONFIRMED
    assert order(round_, places=2) is None
    put_in(round_, CODES[:2])
    assert order(round_, places=2, kind=OrderKind.INVITATION) is OrderRefusal.KIND_SETTLED


def test_a_provider_that_invites_is_marked_and_twice_is_once(round_: CourseRound) -> None:
    order(round_, kind=OrderKind.INVITATION)
    access = confirmed(offered(round_, certified())).access
    told: dict[str, Any] = {"round_id": round_.pk, "access_ids": [access.pk], "by": make_user()}
    assert [actions.mark_invited(**told, now=NOW) for _ in range(2)] == [1, 0]
    assert states() == [("issued", None)]
    letter = Message.objects.get(key=f"access/{access.pk}/issued")
    assert not letter.fleeting


def test_leaving_returns_what_is_not_used_and_the_code_goes_to_nobody_else(
    round_: CourseRound,
) -> None:
    order(round_)
    put_in(round_, CODES[:1])
    first = confirmed(offered(round_, certified()))
    seats.leave_cohort(enrolment_id=first.enrolment_id, actor=LINK, why="", now=NOW)
    assert states() == [("returned", "KOD-0001")]
    confirmed(offered(round_, certified()))
    assert states() == [("returned", "KOD-0001"), ("reserved", None)]


def test_the_first_lesson_uses_the_code_and_then_it_stays_used(round_: CourseRound) -> None:
    order(round_)
    put_in(round_, CODES)
    participation = confirmed(offered(round_, certified()))
    lesson = round_.course.lessons.first()
    assert lesson is not None
    rounds.mark_lessons(
        participation_id=participation.pk,
        done=[lesson.pk],
        unclear=[],
        relevant=[],
        by=participation.enrolment.user,
        now=NOW,
    )
    assert states() == [("used", "KOD-0001")]
    seats.leave_cohort(enrolment_id=participation.enrolment_id, actor=LINK, why="", now=NOW)
    assert states() == [("used", "KOD-0001")]


def test_a_free_course_lets_everybody_in_without_a_code() -> None:
    round_ = make_round(Decimal(0))
    participation = offered(round_)
    assert read_again(participation).state == "not_started"
    assert states() == []


def value(round_: CourseRound, price: int, meeting: int, meetings: int) -> ValueRefusal | None:
    return set_value(
        round_id=round_.pk,
        price_sek=Decimal(price),
        meeting_value_sek=Decimal(meeting),
        meetings_valued=meetings,
        by=make_user(),
        now=NOW,
    )


def test_meetings_count_as_aid_and_as_fee_alike(round_: CourseRound) -> None:
    free, pays = offered(round_, certified()), offered(round_, farm())
    assert value(round_, 8000, 1000, 4) is None
    worth, meetings = Decimal(12000), Decimal(4000)
    for participation, fee in ((free, Decimal(0)), (pays, worth)):
        decision = current(participation)
        told = (decision.value_sek, decision.meetings_sek, decision.fee_sek)
        assert told == (worth, meetings, fee)
    confirmed(free)
    assert LedgerEntry.objects.get().amount_sek == 12000
    assert asked(pays).amount_sek == 12000
    assert value(round_, 1, 0, 0) is ValueRefusal.SETTLED


def test_a_question_to_the_company_does_not_outlive_its_price(round_: CourseRound) -> None:
    fee = asked(offered(round_, farm()))
    assert value(round_, 9000, 0, 0) is None
    assert read_again(fee).state == "cancelled"


def test_a_course_that_becomes_free_takes_in_who_waits_and_tells_them(round_: CourseRound) -> None:
    waits, asks, over = offered(round_), offered(round_, farm()), offered(round_)
    fee = asked(asks)
    Participation.objects.filter(pk=over.pk).update(state="sat_out")
    before = len(letters())
    assert value(round_, 0, 0, 0) is None
    assert [read_again(one).state for one in (waits, asks, over)] == [
        "not_started",
        "not_started",
        "sat_out",
    ]
    assert (current(waits).kind, read_again(fee).state) == ("not_needed", "cancelled")
    told = [f"participation/{one.pk}/confirmed" for one in (waits, asks)]
    assert letters()[before:] == told
    assert "den kostar dig ingenting" in Message.objects.get(key=told[0]).text
    assert fees.lapse_offers(now=NOW + timedelta(days=30)) == 0


def test_meetings_of_a_free_course_are_not_given_to_who_is_above_the_ceiling() -> None:
    round_ = make_round(Decimal(0), meeting_value_sek=Decimal(500), meetings_valued=4)
    company = certified()
    make_entry(company=company, amount_eur=Decimal(300_000))
    participation = offered(round_, company)
    assert (current(participation).kind, current(participation).fee_sek) == ("fee", Decimal(2000))
    assert read_again(participation).state == "offered"


def test_a_price_that_changes_while_the_page_is_open_binds_nobody(round_: CourseRound) -> None:
    participation = offered(round_, certified())
    seen = current(participation).pk
    value(round_, int(PRICE_SEK) + 1, 0, 0)
    before = everything()
    refusal = fees.confirm_place(
        participation_id=participation.pk,
        by=participation.enrolment.user,
        seen_decision_id=seen,
        now=NOW,
    )
    assert (refusal, everything()) == (ConfirmRefusal.COST_CHANGED, before)
