"""A cohort's courses: what it has taken, takes, and takes next; and what members do in them."""

from collections.abc import Iterable

from django.db.models import Count, Q, QuerySet

from cohorts.models import Cohort, CourseRound, Enrolment, Participation, Presence
from cohorts.rules import RoundState
from cohorts.rules.enrolments import MEMBERS


def rounds_of(cohort: Cohort) -> QuerySet[CourseRound]:
    """Return the cohort's rounds with their courses, the latest first; no vote's losers."""
    return (
        cohort.rounds.exclude(state=RoundState.DROPPED)
        .select_related("course", "ballot")
        .order_by("-id")
    )


def round_to_plan(rounds: Iterable[CourseRound]) -> CourseRound | None:
    """Return whose meetings are planned next: the round that runs, else the one chosen."""
    in_votes = (RoundState.PROPOSED, RoundState.IN_BALLOT)
    by_state = {r.state: r for r in rounds if r.ballot is None or r.state not in in_votes}
    order = (RoundState.RUNNING, RoundState.FEE_CHECK, RoundState.CHOSEN, RoundState.PROPOSED)
    return next((by_state[state] for state in order if state in by_state), None)


def round_to_start(rounds: Iterable[CourseRound]) -> CourseRound | None:
    """Return the first of a cohort's rounds that waits to start, or None."""
    waiting = (one for one in rounds if one.state in {RoundState.CHOSEN, RoundState.FEE_CHECK})
    return min(waiting, key=lambda one: one.pk, default=None)


def courses_of(member: Enrolment) -> QuerySet[Participation]:
    """Return the courses a member takes or has taken in the cohort, with lessons done."""
    return (
        member.participations.select_related("round__course")
        .annotate(done=Count("lesson_marks", filter=Q(lesson_marks__is_done=True)))
        .order_by("id")
    )


def meetings_of(member: Enrolment) -> QuerySet[Presence]:
    """Return what a member has answered and whether they were there, meeting by meeting."""
    return member.presences.select_related("meeting__place").order_by("meeting__starts_at", "id")


def answers_in(round_: CourseRound) -> dict[str, int]:
    """Return how many of the cohort's members stand in each state with one round."""
    counted = (
        round_.participations.filter(enrolment__state__in=MEMBERS)
        .values_list("state")
        .annotate(Count("pk"))
        .order_by("state")
    )
    return dict(counted)
