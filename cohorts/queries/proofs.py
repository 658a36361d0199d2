"""Reads about certificates of completion."""

from django.db.models import QuerySet

from accounts.models import User
from cohorts.models import Cohort, Participation, Proof


def proof_of(participation: Participation) -> Proof | None:
    """Return what somebody has handed in for a course, or None."""
    return Proof.objects.filter(participation=participation).first()


def proofs_of(user: User) -> QuerySet[Proof]:
    """Return the certificates that somebody has handed in."""
    mine = Proof.objects.filter(participation__enrolment__user=user)
    return mine.select_related("participation__round__course").order_by("pk")


def proofs_in(cohort: Cohort) -> QuerySet[Proof]:
    """Return the certificates of a cohort, those that wait first, in the order they came."""
    return (
        Proof.objects.filter(participation__enrolment__cohort=cohort)
        .select_related(
            "participation__enrolment__interest", "participation__round__course", "checked_by"
        )
        .order_by("checked_at", "handed_in_at", "pk")
    )
