"""The course in second place takes over when the chosen one falls through."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from accounts.steps import acting, record
from cohorts.emails import votes as emails
from cohorts.models import CourseRound
from cohorts.queries.meetings import members_of
from cohorts.queries.runner_up import next_in_order, runner_up_refusal
from cohorts.rules import RoundState
from cohorts.rules.votes import RunnerUpRefusal
from cohorts.steps import lock_cohort, move_round
from cohorts.steps.fees import offer_round
from cohorts.steps.leaving import end_participation, unfinished_in
from deminimis.steps import lock_ledger
from outbox.steps import queue_all


@transaction.atomic(durable=True)
def take_runner_up(
    *, round_id: int, why: str, by: User, now: datetime
) -> CourseRound | RunnerUpRefusal:
    """Drop the chosen round and choose the next in the counted order; return that, or why not.

    Whoever was bound to it owes nothing, and aid that was granted for it is annulled. Fees are
    decided anew and offered to all. Only the new course is told of the order: in a small vote the
    rest stays unknown.
    """
    lock_ledger()  # aid may end with a course
    cohort_id = CourseRound.objects.values_list("cohort_id", flat=True).get(id=round_id)
    cohort = lock_cohort(cohort_id)
    fallen = cohort.rounds.select_related("course", "ballot").get(id=round_id)
    refusal = runner_up_refusal(fallen)
    if refusal is not None:
        return refusal
    following = next_in_order(fallen)
    if following is None:
        return RunnerUpRefusal.NOBODY_LEFT
    actor = acting(by)
    for participation in unfinished_in(fallen):
        end_participation(participation, actor=actor, now=now, why=why, is_not_held=True)
    move_round(fallen, RoundState.DROPPED, actor=actor, now=now, why=why)
    course = following.course
    chosen = CourseRound.objects.create(
        cohort=cohort, course=course, ballot=fallen.ballot, price_sek=course.price_sek
    )
    record(chosen, was="", became=RoundState.PROPOSED, actor=actor, now=now)
    move_round(chosen, RoundState.CHOSEN, actor=actor, now=now, why=why)
    move_round(chosen, RoundState.FEE_CHECK, actor=actor, now=now)
    members = list(members_of(cohort))
    letters = [
        emails.course_replaced(member, chosen, fallen=fallen.course.title, why=why)
        for member in members
    ]
    queue_all(letters, now=now)
    for member in members:
        offer_round(chosen, member, actor=actor, now=now)
    return chosen
