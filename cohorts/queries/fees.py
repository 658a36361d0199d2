"""Reads about participations and what they cost."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import User
from cohorts.models import Cohort, CourseRound, FeeDecision, Participation
from cohorts.rules import EnrolmentState, FeeKind, ParticipationState
from cohorts.rules.fees import WAITS_FOR_US, FeeStage, fee_stage
from companies.models import Company
from deminimis.engine import Rule
from deminimis.models import Certificate, LedgerEntry
from deminimis.queries import group_of
from deminimis.queries.ledger import standing
from deminimis.rules import CertificateState, EntryKind

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


def grant_of(participation: Participation) -> LedgerEntry | None:
    """Return the aid that a place was granted as, or None."""
    case = f"participation/{participation.pk}"
    return LedgerEntry.objects.filter(case=case, kind=EntryKind.GRANT).first()


def standing_grant_of(participation: Participation) -> LedgerEntry | None:
    """Return the aid that a place was granted as and that is still worth something, or None."""
    entry = grant_of(participation)
    return entry if entry is not None and standing(entry).eur > 0 else None


def waiting_for_companies(
    company_ids: Collection[int], *, waived_too: bool = False
) -> QuerySet[Participation]:
    """Return the offers to people of these companies that are not answered, oldest first.

    ``waived_too``: also those that cost nothing because the company is no undertaking.
    """
    return (
        _with_all()
        .filter(
            state=ParticipationState.OFFERED,
            enrolment__state=EnrolmentState.ACTIVE,
            enrolment__interest__company__in=company_ids,
            fee_decisions__is_current=True,
            fee_decisions__kind__in=(*WAITS, FeeKind.WAIVED) if waived_too else WAITS,
        )
        .order_by("id")
    )


def waiting_for_a_rate() -> QuerySet[Participation]:
    """Return the offers that nobody can decide on before a newer exchange rate, oldest first."""
    return (
        _with_all()
        .filter(
            state=ParticipationState.OFFERED,
            enrolment__state=EnrolmentState.ACTIVE,
            fee_decisions__is_current=True,
            fee_decisions__rule=Rule.FX_RATE_MISSING,
        )
        .order_by("id")
    )


def waiting_in(round_: CourseRound) -> QuerySet[Participation]:
    """Return the offers of one round that are not answered, oldest first."""
    return (
        _with_all()
        .filter(
            round=round_,
            state=ParticipationState.OFFERED,
            enrolment__state=EnrolmentState.ACTIVE,
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


def stage_of(participation: Participation, decision: FeeDecision) -> FeeStage:
    """Return how far the question of the cost has come: a certificate handed in is *submitted*."""
    return stage_in(participation.enrolment.interest.company, FeeKind(decision.kind))


def stage_in(company: Company, kind: FeeKind) -> FeeStage:
    """Return how far the question of a cost of this kind has come for people of a company.

    A certificate of any company of the group may be the one that is waited for.
    """
    if kind is not FeeKind.CERTIFICATE_REQUESTED:
        return fee_stage(kind, is_handed_in=False)
    group = group_of(company)
    waiting = Certificate.objects.filter(company__in=group, state=CertificateState.SUBMITTED)
    return fee_stage(kind, is_handed_in=waiting.exists())


def is_late(participation: Participation, *, now: datetime) -> bool:
    """Return whether the time to answer is over. It never is while the answer waits for us."""
    if participation.answer_by is None or now < participation.answer_by:
        return False
    decision = current_decision(participation)
    return decision is None or stage_of(participation, decision) not in WAITS_FOR_US


def offered_past(now: datetime) -> QuerySet[Participation]:
    """Return the offers whose time to answer is over; some of them may wait for us."""
    return _with_all().filter(state=ParticipationState.OFFERED, answer_by__lte=now).order_by("id")


def offers_to_remind(now: datetime, *, within: timedelta) -> QuerySet[Participation]:
    """Return the offers whose last day is near, and which do not wait for an officer's word."""
    in_review = FeeDecision.objects.filter(
        participation=OuterRef("pk"), is_current=True, kind=FeeKind.IN_REVIEW
    )
    return (
        _with_all()
        .filter(
            ~Exists(in_review),
            state=ParticipationState.OFFERED,
            enrolment__state=EnrolmentState.ACTIVE,
            answer_by__gt=now,
            answer_by__lte=now + within,
        )
        .order_by("id")
    )


def any_cohort_of(company_id: int) -> Cohort | None:
    """Return the newest cohort with somebody of the company in it, or None."""
    return (
        Cohort.objects.filter(enrolments__interest__company=company_id)
        .select_related("programme")
        .order_by("-id")
        .first()
    )
