"""Whose needs at the table are still kept, and whose course is over."""

from django.db.models import Q, QuerySet

from cohorts.models import Enrolment
from cohorts.rules import EnrolmentState
from cohorts.rules.cohorts import OVER


def kept_needs() -> QuerySet[Enrolment]:
    """Return the seats for which something is kept: a need or a number."""
    return Enrolment.objects.exclude(needs="", phone="")


def needs_to_erase() -> QuerySet[Enrolment]:
    """Return the seats whose needs or numbers are kept for nothing.

    Those left and those of cohorts that are over. A round that is closed erases its own at once:
    what is said after that is for the next one.
    """
    return kept_needs().filter(~Q(state=EnrolmentState.ACTIVE) | Q(cohort__state__in=OVER))
