"""A round of a course: its start and end, lessons ticked off."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction

from accounts.models import User
from accounts.rules import MoveRefused
from accounts.steps import acting
from cohorts.models import CourseRound, Enrolment, Lesson, LessonMark, Participation
from cohorts.queries.needs import kept_needs
from cohorts.queries.seats import planned_meetings
from cohorts.rules import CohortState, EnrolmentState, ParticipationState, RoundState
from cohorts.rules.cohorts import ConfirmRefusal, confirm_refusal
from cohorts.steps import lock_cohort, move_cohort, move_participation, move_round
from cohorts.steps.access import note_used
from cohorts.steps.fees import offer_round


@transaction.atomic(durable=True)
def confirm_cohort(*, cohort_id: int, by: User, now: datetime) -> ConfirmRefusal | None:
    """Settle that a cohort will start; return why it cannot yet, or None.

    :raises MoveRefused: if it is not forming.
    """
    cohort = lock_cohort(cohort_id)
    refusal = confirm_refusal(
        accepted=cohort.enrolments.filter(state=EnrolmentState.ACTIVE).count(),
        least=cohort.least,
        meetings=len(planned_meetings(cohort)),
    )
    if refusal is None:
        move_cohort(cohort, CohortState.CONFIRMED, actor=acting(by), now=now)
    return refusal


@transaction.atomic(durable=True)
def start_round(
    *, round_id: int, starts_on: date, ends_on: date, by: User, now: datetime
) -> CourseRound:
    """Start a course round; a confirmed cohort runs from here. Members of a free round take part.

    :raises MoveRefused: if the round, or the cohort, is not ready to start, or another one runs.
    """
    cohort_id = CourseRound.objects.values_list("cohort_id", flat=True).get(id=round_id)
    cohort = lock_cohort(cohort_id)
    round_ = cohort.rounds.select_for_update(of=("self",)).select_related("course").get(id=round_id)
    if cohort.rounds.filter(state=RoundState.RUNNING).exists():
        raise MoveRefused(f"courseround/{round_.pk}", round_.state, RoundState.RUNNING)
    actor = acting(by)
    if cohort.state != CohortState.RUNNING:
        move_cohort(cohort, CohortState.RUNNING, actor=actor, now=now)
    if round_.state == RoundState.CHOSEN:
        move_round(round_, RoundState.FEE_CHECK, actor=actor, now=now)
    round_.starts_on, round_.ends_on = starts_on, ends_on
    move_round(round_, RoundState.RUNNING, actor=actor, now=now, fields=("starts_on", "ends_on"))
    round_.cohort = cohort
    for enrolment in _members(cohort.pk):
        offer_round(round_, enrolment, actor=actor, now=now)
    return round_


@transaction.atomic(durable=True)
def close_round(*, round_id: int, by: User, now: datetime) -> None:
    """End a round; what people have finished stays as they said, what they need at the table goes.

    Whoever says it again before the next round keeps it for that one.

    :raises MoveRefused: if it does not run.
    """
    round_ = CourseRound.objects.select_for_update().get(id=round_id)
    move_round(round_, RoundState.CLOSED, actor=acting(by), now=now)
    kept_needs().filter(cohort=round_.cohort_id).update(needs="", phone="")


@transaction.atomic(durable=True)
def mark_lessons(  # noqa: PLR0913 -- three marks on a lesson
    *,
    participation_id: int,
    done: Collection[int],
    unclear: Collection[int],
    relevant: Collection[int],
    by: User,
    now: datetime,
) -> None:
    """Write down which lessons a person has done, found unclear, found extra relevant.

    The whole picture is told each time, so the same post twice is the same result. The progress
    of the participation follows: started with the first lesson, finished with the last.
    """
    participation = (
        Participation.objects.select_for_update(of=("self",))
        .select_related("round")
        .get(id=participation_id)
    )
    lessons = list(Lesson.objects.filter(course=participation.round.course_id))
    known = {mark.lesson_id: mark for mark in participation.lesson_marks.all()}
    for lesson in lessons:
        mark = known.get(lesson.pk) or LessonMark(participation=participation, lesson=lesson)
        told = (lesson.pk in done, lesson.pk in unclear, lesson.pk in relevant)
        if told == (mark.is_done, mark.is_unclear, mark.is_relevant):
            continue
        if told[0] != mark.is_done:
            mark.done_at = now if told[0] else None
        mark.is_done, mark.is_unclear, mark.is_relevant = told
        mark.marked_at = now
        mark.save()
    ticked = sum(lesson.pk in done for lesson in lessons)
    _follow_progress(participation, ticked=ticked, of=len(lessons), by=by, now=now)


def _members(cohort_id: int) -> list[Enrolment]:
    return list(
        Enrolment.objects.filter(cohort=cohort_id, state=EnrolmentState.ACTIVE)
        .select_related("interest__company", "cohort__programme", "user")
        .order_by("id")
    )


def _follow_progress(
    participation: Participation, *, ticked: int, of: int, by: User, now: datetime
) -> None:
    """Move a participation along as lessons are ticked; a verified one stays as it is."""
    actor = acting(by)
    state = ParticipationState(participation.state)
    if ticked and state is ParticipationState.NOT_STARTED:
        move_participation(participation, ParticipationState.STARTED, actor=actor, now=now)
        note_used(participation, actor=actor, now=now)
        state = ParticipationState.STARTED
    if ticked == of and state is ParticipationState.STARTED:
        move_participation(participation, ParticipationState.FINISHED, actor=actor, now=now)
    elif ticked < of and state is ParticipationState.FINISHED:
        move_participation(participation, ParticipationState.STARTED, actor=actor, now=now)
