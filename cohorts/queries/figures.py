"""Cohorts in figures, for lists: a fixed number of statements however many cohorts."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.db.models import Count, DateTimeField, F, Min, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast

from cohorts.models import Cohort, CourseRound, Enrolment, Invitation, Meeting, Proof
from cohorts.rules import InvitationState, MeetingState, RoundState
from cohorts.rules.enrolments import MEMBERS, free_seats
from cohorts.rules.proofs import ProofState

EXPIRES_SOON = timedelta(days=3)
NOT_OVER = (RoundState.IN_BALLOT, RoundState.CHOSEN, RoundState.FEE_CHECK, RoundState.RUNNING)


@dataclass(frozen=True, slots=True)
class RoundFigures:
    """One round that is not over, with its next meeting and its questions without an answer."""

    round: CourseRound
    meetings: int
    next_meeting_id: int | None
    next_meeting_at: datetime | None
    questions: int


@dataclass(frozen=True, slots=True)
class CohortFigures:
    """One cohort in figures: seats, invitations, what waits to be checked, rounds not over."""

    cohort: Cohort
    enrolled: int
    invited: int
    drafts: int
    expiring: int
    first_deadline: datetime | None
    proofs: int
    rounds: tuple[RoundFigures, ...]

    @property
    def seats_left(self) -> int:
        """Seats that nobody has, is offered, or is drafted for."""
        return free_seats(
            seats=self.cohort.seats, enrolled=self.enrolled, invited=self.invited + self.drafts
        )

    @property
    def meetings(self) -> int:
        """Meetings that are planned or held in the rounds that are not over."""
        return sum(figures.meetings for figures in self.rounds)

    @property
    def next_meeting_at(self) -> datetime | None:
        """When the next meeting starts, or None."""
        return min((r.next_meeting_at for r in self.rounds if r.next_meeting_at), default=None)

    def in_state(self, *states: RoundState) -> RoundFigures | None:
        """Return the first round in one of ``states``, or None."""
        return next((figures for figures in self.rounds if figures.round.state in states), None)


def figures_of(cohorts: Collection[Cohort], *, now: datetime) -> list[CohortFigures]:
    """Return the figures of ``cohorts``, in their order, in two statements."""
    ids = [cohort.pk for cohort in cohorts]
    counted, rounds = _counted(ids, now=now), _rounds(ids, now=now)
    nothing = 0, None
    return [
        CohortFigures(
            cohort=cohort,
            enrolled=found(_Counted.ENROLLED, nothing)[0],
            invited=found(_Counted.INVITED, nothing)[0],
            drafts=found(_Counted.DRAFTS, nothing)[0],
            expiring=found(_Counted.EXPIRING, nothing)[0],
            first_deadline=found(_Counted.EXPIRING, nothing)[1],
            proofs=found(_Counted.PROOFS, nothing)[0],
            rounds=tuple(rounds.get(cohort.pk, ())),
        )
        for cohort in cohorts
        for found in [counted.get(cohort.pk, {}).get]
    ]


class _Counted(StrEnum):
    ENROLLED = "enrolled"
    INVITED = "invited"
    DRAFTS = "drafts"
    EXPIRING = "expiring"
    PROOFS = "proofs"


def _counted(
    cohort_ids: list[int], *, now: datetime
) -> dict[int, dict[_Counted, tuple[int, datetime | None]]]:
    """Return how many of each there are by cohort, and when the first of them runs out."""
    sent = Invitation.objects.filter(cohort__in=cohort_ids, state=InvitationState.RELEASED)
    first, *others = (
        _by_cohort(_Counted.INVITED, sent),
        _by_cohort(
            _Counted.EXPIRING,
            sent.filter(expires_at__lte=now + EXPIRES_SOON),
            first_at=Min("expires_at"),
        ),
        _by_cohort(
            _Counted.DRAFTS,
            Invitation.objects.filter(cohort__in=cohort_ids, state=InvitationState.DRAFT),
        ),
        _by_cohort(
            _Counted.ENROLLED,
            Enrolment.objects.filter(cohort__in=cohort_ids, state__in=MEMBERS),
        ),
        _by_cohort(
            _Counted.PROOFS,
            Proof.objects.filter(
                participation__enrolment__cohort__in=cohort_ids, state=ProofState.WAITING
            ),
            cohort="participation__enrolment__cohort",
        ),
    )
    found: dict[int, dict[_Counted, tuple[int, datetime | None]]] = {}
    for what, cohort_id, number, first_at in first.union(*others, all=True):
        found.setdefault(cohort_id, {})[_Counted(what)] = number, first_at
    return found


def _by_cohort(
    what: _Counted, rows: QuerySet[Any], *, cohort: str = "cohort", first_at: Any = None
) -> QuerySet[Any, Any]:
    """Return so many ``rows`` by cohort, in columns that all kinds share."""
    never = Cast(Value(None), DateTimeField())
    counted: QuerySet[Any, Any] = (
        rows.order_by()
        .values_list(Value(what.value), F(cohort))
        .annotate(many=Count("pk"), first_at=first_at or never)
    )
    return counted


def _rounds(cohort_ids: list[int], *, now: datetime) -> dict[int, list[RoundFigures]]:
    next_one = Meeting.objects.filter(
        round=OuterRef("pk"), state=MeetingState.SCHEDULED, starts_at__gte=now
    ).order_by("starts_at", "id")
    planned = Q(meetings__state__in=[MeetingState.SCHEDULED, MeetingState.HELD])
    rounds = (
        CourseRound.objects.filter(cohort__in=cohort_ids, state__in=NOT_OVER)
        .select_related("course")
        .annotate(
            planned=Count("meetings", filter=planned, distinct=True),
            next_id=Subquery(next_one.values("pk")[:1]),
            next_at=Subquery(next_one.values("starts_at")[:1]),
            questions=Count("agenda", filter=Q(agenda__answered_in=None), distinct=True),
        )
        .order_by("id")
    )
    found: dict[int, list[RoundFigures]] = {}
    for round_ in rounds:
        found.setdefault(round_.cohort_id, []).append(
            RoundFigures(
                round=round_,
                meetings=round_.planned,
                next_meeting_id=round_.next_id,
                next_meeting_at=round_.next_at,
                questions=round_.questions,
            )
        )
    return found
