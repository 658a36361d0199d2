"""A vote that opens later, is called off, chooses nothing, or whose course falls through."""

import pytest
from django.utils import timezone

from cohorts.actions import forming
from cohorts.actions.questions import ask_cohort
from cohorts.actions.runner_up import take_runner_up
from cohorts.actions.votes import call_vote, close_votes, open_votes, tell_hindrance, void_vote
from cohorts.models import Cohort, CourseRound, Hindrance, Participation, Question
from cohorts.rules import CohortState
from cohorts.rules.votes import OpenRefusal, RunnerUpRefusal, VotePlan
from outbox.models import Message
from tests.aftermath import everything, history, letters, read_again
from tests.cohorts.voting_world import DAY, called, closed, courses, rankings_in, running
from tests.factories import make_cohort, make_enrolment
from voting.actions import cast_vote
from voting.models import Ballot, Vote
from voting.rules import new_receipt

pytestmark = pytest.mark.django_db(transaction=True)


def put(cohort: Cohort) -> Ballot:
    """Return a question that is open in the cohort."""
    now = timezone.now()
    asked = ask_cohort(
        cohort_id=cohort.pk,
        question="Var äter vi lunch?",
        answers=["Pizzerian", "Matlådor"],
        closes_at=now + DAY,
        by=cohort.facilitator,
        now=now,
    )
    assert isinstance(asked, Question)
    return asked.ballot


def states(ballot: Ballot) -> dict[str, str]:
    return dict(ballot.rounds.values_list("course__title", "state"))


def test_a_vote_that_opens_later_is_announced_and_has_no_roll_until_then() -> None:
    cohort = running(3)
    ballot = called(cohort, opens_at=timezone.now() + 2 * DAY)
    assert (ballot.state, ballot.roll.count(), ballot.seed) == ("draft", 0, "")
    assert set(states(ballot).values()) == {"proposed"}
    assert len([key for key in letters() if "/announced/" in key]) == 3
    make_enrolment(cohort=cohort)
    assert open_votes(now=ballot.opens_at - DAY) == 0
    assert [open_votes(now=ballot.opens_at) for _ in range(2)] == [1, 0]
    opened = read_again(ballot)
    assert (opened.state, opened.roll.count(), len(opened.seed_digest)) == ("open", 4, 64)
    assert set(states(ballot).values()) == {"in_ballot"}
    assert len([key for key in letters() if "/opened/" in key]) == 4


def test_a_vote_whose_voters_have_left_before_it_opens_ends_by_itself() -> None:
    cohort = running(2)
    ballot = called(cohort, opens_at=timezone.now() + DAY)
    cohort.enrolments.update(state="withdrawn")
    assert open_votes(now=ballot.opens_at) == 0
    assert (read_again(ballot).state, set(states(ballot).values())) == ("void", {"dropped"})


def test_a_cohort_that_ends_takes_its_votes_with_it() -> None:
    cohort, now = running(), timezone.now()
    coming = called(cohort, opens_at=now + DAY)
    asked = put(cohort)
    refusal = cast_vote(
        ballot_id=asked.pk,
        voter=cohort.enrolments.order_by("id")[0].user,
        ranking=[["1"]],
        receipt=new_receipt(),
        now=asked.opens_at,
    )
    assert refusal is None
    forming.complete_cohort(cohort_id=cohort.pk, by=cohort.facilitator, now=now)
    assert history(coming)[-1:] == [("draft", "void", "user")]
    assert history(asked)[-1:] == [("open", "void", "user")]
    assert {read_again(one).void_why for one in (coming, asked)} == {"cohort completed"}
    assert set(states(coming).values()) == {"dropped"}
    told = Message.objects.filter(key__contains="/voided/")
    assert told.count() == 8
    for text in told.values_list("text", flat=True):
        assert "Skälet: Gruppen avslutades." in text
        assert "återkommer" not in text
    before = everything()
    assert (open_votes(now=coming.opens_at), close_votes(now=coming.closes_at)) == (0, 0)
    assert everything() == before


def test_a_cohort_that_is_called_off_takes_its_questions_with_it() -> None:
    cohort, now = make_cohort(state=CohortState.CONFIRMED), timezone.now()
    for _ in range(2):
        make_enrolment(cohort=cohort)
    asked = put(cohort)
    forming.cancel_cohort(cohort_id=cohort.pk, by=cohort.facilitator, why="För få.", now=now)
    assert (read_again(asked).state, read_again(asked).void_why) == ("void", "cohort called off")


def test_a_vote_left_behind_in_a_cohort_that_is_over_neither_opens_nor_is_counted() -> None:
    coming = called(running(), opens_at=timezone.now() + DAY)
    still_open = called(running())
    rankings_in(still_open, *["A B C"] * 4)
    Cohort.objects.update(state=CohortState.COMPLETED)
    assert open_votes(now=coming.opens_at) == 0
    assert close_votes(now=still_open.closes_at) == 0
    for ballot in (coming, still_open):
        assert (read_again(ballot).state, read_again(ballot).result) == ("void", None)
        assert set(states(ballot).values()) == {"dropped"}
    assert not Participation.objects.exists()


def test_a_vote_that_cannot_be_opened_or_closed_keeps_no_other_from_it() -> None:
    now = timezone.now()
    times = {"opens_at": now, "closes_at": now + DAY}
    nobodys = Ballot.objects.create(question="x", **times)
    coming = called(running(), opens_at=now + DAY / 2, closes_at=now + 2 * DAY)
    with pytest.raises(ExceptionGroup, match="vote_not_opened") as failed:
        open_votes(now=coming.opens_at)
    assert (len(failed.value.exceptions), read_again(coming).state) == (1, "open")
    Ballot.objects.filter(pk=nobodys.pk).update(state="open", seed="a", seed_digest="b")
    with pytest.raises(ExceptionGroup, match="vote_not_closed"):
        close_votes(now=coming.closes_at)
    assert (read_again(coming).state, read_again(nobodys).state) == ("void", "open")


def test_while_one_vote_is_prepared_no_other_is_called() -> None:
    cohort = running()
    called(cohort, opens_at=timezone.now() + DAY)
    now = timezone.now()
    plan = VotePlan(
        course_ids=[c.pk for c in courses(0, 0)], opens_at=now, closes_at=now + 10 * DAY
    )
    before = everything()
    refused = call_vote(cohort_id=cohort.pk, plan=plan, by=cohort.facilitator, now=now)
    assert (refused, everything()) == (OpenRefusal.ONE_IS_OPEN, before)


def test_a_vote_that_is_called_off_is_never_counted_and_makes_room_for_a_new_one() -> None:
    cohort = running()
    ballot = called(cohort)
    rankings_in(ballot, "A", "B", "A")
    before = set(Vote.objects.values_list("pk", flat=True))
    why, by, now = "Fel kurser.", cohort.facilitator, timezone.now()
    assert void_vote(ballot_id=ballot.pk, why=why, by=by, now=now)
    ended = read_again(ballot)
    assert (ended.state, ended.result, ended.turnout, ended.void_why) == ("void", None, None, why)
    assert set(states(ballot).values()) == {"dropped"}
    assert set(Vote.objects.values_list("pk", flat=True)) & before == set()
    assert len([key for key in letters() if "/voided/" in key]) == 4
    assert closed(ballot).result is None
    before_again = everything()
    assert not void_vote(ballot_id=ballot.pk, why="igen", by=by, now=now)
    assert everything() == before_again
    assert called(cohort).state == "open"


def test_none_of_these_may_win_and_then_no_course_is_next() -> None:
    ballot = called(running(), with_none=True)
    rankings_in(ballot, "- A", "- B", "-")
    ended = closed(ballot)
    assert (ended.state, ended.result["winner"]) == ("decided", "none")  # type: ignore[index]  # counted
    assert set(states(ballot).values()) == {"dropped"}
    assert history(ballot)[-1] == ("counted", "decided", "clock")


def test_the_next_in_order_takes_over_when_the_chosen_course_falls_through() -> None:
    cohort = running(6)
    ballot = called(cohort, 0, 0, 0)
    rankings_in(ballot, *["B C A"] * 4, *["C B A"] * 2)
    closed(ballot)
    chosen = ballot.rounds.get(course__title="Kurs B")
    by, now = cohort.facilitator, timezone.now()
    following = take_runner_up(round_id=chosen.pk, why="Inställd av skolan.", by=by, now=now)
    assert isinstance(following, CourseRound)
    assert (following.course.title, read_again(following).state) == ("Kurs C", "fee_check")
    assert read_again(chosen).state == "dropped"
    taking = Participation.objects.filter(round=following)
    assert (taking.count(), {p.state for p in taking}) == (6, {"not_started"})
    left = set(Participation.objects.filter(round=chosen).values_list("state", flat=True))
    assert left == {"dropped"}
    assert len([key for key in letters() if "/replaces/" in key]) == 6
    last = take_runner_up(round_id=following.pk, why="Också inställd.", by=by, now=now)
    assert isinstance(last, CourseRound)
    assert last.course.title == "Kurs A"
    assert take_runner_up(round_id=last.pk, why="x", by=by, now=now) is RunnerUpRefusal.NOBODY_LEFT


def test_what_stands_below_none_of_these_never_takes_over() -> None:
    cohort = running()
    ballot = called(cohort, 0, 0, with_none=True)
    rankings_in(ballot, *["A - B"] * 4)
    closed(ballot)
    chosen = ballot.rounds.get(course__title="Kurs A")
    before = everything()
    refused = take_runner_up(round_id=chosen.pk, why="x", by=cohort.facilitator, now=timezone.now())
    assert (refused, everything()) == (RunnerUpRefusal.NOBODY_LEFT, before)


def test_a_round_that_no_vote_chose_or_that_runs_has_no_runner_up() -> None:
    cohort = running()
    refused = take_runner_up(
        round_id=cohort.rounds.get().pk, why="x", by=cohort.facilitator, now=timezone.now()
    )
    assert refused is RunnerUpRefusal.NOT_WAITING


def test_who_cannot_use_a_course_is_not_kept_and_the_same_words_are_kept_once() -> None:
    cohort, (course, _) = running(), courses(0, 0)
    for _ in range(2):
        tell_hindrance(
            cohort_id=cohort.pk, course_id=course.pk, kind="language", text=" bara engelska "
        )
    columns = {field.name for field in Hindrance._meta.get_fields()}
    assert columns == {"id", "cohort", "course", "kind", "text"}
    assert Hindrance.objects.get().text == "bara engelska"


def test_a_show_of_hands_is_a_ballot_by_approval_without_quorum() -> None:
    cohort, now = running(), timezone.now()
    asked = ask_cohort(
        cohort_id=cohort.pk,
        question="Var äter vi lunch?",
        answers=["Pizzerian", "Lunchrestaurangen", "Matlådor"],
        closes_at=now + DAY,
        by=cohort.facilitator,
        now=now,
    )
    assert isinstance(asked, Question)
    ballot = asked.ballot
    assert (ballot.state, ballot.rule, ballot.roll.count()) == ("open", "approval", 4)
    Ballot.objects.update(opens_at=now - DAY)
    by_title = {o.title: o.key for o in ballot.options.all()}
    assert list(by_title.values()) == ["1", "2", "3"]
    rounds = CourseRound.objects.count()
    ended = closed(read_again(ballot))
    assert (ended.state, CourseRound.objects.count()) == ("void", rounds)
    assert len([key for key in letters() if "/ended/" in key]) == 4


def test_a_question_may_be_asked_while_a_vote_is_open_but_not_of_one_person() -> None:
    cohort, now = running(), timezone.now()
    called(cohort)
    for people, refused in ((4, None), (1, OpenRefusal.TOO_FEW_VOTERS)):
        keep = cohort.enrolments.order_by("id").values("pk")[:people]
        cohort.enrolments.exclude(pk__in=list(keep.values_list("pk", flat=True))).update(
            state="withdrawn"
        )
        asked = ask_cohort(
            cohort_id=cohort.pk,
            question="Kaffe?",
            answers=["ja", "nej"],
            closes_at=now + DAY,
            by=cohort.facilitator,
            now=now,
        )
        assert (None if isinstance(asked, Question) else asked) is refused
