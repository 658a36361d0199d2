"""Reads about participations and what they cost."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import QuerySet

from accounts.models import User
from cohorts.models import Cohort, FeeDecision, Participation
from cohorts.rules import EnrolmentState, FeeKind, ParticipationState

WAITS = (FeeKind.CERTIFICATE_REQUESTED, FeeKind.IN_REVIEW, FeeKind.FEE, FeeKind.FREE_AS_AID)


def _with_all() -> QuerySet[Participation]:
    return Participation.objects.select_related(
        "round__course",
        "round__cohort__programme",
        "round__cohort__place",
        "enrolment__user",
        "enrolment__interest__company",
        "enrolment__cohort__programme",
    )


def participations_of(user: User) -> QuerySet[Participation]:
    """Return what ``user`` takes or has taken part in, the latest first."""
    return _with_all().filter(enrolment__user=user).order_by("-id")


def participations_for_officers() -> QuerySet[Participation]:
    """Return every participation, for those who decide on fees."""
    return _with_all()


def current_decision(participation: Participation) -> FeeDecision | None:
    """Return the fee decision that holds now, or None before there is one."""
    return participation.fee_decisions.filter(is_current=True).select_related("company").first()


def waiting_for_companies(company_ids: Collection[int]) -> QuerySet[Participation]:
    """Return the offers to people of these companies that are not answered, oldest first."""
    return (
        _with_all()
        .filter(
            state=ParticipationState.OFFERED,
            enrolment__state=EnrolmentState.ACTIVE,
            enrolment__interest__company__in=company_ids,
            fee_decisions__is_current=True,
            fee_decisions__kind__in=WAITS,
        )
        .order_by("id")
    )


def in_review() -> QuerySet[Participation]:
    """Return the offers that a person must decide on, oldest first."""
    return (
        _with_all()
        .filter(
            state=ParticipationState.OFFERED,
            fee_decisions__is_current=True,
            fee_decisions__kind=FeeKind.IN_REVIEW,
        )
        .order_by("id")
    )


def offered_past(now: datetime) -> QuerySet[Participation]:
    """Return the offers whose time to answer is over."""
    return Participation.objects.filter(
        state=ParticipationState.OFFERED, answer_by__lte=now
    ).order_by("id")


def any_cohort_of(company_id: int) -> Cohort | None:
    """Return the newest cohort with somebody of the company in it, or None."""
    return (
        Cohort.objects.filter(enrolments__interest__company=company_id)
        .select_related("programme")
        .order_by("-id")
        .first()
    )
