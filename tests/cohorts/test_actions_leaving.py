"""Who leaves a course: before the start nobody owes anything, afterwards a person judges."""

from datetime import date
from decimal import Decimal

import pytest

from accounts.rules import Role
from accounts.steps import CLOCK
from cohorts.actions.leaving import Judgement, judge_drop_out
from cohorts.actions.payments import withdraw_purchase
from cohorts.actions.seats import leave_cohort
from cohorts.models import Access, CourseRound, DropOut, Fee, InvoiceBatch, Participation
from cohorts.rules.leaving import DropOutRefusal, is_unused
from cohorts.rules.payments import FeeRefusal
from companies.models import Company
from deminimis.models import LedgerEntry
from deminimis.queries.ledger import standing
from outbox.models import Message
from tests.aftermath import everything, letters, read_again, whys
from tests.cohorts.payments_world import (
    BOSS,
    DAY,
    accept,
    asked,
    certified,
    current,
    farm,
    make_round,
    offered,
    pay_alone,
)
from tests.cohorts.test_actions_fees import confirm
from tests.factories import NOW, TODAY, make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.pure
@pytest.mark.parametrize(
    ("starts_on", "has_come_in", "is_not_held", "unused"),
    [
        (None, False, False, True),
        (date(2026, 3, 2), False, False, True),
        (date(2026, 3, 1), False, False, False),
        (date(2026, 2, 28), False, False, False),
        (date(2026, 3, 2), True, False, False),
        (date(2026, 2, 1), True, True, True),
    ],
)
def test_a_place_is_unused_before_the_start_unless_somebody_has_come_in(
    starts_on: date | None, *, has_come_in: bool, is_not_held: bool, unused: bool
) -> None:
    found = is_unused(
        on=date(2026, 3, 1), starts_on=starts_on, has_come_in=has_come_in, is_not_held=is_not_held
    )
    assert found is unused


@pytest.fixture
def before() -> CourseRound:
    """A course that costs 11 000 kronor and starts tomorrow."""
    return make_round(starts_on=TODAY + DAY)


@pytest.fixture
def begun() -> CourseRound:
    """The same, on the day of its start."""
    return make_round(starts_on=TODAY)


def leave(participation: Participation) -> None:
    leave_cohort(enrolment_id=participation.enrolment_id, actor=CLOCK, why="", now=NOW)


def free(round_: CourseRound, company: Company | None = None) -> tuple[Participation, LedgerEntry]:
    """Return a place that has been granted as aid."""
    participation = offered(round_, company or certified())
    confirm(participation)
    return participation, LedgerEntry.objects.get(case=f"participation/{participation.pk}")


def judge(*, fee: bool | None, aid: bool | None, sure: bool = True) -> DropOutRefusal | None:
    judgement = Judgement(fee_stays=fee, aid_stays=aid, why="Hon blev sjuk.", without_conflict=sure)
    return judge_drop_out(
        drop_out_id=DropOut.objects.get().pk,
        judgement=judgement,
        by=make_user(role=Role.AID_OFFICER),
        now=NOW + DAY,
    )


def test_a_fee_is_cancelled_before_the_start_and_whoever_pays_is_told(before: CourseRound) -> None:
    participation = offered(before, farm())
    fee = asked(participation)
    accept(fee)
    leave(participation)
    assert (read_again(fee).state, whys(fee)[-1]) == ("cancelled", "left before the start")
    assert f"fee/{fee.pk}/fee_taken_away" in letters()
    letter = Message.objects.get(key=f"fee/{fee.pk}/fee_taken_away")
    assert (letter.to, "innan kursen började" in letter.text) == (BOSS, True)
    assert DropOut.objects.count() == 0


@pytest.mark.parametrize("state", ["invoiced", "paid"])
def test_what_was_invoiced_is_credited_before_the_start(before: CourseRound, state: str) -> None:
    participation = offered(before, farm())
    fee = asked(participation)
    accept(fee)
    batch = InvoiceBatch.objects.create(made_at=NOW, made_by=make_user())
    Fee.objects.filter(pk=fee.pk).update(state=state, batch=batch, invoiced_on=TODAY)
    leave(participation)
    assert (read_again(fee).state, read_again(fee).credited_on) == ("credited", TODAY)


def test_aid_is_annulled_before_the_start_as_a_new_line(before: CourseRound) -> None:
    participation, entry = free(before)
    leave(participation)
    line = LedgerEntry.objects.get(kind="annulment")
    assert (line.of, line.amount_eur, line.why) == (
        entry,
        -entry.amount_eur,
        "left before the start",
    )
    assert standing(entry).eur == Decimal(0)
    notice = Message.objects.get(key=f"ledger/{line.pk}/changed")
    assert "Deltagaren lämnade gruppen innan kursen började." in notice.text
    assert DropOut.objects.count() == 0


def test_after_the_start_both_stand_and_a_person_is_asked(begun: CourseRound) -> None:
    payer, (studies, entry) = offered(begun, farm()), free(begun)
    fee = asked(payer)
    accept(fee)
    for one in (payer, studies):
        leave(one)
    assert read_again(fee).state == "accepted"
    assert standing(entry).eur == entry.amount_eur
    assert list(DropOut.objects.order_by("id").values_list("participation", "judged_at")) == [
        (payer.pk, None),
        (studies.pk, None),
    ]


def test_who_has_come_in_is_judged_also_before_the_start(before: CourseRound) -> None:
    participation, entry = free(before)
    Access.objects.filter(participation=participation).update(state="used")
    leave(participation)
    assert standing(entry).eur == entry.amount_eur
    assert DropOut.objects.get().participation == participation


def test_a_private_person_has_fourteen_days_whatever_has_begun(begun: CourseRound) -> None:
    soon, late = offered(begun, farm()), offered(begun, farm())
    for one in (soon, late):
        assert pay_alone(one) is None
    Fee.objects.filter(participation=late).update(accepted_on=TODAY - 15 * DAY)
    for one in (soon, late):
        leave(one)
    assert list(Fee.objects.order_by("id").values_list("state", flat=True)) == [
        "cancelled",
        "accepted",
    ]
    assert DropOut.objects.get().participation == late
    by = late.enrolment.user
    refused = withdraw_purchase(participation_id=late.pk, by=by, now=NOW)
    assert refused is FeeRefusal.OVER


@pytest.mark.parametrize(("stays", "state"), [(True, "accepted"), (False, "cancelled")])
def test_an_officer_judges_a_fee_and_whoever_pays_reads_why(
    begun: CourseRound, state: str, *, stays: bool
) -> None:
    participation = offered(begun, farm())
    fee = asked(participation)
    accept(fee)
    leave(participation)
    assert judge(fee=stays, aid=None, sure=False) is DropOutRefusal.CONFLICT
    assert judge(fee=stays, aid=None) is None
    assert read_again(fee).state == state
    assert "Hon blev sjuk." in Message.objects.latest("id").text
    told = DropOut.objects.get()
    assert (told.fee_stays, told.aid_stays, told.without_conflict) == (stays, None, True)
    rows = everything()
    assert judge(fee=not stays, aid=None) is DropOutRefusal.OVER
    assert {k: v for k, v in everything().items() if "User" not in k and "Role" not in k} == {
        k: v for k, v in rows.items() if "User" not in k and "Role" not in k
    }


@pytest.mark.parametrize("stays", [True, False])
def test_an_officer_judges_aid(begun: CourseRound, *, stays: bool) -> None:
    participation, entry = free(begun)
    leave(participation)
    assert judge(fee=None, aid=stays) is None
    assert standing(entry).eur == (entry.amount_eur if stays else Decimal(0))


def test_who_was_not_bound_leaves_nothing_behind(begun: CourseRound) -> None:
    participation = offered(begun, farm())
    fee = asked(participation)
    leave(participation)
    assert (read_again(fee).state, read_again(participation).state) == ("cancelled", "sat_out")
    assert (DropOut.objects.count(), current(participation).kind) == (0, "fee")
