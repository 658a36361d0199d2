"""The funder's figures from what happened: unique, of one programme, and never by hand."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from pytest_django import DjangoAssertNumQueries

from cohorts.models import CourseRound, Meeting, Participation, Presence
from cohorts.rules import FeeKind
from reports.queries import Aid, AtPlace, Fees, Reached, Votes, report_of
from reports.rules import Rhythm, Stage
from tests.cohorts.aid_world import approved, confirm, make_round, offer
from tests.factories import (
    NOW,
    make_cohort,
    make_company,
    make_enrolment,
    make_entry,
    make_interest,
    make_invitation,
    make_meeting,
    make_place,
    make_programme,
    make_taking,
    make_user,
)
from voting.models import Ballot, RollEntry

pytestmark = pytest.mark.django_db


def held_on(round_: CourseRound, day: date, *, place: str = "umea") -> Meeting:
    starts_at = datetime(day.year, day.month, day.day, 11, 0, tzinfo=UTC)
    return make_meeting(round=round_, starts_at=starts_at, state="held", place=make_place(place))


def make_ballot(round_: CourseRound, *, voted: int, of: int, state: str = "decided") -> Ballot:
    ballot = Ballot.objects.create(
        question="Nästa kurs?",
        state=state,
        opens_at=NOW,
        closes_at=NOW + timedelta(days=7),
        counted_at=NOW + timedelta(days=7),
        turnout=voted,
        seed_digest="x",
    )
    for number in range(of):
        RollEntry.objects.create(ballot=ballot, voter=make_user(), has_voted=number < voted)
    round_.ballot = ballot
    round_.save()
    return ballot


def test_each_stage_counts_every_person_and_every_company_once() -> None:
    company, cohort = make_company(), make_cohort(state="running")
    make_interest(state="unverified", confirmed_at=None)
    make_interest(company=company)
    make_interest(company=company, state="merged")
    for interest in (make_interest(company=company), make_interest(company=company)):
        make_invitation(cohort=cohort, interest=interest)
        make_invitation(cohort=make_cohort(), interest=interest)
        enrolment = make_enrolment(cohort=cohort, interest=interest)
    make_invitation(cohort=cohort, interest=make_interest(), state="draft")
    make_invitation(cohort=cohort, interest=make_interest(), state="revoked", released_at=None)
    for round_ in (cohort.rounds.get(), make_cohort().rounds.get()):
        Participation.objects.create(round=round_, enrolment=enrolment, state="finished")
    assert report_of(make_programme()).funnel == {
        Stage.SIGNED_UP: Reached(companies=4, persons=6),
        Stage.CONFIRMED: Reached(companies=3, persons=5),
        Stage.INVITED: Reached(companies=1, persons=2),
        Stage.ENROLLED: Reached(companies=1, persons=2),
        Stage.FINISHED: Reached(companies=1, persons=1),
    }


def test_who_has_left_still_has_taken_part_and_who_was_erased_still_counts() -> None:
    make_enrolment(state="withdrawn", interest=make_interest(state="anonymised"))
    funnel = report_of(make_programme()).funnel
    assert [funnel[stage].persons for stage in (Stage.SIGNED_UP, Stage.ENROLLED)] == [1, 1]


def test_joining_two_companies_never_raises_a_count() -> None:
    one, other = make_company(), make_company()
    make_interest(company=one)
    double = make_interest(company=other)
    before = report_of(make_programme()).funnel[Stage.SIGNED_UP]
    double.company = one
    double.save()
    after = report_of(make_programme()).funnel[Stage.SIGNED_UP]
    assert (before, after) == (Reached(2, 2), Reached(1, 2))


def test_meetings_are_counted_when_held_with_their_gaps_and_their_places() -> None:
    first, second = make_cohort().rounds.get(), make_cohort().rounds.get()
    days = [date(2026, 3, 2), date(2026, 3, 16), date(2026, 4, 14)]
    umea, digital, last = (
        held_on(first, day, place=place)
        for day, place in zip(days, ("umea", "digital", "umea"), strict=True)
    )
    held_on(second, date(2026, 3, 3))
    make_meeting(round=second, state="cancelled")
    make_meeting(round=second, state="scheduled")
    anna, bo = make_enrolment(cohort=first.cohort), make_enrolment(cohort=first.cohort)
    for meeting, enrolment, was_there in (
        (umea, anna, True),
        (last, anna, True),
        (umea, bo, False),
        (last, bo, None),
        (digital, bo, True),
    ):
        Presence.objects.create(meeting=meeting, enrolment=enrolment, was_there=was_there)
    report = report_of(make_programme())
    assert (report.meetings, report.rhythm) == (4, Rhythm(2, 21.5, 1))
    assert report.places == [AtPlace("Umeå", 3, 2, 1), AtPlace("Digitalt", 1, 1, 1)]


def test_a_gap_over_the_change_to_summer_time_is_counted_in_local_days() -> None:
    round_ = make_cohort().rounds.get()
    make_meeting(round=round_, state="closed", starts_at=datetime(2026, 3, 21, 23, 30, tzinfo=UTC))
    make_meeting(round=round_, state="closed", starts_at=datetime(2026, 4, 4, 22, 30, tzinfo=UTC))
    assert report_of(make_programme()).rhythm == Rhythm(1, 14, 1)


def test_votes_are_counted_when_closed_and_turnout_over_all_of_them() -> None:
    make_ballot(make_cohort().rounds.get(), voted=3, of=4)
    make_ballot(make_cohort().rounds.get(), voted=1, of=6, state="void")
    still_open = make_ballot(make_cohort().rounds.get(), voted=1, of=2, state="open")
    Ballot.objects.filter(pk=still_open.pk).update(counted_at=None, turnout=None)
    assert report_of(make_programme()).votes == Votes(held=2, valid=1, might=10, did=4)


def test_fees_are_those_that_hold_now_and_aid_is_what_was_granted_and_stands() -> None:
    company, round_ = make_company(), make_round()
    offer(make_company(), to=round_)
    approved(company)
    for _ in range(2):
        confirm(offer(company, to=round_))
    offer(make_company(), to=make_round(Decimal(0)))
    make_entry(case="participation/987654")
    report = report_of(make_programme())
    assert [fees for fees in report.fees if fees.places] == [
        Fees(FeeKind.NOT_NEEDED, 1, 1),
        Fees(FeeKind.CERTIFICATE_REQUESTED, 1, 1),
        Fees(FeeKind.FREE_AS_AID, 2, 1),
    ]
    assert report.aid == Aid(2, 1, Decimal("22000.00"), Decimal("2000.00"))
    granted = company.ledger.order_by("id")[0]
    make_taking(granted)
    assert report_of(make_programme()).aid == Aid(1, 1, Decimal("11000.00"), Decimal("1000.00"))


def test_another_programme_is_not_counted() -> None:
    company, round_ = make_company(), make_round()
    approved(company)
    confirm(offer(company, to=round_))
    make_ballot(round_, voted=1, of=2)
    held_on(round_, date(2026, 3, 2))
    other = report_of(make_programme(slug="annat"))
    assert {reached.persons for reached in other.funnel.values()} == {0}
    assert (other.meetings, other.places, other.votes) == (0, [], Votes(0, 0, 0, 0))
    assert (sum(fees.places for fees in other.fees), other.aid.grants) == (0, 0)


@pytest.mark.parametrize("many", [1, 40])
def test_many_take_as_many_queries_as_one(
    django_assert_num_queries: DjangoAssertNumQueries, many: int
) -> None:
    round_ = make_round()
    for number in range(many):
        offer(make_company(), to=round_)
        held_on(round_, date(2026, 3, 2) + timedelta(days=number))
    programme = make_programme()
    with django_assert_num_queries(6):
        report_of(programme)
