"""The cohort's vote on its next course: opened, reminded of, closed, followed up."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from cohorts.actions import votes as actions
from cohorts.models import Cohort, Course, CourseRound, Participation
from cohorts.rules import CohortState, RoundState
from cohorts.rules.votes import OpenRefusal, VotePlan
from deminimis.models import Certificate
from tests.aftermath import everything, history, letters, read_again, receivers
from tests.factories import (
    NOW,
    make_certificate,
    make_cohort,
    make_course,
    make_enrolment,
    make_rate,
)
from voting.actions import cast_vote
from voting.models import Ballot, RollEntry, Vote
from voting.rules import new_receipt

pytestmark = pytest.mark.django_db(transaction=True)

DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)
CLOSES = NOW + 14 * DAY


def running(people: int = 4) -> Cohort:
    cohort = make_cohort(state=CohortState.RUNNING, round_state=RoundState.RUNNING)
    for _ in range(people):
        make_enrolment(cohort=cohort)
    return cohort


def courses(*prices: int) -> list[Course]:
    return [
        make_course(title=f"Kurs {letter}", price_sek=Decimal(price))
        for letter, price in zip("ABCDEFGHIJKLM", prices, strict=False)
    ]


def put_to_the_vote(cohort: Cohort, among: list[Course], **fields: Any) -> Ballot | OpenRefusal:
    now = fields.pop("now", NOW)
    settled = {"opens_at": now, "closes_at": CLOSES, "with_none": False, **fields}
    plan = VotePlan(course_ids=[course.pk for course in among], **settled)
    return actions.call_vote(cohort_id=cohort.pk, plan=plan, by=cohort.facilitator, now=now)


def opened(cohort: Cohort, *prices: int) -> Ballot:
    ballot = put_to_the_vote(cohort, courses(*(prices or (0, 0))))
    assert isinstance(ballot, Ballot)
    return ballot


def votes_for(ballot: Ballot, *titles: str) -> None:
    """Let one member after the other vote for the course with this title alone."""
    members = RollEntry.objects.filter(ballot=ballot).order_by("voter_id")
    for entry, title in zip(members, titles, strict=False):
        ranking = [[ballot.options.get(title=title).key]]
        refusal = cast_vote(
            ballot_id=ballot.pk,
            voter=entry.voter,
            ranking=ranking,
            receipt=new_receipt(),
            now=NOW + DAY,
        )
        assert refusal is None


def test_a_vote_opens_with_a_round_for_each_course_a_roll_and_a_letter_to_each() -> None:
    cohort = running(3)
    make_enrolment(cohort=cohort, state="withdrawn")
    ballot = opened(cohort, 0, 0, 0)
    rounds = ballot.rounds.order_by("id")
    assert [(round_.state, round_.course.title) for round_ in rounds] == [
        ("in_ballot", "Kurs A"),
        ("in_ballot", "Kurs B"),
        ("in_ballot", "Kurs C"),
    ]
    assert {option.key for option in ballot.options.all()} == {str(r.pk) for r in rounds}
    assert history(ballot) == [("", "draft", "user"), ("draft", "open", "user")]
    assert (ballot.roll.count(), ballot.roll.filter(has_voted=True).count()) == (3, 0)
    members = cohort.enrolments.filter(state="active")
    assert sorted(letters()) == sorted(f"ballot/{ballot.pk}/opened/{m.pk}" for m in members)
    assert (len(ballot.seed), len(ballot.seed_digest)) == (64, 64)


def test_a_course_with_a_price_asks_each_company_for_its_certificate_once() -> None:
    cohort = running(2)
    colleague = cohort.enrolments.order_by("id")[0].interest
    make_enrolment(cohort=cohort, interest=make_enrolment().interest)
    has_one = make_enrolment(cohort=cohort)
    make_certificate(company=has_one.interest.company)
    opened(cohort, 0, 900)
    asked = Certificate.objects.filter(state="draft")
    assert asked.filter(company=colleague.company).count() == 1
    assert asked.filter(company=has_one.interest.company).count() == 0
    assert asked.count() == 3
    assert len([key for key in letters() if key.startswith("certificate/")]) == 3


def test_a_free_vote_asks_nobody_for_a_certificate() -> None:
    opened(running(), 0, 0)
    assert Certificate.objects.count() == 0


@pytest.mark.parametrize(
    ("prepare", "prices", "fields", "refusal"),
    [
        ({"state": "confirmed"}, (0, 0), {}, OpenRefusal.NOT_RUNNING),
        ({}, (0,), {}, OpenRefusal.TOO_FEW_COURSES),
        ({}, (0,) * 13, {}, OpenRefusal.TOO_MANY_COURSES),
        ({}, (0, 0), {"closes_at": NOW}, OpenRefusal.CLOSES_IN_THE_PAST),
    ],
)
def test_a_vote_that_cannot_open_writes_nothing(
    prepare: dict[str, str], prices: tuple[int, ...], fields: dict[str, Any], refusal: OpenRefusal
) -> None:
    cohort = running()
    Cohort.objects.update(**prepare)
    among = courses(*prices)
    before = everything()
    assert put_to_the_vote(cohort, among, **fields) is refusal
    assert everything() == before


def test_a_vote_needs_two_voters() -> None:
    cohort, among = running(1), courses(0, 0)
    assert put_to_the_vote(cohort, among) is OpenRefusal.TOO_FEW_VOTERS


def test_one_vote_at_a_time() -> None:
    cohort = running()
    opened(cohort)
    among = courses(0, 0)
    before = everything()
    assert put_to_the_vote(cohort, among) is OpenRefusal.ONE_IS_OPEN
    assert everything() == before


def test_a_course_that_is_not_offered_any_more_is_not_put_to_the_vote() -> None:
    cohort, among = running(), courses(0, 0)
    Course.objects.filter(pk=among[0].pk).update(is_offered=False)
    assert put_to_the_vote(cohort, among) is OpenRefusal.TOO_FEW_COURSES


def test_nothing_closes_before_its_time_and_everything_only_once() -> None:
    ballot = opened(running())
    votes_for(ballot, "Kurs B", "Kurs B", "Kurs A")
    before = everything()
    assert actions.close_votes(now=CLOSES - SECOND) == 0
    assert everything() == before
    assert actions.close_votes(now=CLOSES) == 1
    before = everything()
    assert actions.close_votes(now=CLOSES) == 0
    assert everything() == before


def test_the_winner_becomes_the_next_round_and_is_offered_to_all() -> None:
    cohort = running()
    ballot = opened(cohort)
    votes_for(ballot, "Kurs B", "Kurs B", "Kurs A")
    actions.close_votes(now=CLOSES)
    closed = read_again(ballot)
    assert (closed.state, closed.turnout, closed.counted_at) == ("decided", 3, CLOSES)
    assert [to for _, to, _ in history(ballot)] == ["draft", "open", "closed", "counted", "decided"]
    by_title = {round_.course.title: round_ for round_ in ballot.rounds.all()}
    assert [to for _, to, _ in history(by_title["Kurs B"])] == [
        "proposed",
        "in_ballot",
        "chosen",
        "fee_check",
    ]
    assert history(by_title["Kurs A"])[-1] == ("in_ballot", "dropped", "clock")
    offered = Participation.objects.filter(round=by_title["Kurs B"])
    assert {p.state for p in offered} == {"not_started"}
    assert offered.count() == 4
    ended = [key for key in letters() if "/ended/" in key]
    assert len(ended) == 4


def test_a_priced_winner_is_a_fee_decision_for_each_member() -> None:
    make_rate()
    cohort = running(2)
    certified = make_enrolment(cohort=cohort)
    make_certificate(company=certified.interest.company, signed_on=CLOSES.date())
    ballot = opened(cohort, 0, 11000)
    votes_for(ballot, "Kurs B", "Kurs B")
    make_rate(on=CLOSES.date())
    actions.close_votes(now=CLOSES)
    kinds = {
        p.enrolment_id: (p.state, p.fee_decisions.get().kind) for p in Participation.objects.all()
    }
    assert kinds[certified.pk] == ("offered", "free_as_aid")
    assert sorted(kinds.values()) == [
        ("offered", "certificate_requested"),
        ("offered", "certificate_requested"),
        ("offered", "free_as_aid"),
    ]


@pytest.mark.parametrize(
    ("people", "votes", "state"),
    [(4, 2, "decided"), (5, 2, "void"), (4, 1, "void"), (4, 0, "void")],
)
def test_half_of_the_roll_is_a_quorum_and_below_it_nothing_is_chosen(
    people: int, votes: int, state: str
) -> None:
    cohort = running(people)
    ballot = opened(cohort)
    votes_for(ballot, *["Kurs B"] * votes)
    assert actions.close_votes(now=CLOSES) == 1
    assert read_again(ballot).state == state
    states = set(CourseRound.objects.filter(ballot=ballot).values_list("state", flat=True))
    assert states == ({"fee_check", "dropped"} if state == "decided" else {"dropped"})
    assert len([key for key in letters() if "/ended/" in key]) == people


def test_a_void_vote_leaves_room_for_a_new_one() -> None:
    cohort = running()
    opened(cohort)
    actions.close_votes(now=CLOSES)
    assert isinstance(
        put_to_the_vote(cohort, courses(0, 0), now=CLOSES, closes_at=CLOSES + 14 * DAY), Ballot
    )


def test_two_cohorts_votes_close_each_by_itself() -> None:
    first, second = opened(running()), opened(running())
    votes_for(first, *["Kurs A"] * 4)
    assert actions.close_votes(now=CLOSES) == 2
    assert (read_again(first).state, read_again(second).state) == ("decided", "void")


def test_who_has_not_voted_is_reminded_halfway_and_a_day_before_and_no_more() -> None:
    cohort = running(3)
    ballot = opened(cohort)
    votes_for(ballot, "Kurs A")
    absent = 2
    before = len(letters())
    sent = {}
    for label, now in {
        "just before halfway": NOW + 7 * DAY - SECOND,
        "halfway": NOW + 7 * DAY,
        "an hour later": NOW + 7 * DAY + timedelta(hours=1),
        "a day before": CLOSES - DAY,
        "an hour before": CLOSES - timedelta(hours=1),
        "at the close": CLOSES,
    }.items():
        actions.remind_voters(now=now)
        sent[label] = len(letters()) - before
    assert sent == {
        "just before halfway": 0,
        "halfway": absent,
        "an hour later": absent,
        "a day before": 2 * absent,
        "an hour before": 2 * absent,
        "at the close": 2 * absent,
    }
    assert sorted(ballot.roll.values_list("has_voted", "reminders")) == [
        (False, 2),
        (False, 2),
        (True, 0),
    ]


def test_a_member_who_has_left_the_cohort_is_not_reminded() -> None:
    cohort = running(3)
    opened(cohort)
    leaver = cohort.enrolments.order_by("id")[0]
    cohort.enrolments.filter(pk=leaver.pk).update(state="withdrawn")
    before = len(receivers())
    actions.remind_voters(now=NOW + 7 * DAY)
    assert leaver.interest.email not in receivers()[before:]
    assert len(receivers()) == before + 2


def test_no_history_row_of_a_vote_names_a_voter() -> None:
    ballot = opened(running())
    before = everything()["accounts.Change"]
    votes_for(ballot, "Kurs A", "Kurs B")
    assert everything()["accounts.Change"] == before
    assert Vote.objects.count() == 2
