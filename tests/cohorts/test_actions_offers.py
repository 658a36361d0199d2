"""The time to answer what a course costs: reminders, the last day, and who never is too late."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from accounts.steps import LINK
from cohorts.actions import fees as actions
from cohorts.actions.offering import offer_again
from cohorts.models import CourseRound
from cohorts.queries.fees import stage_of
from cohorts.rules.fees import ConfirmRefusal
from deminimis.actions import withdraw
from deminimis.models import Certificate
from outbox.models import Message
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
    assert letters()[-1] == f"participation/{participation.pk}/lapsed/20260324"


def test_who_lapses_a_second_time_is_told_a_second_time(round_: CourseRound) -> None:
    participation = offered(round_)
    actions.lapse_offers(now=LAST)
    assert offer_again(participation_id=participation.pk, by=make_user(), now=LAST) is None
    assert actions.lapse_offers(now=LAST + 14 * DAY) == 1
    told = [key for key in letters() if "/lapsed/" in key]
    assert told == [f"participation/{participation.pk}/lapsed/{on}" for on in (20260324, 20260407)]


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


def reject(certificate: Certificate, now: datetime) -> None:
    actions.decide_on_certificate(
        certificate_id=certificate.pk,
        is_approved=False,
        without_conflict=True,
        note="Fel firmatecknare.",
        by=make_user(),
        now=now,
    )


def take_back(certificate: Certificate, now: datetime) -> None:
    withdraw(certificate_id=certificate.pk, actor=LINK, now=now)


@pytest.mark.parametrize("end", [reject, take_back])
def test_a_certificate_that_came_to_nothing_gives_time_and_a_letter(
    end: Callable[[Certificate, datetime], None], round_: CourseRound
) -> None:
    company = make_company()
    participation = offered(round_, company)
    waits = {"state": "submitted", "answer_by": TODAY, "signed_on": TODAY}
    first, other = (make_certificate(company=company, **waits) for _ in range(2))
    before, later = letters(), LAST + 2 * DAY
    end(first, later)
    assert [key for key in letters()[len(before) :] if "fee-decision" in key] == []
    assert actions.lapse_offers(now=later) == 0
    end(other, later)
    assert read_again(participation).answer_by == later + 5 * DAY
    letter = Message.objects.get(key__contains="/stands/")
    assert letter.key.startswith(f"fee-decision/{current(participation).pk}/")
    assert "Svaret till dig är detsamma som förut. Kursen kostar 11" in letter.text
    assert "Svara senast" in letter.text
    assert actions.lapse_offers(now=later + 5 * DAY - SECOND) == 0
    assert actions.lapse_offers(now=later + 5 * DAY) == 1


def test_a_draft_that_is_taken_back_gives_nobody_time(round_: CourseRound) -> None:
    participation = offered(round_)
    before = letters()
    take_back(participation.enrolment.interest.company.certificates.get(), LAST)
    assert letters() == before
    assert actions.lapse_offers(now=LAST) == 1


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
