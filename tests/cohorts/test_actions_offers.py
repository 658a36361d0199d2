"""The time to answer what a course costs: reminders, the last day, and who never is too late."""

from datetime import timedelta
from typing import Any

import pytest

from cohorts.actions import fees as actions
from cohorts.models import CourseRound
from cohorts.queries.fees import stage_of
from cohorts.rules.fees import ConfirmRefusal
from tests.aftermath import everything, history, letters, read_again
from tests.cohorts.payments_world import (
    DAY,
    asked,
    certified,
    current,
    farm,
    make_round,
    offered,
)
from tests.factories import (
    NOW,
    TODAY,
    make_certificate,
    make_company,
    make_control,
    make_declared_aid,
    make_rate,
    make_user,
)

pytestmark = pytest.mark.django_db(transaction=True)

SECOND = timedelta(seconds=1)
LAST = NOW + 14 * DAY


@pytest.fixture
def round_() -> CourseRound:
    """The fee check of a course that costs 11 000 kronor."""
    return make_round()


def test_an_offer_lapses_when_its_fourteen_days_are_over_and_the_person_stays_and_is_told(
    round_: CourseRound,
) -> None:
    participation, answered = offered(round_), offered(round_, certified())
    actions.confirm_place(
        participation_id=answered.pk,
        by=answered.enrolment.user,
        seen_decision_id=current(answered).pk,
        now=NOW,
    )
    assert actions.lapse_offers(now=LAST - SECOND) == 0
    assert actions.lapse_offers(now=LAST) == 1
    assert actions.lapse_offers(now=LAST) == 0
    assert history(participation)[-1] == ("offered", "lapsed", "clock")
    assert read_again(participation.enrolment).state == "active"
    assert read_again(answered).state == "not_started"
    assert letters()[-1] == f"participation/{participation.pk}/lapsed"


@pytest.mark.parametrize("of_the_group", [False, True])
def test_who_waits_for_an_officer_is_never_too_late(
    of_the_group: bool, round_: CourseRound
) -> None:
    company = make_company()
    participation = offered(round_, company)
    assert stage_of(participation, current(participation)) == "certificate_requested"
    signer = company
    if of_the_group:
        signer = make_company()
        make_control(signer, company)
    make_certificate(company=signer, state="submitted")
    assert stage_of(participation, current(participation)) == "submitted"
    assert actions.lapse_offers(now=LAST + 30 * DAY) == 0
    assert read_again(participation).state == "offered"


def test_a_new_answer_gives_at_least_five_days(round_: CourseRound) -> None:
    company = make_company()
    participation = offered(round_, company)
    certificate = make_certificate(company=company, state="submitted", signed_on=TODAY)
    later = LAST + 2 * DAY
    make_rate(on=later.date())
    actions.decide_on_certificate(
        certificate_id=certificate.pk,
        is_approved=True,
        without_conflict=True,
        note="",
        by=make_user(),
        now=later,
    )
    assert current(participation).kind == "free_as_aid"
    assert read_again(participation).answer_by == later + 5 * DAY
    assert actions.lapse_offers(now=later + 5 * DAY - SECOND) == 0
    assert actions.lapse_offers(now=later + 5 * DAY) == 1


def test_a_case_in_review_is_not_ended_by_the_clock(round_: CourseRound) -> None:
    certificate = make_certificate(none_received=False)
    make_declared_aid(certificate=certificate, regulation="360/2012")
    participation = offered(round_, certificate.company)
    assert current(participation).kind == "in_review"
    assert actions.lapse_offers(now=LAST) == 0
    assert actions.remind_of_offers(now=LAST - DAY) == 0


def test_the_one_reminder_goes_three_days_before_to_all_who_have_something_to_do(
    round_: CourseRound,
) -> None:
    waits, pays = offered(round_), offered(round_, farm())
    fee = asked(pays)
    certificate = waits.enrolment.interest.company.certificates.get()
    already = letters()
    assert actions.remind_of_offers(now=LAST - 3 * DAY - SECOND) == 0
    for _ in range(2):
        assert actions.remind_of_offers(now=LAST - 3 * DAY) == 2
    assert sorted(set(letters()) - set(already)) == sorted(
        [
            f"participation/{waits.pk}/reminder/20260324",
            f"certificate/{certificate.pk}/reminder/1",
            f"participation/{pays.pk}/reminder/20260324",
            f"fee/{fee.pk}/fee_reminder/1",
        ]
    )


def test_who_has_handed_in_a_certificate_is_not_reminded(round_: CourseRound) -> None:
    company = make_company()
    offered(round_, company)
    make_certificate(company=company, state="submitted")
    already = letters()
    actions.remind_of_offers(now=LAST - DAY)
    assert letters() == already


def test_the_last_day_holds_also_before_the_clock_has_come_by(round_: CourseRound) -> None:
    participation = offered(round_, certified())
    told: dict[str, Any] = {
        "participation_id": participation.pk,
        "by": participation.enrolment.user,
        "seen_decision_id": current(participation).pk,
    }
    before = everything()
    assert actions.confirm_place(**told, now=LAST) is ConfirmRefusal.TOO_LATE
    assert everything() == before
    actions.lapse_offers(now=LAST)
    assert actions.confirm_place(**told, now=LAST) is ConfirmRefusal.TOO_LATE


def test_a_question_that_nobody_answered_ends_with_the_offer(round_: CourseRound) -> None:
    fee = asked(offered(round_, farm()))
    actions.lapse_offers(now=LAST)
    assert read_again(fee).state == "cancelled"
