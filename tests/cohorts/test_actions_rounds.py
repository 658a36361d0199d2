"""A cohort is confirmed, its round starts and ends, lessons are ticked, questions asked."""

from datetime import date
from decimal import Decimal

import pytest

from accounts.rules import MoveRefused
from cohorts.actions import agendas
from cohorts.actions import rounds as actions
from cohorts.models import AgendaItem, Cohort, CourseRound, LessonMark, Participation
from cohorts.rules import CohortState, RoundState
from cohorts.rules.cohorts import ConfirmRefusal
from tests.aftermath import everything, history, letters, read_again
from tests.factories import (
    NOW,
    make_cohort,
    make_course,
    make_enrolment,
    make_meeting,
    make_rate,
    make_user,
)

pytestmark = pytest.mark.django_db(transaction=True)

STARTS, ENDS = date(2026, 4, 7), date(2026, 6, 12)


def confirm(cohort: Cohort) -> ConfirmRefusal | None:
    return actions.confirm_cohort(cohort_id=cohort.pk, by=cohort.facilitator, now=NOW)


def start(round_: CourseRound) -> CourseRound:
    by = round_.cohort.facilitator
    return actions.start_round(round_id=round_.pk, starts_on=STARTS, ends_on=ENDS, by=by, now=NOW)


def studying(*, lessons: int = 3) -> Participation:
    """Return somebody at the start of a free course with so many lessons."""
    cohort = make_cohort(
        course=make_course(lessons=lessons), state=CohortState.RUNNING, round_state="running"
    )
    enrolment = make_enrolment(cohort=cohort)
    return enrolment.participations.create(round=cohort.rounds.get(), state="not_started")


def mark(participation: Participation, done: int, *, unclear: int = 0, relevant: int = 0) -> None:
    """Mark the first so many lessons."""
    ids = list(participation.round.course.lessons.values_list("pk", flat=True))
    actions.mark_lessons(
        participation_id=participation.pk,
        done=ids[:done],
        unclear=ids[:unclear],
        relevant=ids[:relevant],
        by=participation.enrolment.user,
        now=NOW,
    )


def test_a_cohort_with_enough_people_and_a_meeting_is_confirmed() -> None:
    cohort = make_cohort(least=2)
    make_meeting(round=cohort.rounds.get())
    for _ in range(2):
        make_enrolment(cohort=cohort)
    assert confirm(cohort) is None
    assert history(cohort) == [("forming", "confirmed", "user")]


@pytest.mark.parametrize(
    ("people", "meetings", "refusal"),
    [
        (1, ["scheduled"], ConfirmRefusal.TOO_FEW_ACCEPTED),
        (2, [], ConfirmRefusal.NO_MEETING),
        (2, ["cancelled"], ConfirmRefusal.NO_MEETING),
    ],
)
def test_a_cohort_is_not_confirmed_without_people_or_a_meeting_to_come(
    people: int, meetings: list[str], refusal: ConfirmRefusal
) -> None:
    cohort = make_cohort(least=2)
    for state in meetings:
        make_meeting(round=cohort.rounds.get(), state=state)
    for _ in range(people):
        make_enrolment(cohort=cohort)
    make_enrolment(cohort=cohort, state="withdrawn")
    before = everything()
    assert confirm(cohort) is refusal
    assert everything() == before


def test_a_cohort_that_runs_is_not_confirmed_again() -> None:
    cohort = make_cohort(least=0, state=CohortState.RUNNING)
    make_meeting(round=cohort.rounds.get())
    before = everything()
    with pytest.raises(MoveRefused):
        confirm(cohort)
    assert everything() == before


def test_starting_the_first_round_sets_the_cohort_running_and_lets_everybody_in() -> None:
    cohort = make_cohort(state=CohortState.CONFIRMED)
    members = [make_enrolment(cohort=cohort) for _ in range(3)]
    make_enrolment(cohort=cohort, state="withdrawn")
    round_ = start(cohort.rounds.get())
    assert history(cohort) == [("confirmed", "running", "user")]
    assert history(round_) == [("chosen", "fee_check", "user"), ("fee_check", "running", "user")]
    assert (round_.starts_on, round_.ends_on) == (STARTS, ENDS)
    taking_part = Participation.objects.order_by("id")
    assert [(p.enrolment_id, p.state, p.confirmed_on) for p in taking_part] == [
        (member.pk, "not_started", date(2026, 3, 10)) for member in members
    ]
    assert {p.fee_decisions.get().kind for p in taking_part} == {"not_needed"}
    assert letters() == []


def test_a_priced_round_asks_everybody_first_and_binds_nobody() -> None:
    make_rate()
    cohort = make_cohort(course=make_course(price_sek=Decimal(11000)), state=CohortState.CONFIRMED)
    make_enrolment(cohort=cohort)
    start(cohort.rounds.get())
    participation = Participation.objects.get()
    assert (participation.state, participation.confirmed_on) == ("offered", None)
    assert participation.fee_decisions.get().kind == "certificate_requested"


def test_starting_does_not_offer_a_second_time_what_was_answered() -> None:
    cohort = make_cohort(state=CohortState.RUNNING, round_state=RoundState.FEE_CHECK)
    round_ = cohort.rounds.get()
    stands_over = make_enrolment(cohort=cohort).participations.create(round=round_, state="sat_out")
    start(round_)
    assert read_again(stands_over).state == "sat_out"
    assert Participation.objects.count() == 1


@pytest.mark.parametrize("state", ["draft", "forming", "completed", "cancelled"])
def test_no_round_starts_in_a_cohort_that_is_not_confirmed(state: str) -> None:
    cohort = make_cohort(state=state)
    before = everything()
    with pytest.raises(MoveRefused):
        start(cohort.rounds.get())
    assert everything() == before


@pytest.mark.parametrize("state", ["proposed", "in_ballot", "running", "closed", "dropped"])
def test_only_a_chosen_round_starts(state: str) -> None:
    cohort = make_cohort(state=CohortState.RUNNING, round_state=state)
    before = everything()
    with pytest.raises(MoveRefused):
        start(cohort.rounds.get())
    assert everything() == before


def test_a_second_round_does_not_start_while_one_runs() -> None:
    cohort = make_cohort(state=CohortState.RUNNING, round_state=RoundState.RUNNING)
    chosen = cohort.rounds.create(course=make_course(), state="fee_check", price_sek=0)
    before = everything()
    with pytest.raises(MoveRefused):
        start(chosen)
    assert everything() == before


def test_a_running_round_is_closed_and_what_was_finished_stays() -> None:
    participation = studying()
    mark(participation, 3)
    by = make_user()
    actions.close_round(round_id=participation.round_id, by=by, now=NOW)
    assert history(participation.round) == [("running", "closed", "user")]
    assert read_again(participation).state == "finished"
    with pytest.raises(MoveRefused):
        actions.close_round(round_id=participation.round_id, by=by, now=NOW)


def test_progress_follows_the_lessons_there_and_back() -> None:
    participation = studying()
    states = []
    for done in (0, 1, 2, 3, 3, 2, 3, 0):
        mark(participation, done)
        states.append(read_again(participation).state)
    assert states == [
        "not_started",
        "started",
        "started",
        "finished",
        "finished",
        "started",
        "finished",
        "started",
    ]


def test_all_lessons_in_one_go_is_started_and_finished() -> None:
    participation = studying()
    mark(participation, 3)
    assert history(participation) == [
        ("not_started", "started", "user"),
        ("started", "finished", "user"),
    ]


def test_the_same_marks_twice_are_the_same_result() -> None:
    participation = studying()
    mark(participation, 2, unclear=1)
    before = everything()
    mark(participation, 2, unclear=1)
    assert everything() == before


def test_each_lesson_keeps_its_three_marks() -> None:
    participation = studying(lessons=2)
    mark(participation, 1, unclear=2, relevant=1)
    marks = LessonMark.objects.order_by("lesson__number")
    assert list(marks.values_list("is_done", "is_unclear", "is_relevant")) == [
        (True, True, True),
        (False, True, False),
    ]


def test_lessons_of_another_course_are_not_marked() -> None:
    participation, other = studying(), studying()
    strange = list(other.round.course.lessons.values_list("pk", flat=True))
    actions.mark_lessons(
        participation_id=participation.pk,
        done=strange,
        unclear=[],
        relevant=[],
        by=participation.enrolment.user,
        now=NOW,
    )
    assert read_again(participation).state == "not_started"
    assert LessonMark.objects.filter(is_done=True).count() == 0


@pytest.mark.parametrize("state", ["offered", "sat_out", "lapsed", "dropped"])
def test_ticking_lessons_takes_nobody_in_who_does_not_study(state: str) -> None:
    participation = studying()
    Participation.objects.update(state=state)
    mark(participation, 3)
    assert read_again(participation).state == state


def test_a_verified_course_stays_verified() -> None:
    participation = studying()
    Participation.objects.update(state="verified")
    mark(participation, 0)
    assert read_again(participation).state == "verified"


def test_the_same_question_twice_is_one_and_an_answered_one_may_be_asked_again() -> None:
    participation = studying()
    enrolment, round_ = participation.enrolment, participation.round
    asked = {"enrolment_id": enrolment.pk, "round_id": round_.pk, "text": "Vad är bias?"}
    for _ in range(2):
        agendas.ask_for_agenda(**asked, lesson_id=None, now=NOW)  # type: ignore[arg-type]  # mixed values
    item = AgendaItem.objects.get()
    meeting = make_meeting(round=round_)
    agendas.answer_agenda_item(item_id=item.pk, meeting_id=meeting.pk, answer="En snedhet.")
    answered = read_again(item)
    assert (answered.answered_in_id, answered.answer) == (meeting.pk, "En snedhet.")
    agendas.ask_for_agenda(**asked, lesson_id=None, now=NOW)  # type: ignore[arg-type]  # mixed values
    assert AgendaItem.objects.count() == 2
