"""Whose needs at the table are still kept, and whose course is over."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from cohorts.models import CourseRound, Enrolment
from cohorts.rules import EnrolmentState, RoundState
from cohorts.rules.cohorts import OVER


def needs_to_erase() -> QuerySet[Enrolment]:
    """Return the seats whose needs or numbers are kept for nothing.

    Those left, those of cohorts that are over, and those between two rounds. A cohort that has not
    begun its first course keeps them.
    """
    rounds = CourseRound.objects.filter(cohort=OuterRef("cohort"))
    is_between = Exists(rounds.filter(state__in=[RoundState.CLOSED, RoundState.DROPPED])) & ~Exists(
        rounds.filter(state=RoundState.RUNNING)
    )
    is_done = ~Q(state=EnrolmentState.ACTIVE) | Q(cohort__state__in=OVER)
    return Enrolment.objects.exclude(needs="", phone="").filter(is_done | is_between)
