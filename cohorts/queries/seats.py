"""Reads about seats: how many are left, who is next, what the first round is."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from cohorts.models import (
    Cohort,
    CourseRound,
    Enrolment,
    Interest,
    InterestPlace,
    Invitation,
    Meeting,
)
from cohorts.rules import EnrolmentState, InterestState, InvitationState, MeetingState, RoundState
from cohorts.rules.enrolments import HOLDS_A_SEAT, free_seats

LAST_RANK = 99


def seats_left(cohort: Cohort) -> int:
    """Return how many seats nobody has or is offered. Exact only under the cohort's lock."""
    return free_seats(
        seats=cohort.seats,
        enrolled=cohort.enrolments.filter(state=EnrolmentState.ACTIVE).count(),
        invited=cohort.invitations.filter(state__in=HOLDS_A_SEAT).count(),
    )


def people_expected(cohort: Cohort) -> int:
    """Return how many a room must hold: members and those whose invitation is open."""
    members = cohort.enrolments.filter(state=EnrolmentState.ACTIVE).count()
    return members + cohort.invitations.filter(state=InvitationState.RELEASED).count()


def first_round(cohort: Cohort) -> CourseRound:
    """Return the round that the cohort begins with."""
    return cohort.rounds.select_related("course").order_by("id")[0]


def planned_meetings(cohort: Cohort) -> list[Meeting]:
    """Return the meetings of the cohort that are to be held, soonest first."""
    return list(
        Meeting.objects.filter(round__cohort=cohort, state=MeetingState.SCHEDULED)
        .select_related("place", "round__course", "round__cohort__programme")
        .order_by("starts_at", "id")
    )


def coming_meetings(cohort: Cohort, now: datetime) -> list[Meeting]:
    """Return the meetings of the cohort that are to be held after ``now``, soonest first."""
    return [meeting for meeting in planned_meetings(cohort) if meeting.starts_at > now]


def first_meeting_at(meetings: Sequence[Meeting]) -> datetime | None:
    """Return when the first of ``meetings`` starts, or None if there is none."""
    return meetings[0].starts_at if meetings else None


def placeable(programme_id: int) -> QuerySet[Interest]:
    """Return the active interests with no seat in a cohort that is not over and no open offer."""
    busy = Interest.objects.filter(
        enrolments__state=EnrolmentState.ACTIVE,
        enrolments__cohort__state__in=["draft", "forming", "confirmed", "running"],
    )
    asked = Interest.objects.filter(
        invitations__state__in=[InvitationState.DRAFT, InvitationState.RELEASED]
    )
    return (
        Interest.objects.filter(programme=programme_id, state=InterestState.ACTIVE)
        .exclude(pk__in=busy.values("pk"))
        .exclude(pk__in=asked.values("pk"))
    )


def candidates(cohort: Cohort) -> QuerySet[Interest]:
    """Return those who could be invited: active, same language, place and time that suit.

    Who has a seat in a cohort that is not over, or has an open invitation anywhere, or has said
    no to this cohort or left it, is not among them. Next in line first: priority, rank of the
    place, registered at, id. Each has ``rank`` of the cohort's place.
    """
    rank = InterestPlace.objects.filter(interest=OuterRef("pk"), place=cohort.place_id)
    refused = Invitation.objects.filter(cohort=cohort).values("interest")
    has_been = Enrolment.objects.filter(cohort=cohort)
    return (
        placeable(cohort.programme_id)
        .filter(language=cohort.language, places__place=cohort.place_id)
        .exclude(pk__in=refused)
        .exclude(pk__in=has_been.values("interest"))
        .annotate(rank=Coalesce(Subquery(rank.values("rank")[:1]), LAST_RANK))
        .select_related("company", "programme")
        .order_by(F("priority").desc(), "rank", "registered_at", "id")
    )


def next_in_line(cohort: Cohort, *, many: int) -> list[Interest]:
    """Return up to ``many`` of the candidates whom the cohort's time suits, next in line first."""
    if many <= 0:
        return []
    suited = (
        interest
        for interest in candidates(cohort).iterator(chunk_size=200)
        if suits(interest, cohort.time)
    )
    return [interest for interest, _ in zip(suited, range(many), strict=False)]


def suits(interest: Interest, time: str) -> bool:
    """Return whether somebody can meet at ``time``; no times told means any time."""
    return not interest.times or time in interest.times


def running_round(cohort: Cohort) -> CourseRound | None:
    """Return the round that runs now, or None between rounds."""
    return cohort.rounds.filter(state=RoundState.RUNNING).select_related("course").first()
