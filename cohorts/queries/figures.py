"""Cohorts in figures, for lists: a fixed number of statements however many cohorts."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Min, OuterRef, Q, Subquery

from cohorts.models import Cohort, CourseRound, Enrolment, Invitation, Meeting
from cohorts.rules import InvitationState, MeetingState, RoundState
from cohorts.rules.enrolments import MEMBERS, free_seats

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
    """One cohort in figures: seats, invitations, rounds that are not over."""

    cohort: Cohort
    enrolled: int
    invited: int
    drafts: int
    expiring: int
    first_deadline: datetime | None
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
    """Return the figures of ``cohorts``, in their order, in three statements."""
    ids = [cohort.pk for cohort in cohorts]
    enrolled = dict(
        Enrolment.objects.filter(cohort__in=ids, state__in=MEMBERS)
        .values_list("cohort")
        .annotate(Count("pk"))
    )
    open_ones: dict[int, Mapping[str, Any]] = {
        row["cohort"]: row for row in _open_invitations(ids, now=now)
    }
    rounds = _rounds(ids, now=now)
    return [
        CohortFigures(
            cohort=cohort,
            enrolled=enrolled.get(cohort.pk, 0),
            invited=row.get("invited", 0),
            drafts=row.get("drafts", 0),
            expiring=row.get("expiring", 0),
            first_deadline=row.get("first_deadline"),
            rounds=tuple(rounds.get(cohort.pk, ())),
        )
        for cohort in cohorts
        for row in [open_ones.get(cohort.pk, {})]
    ]


def _open_invitations(cohort_ids: list[int], *, now: datetime) -> Collection[Mapping[str, Any]]:
    soon = Q(state=InvitationState.RELEASED, expires_at__lte=now + EXPIRES_SOON)
    counted = (
        Invitation.objects.filter(
            cohort__in=cohort_ids, state__in=[InvitationState.DRAFT, InvitationState.RELEASED]
        )
        .values("cohort")
        .annotate(
            invited=Count("pk", filter=Q(state=InvitationState.RELEASED)),
            drafts=Count("pk", filter=Q(state=InvitationState.DRAFT)),
            expiring=Count("pk", filter=soon),
            first_deadline=Min("expires_at", filter=soon),
        )
    )
    return list(counted)


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
