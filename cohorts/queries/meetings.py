"""Reads about meetings."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from accounts.models import User
from accounts.queries import roles_of
from accounts.rules import Role
from cohorts.models import Cohort, CourseRound, Enrolment, Meeting, Presence
from cohorts.rules import AnswerKind, CohortState, MeetingState
from cohorts.rules.enrolments import MEMBERS
from cohorts.rules.meetings import REMIND_DAYS_BEFORE, Stands

REMIND_FROM = time(9)
TO_BE_HELD_OR_HELD = (MeetingState.SCHEDULED, MeetingState.HELD, MeetingState.CLOSED)


def series_of(round_: CourseRound) -> QuerySet[Meeting]:
    """Return the meetings of a round that are or were to be held, soonest first."""
    return (
        round_.meetings.filter(state__in=TO_BE_HELD_OR_HELD)
        .select_related("place", "facilitator", "round__course", "round__cohort__programme")
        .order_by("starts_at", "id")
    )


def as_they_stand(meetings: Iterable[Meeting]) -> list[Stands]:
    """Return what the rhythm asks of meetings that stand."""
    return [
        Stands(timezone.localdate(one.starts_at), has_reason=bool(one.gap_reason))
        for one in meetings
    ]


def members_of(cohort: Cohort) -> QuerySet[Enrolment]:
    """Return the members of a cohort, also of one that is over, in Swedish name order."""
    return (
        cohort.enrolments.filter(state__in=MEMBERS)
        .select_related("interest__company", "interest__programme", "cohort__programme", "user")
        .order_by("interest__sort_key", "id")
    )


def coming_in_public(now: datetime) -> QuerySet[Meeting]:
    """Return the meetings to come of all cohorts, for the public page: no names, no links."""
    return (
        Meeting.objects.filter(
            state=MeetingState.SCHEDULED,
            starts_at__gte=now,
            round__cohort__state__in=[
                CohortState.FORMING,
                CohortState.CONFIRMED,
                CohortState.RUNNING,
            ],
        )
        .select_related("place", "round__course", "round__cohort")
        .order_by("starts_at", "id")
    )


def meetings_for(user: User) -> QuerySet[Meeting]:
    """Return the meetings that ``user`` is a member for, leads, or coordinates."""
    meetings = Meeting.objects.select_related(
        "place", "facilitator", "round__course", "round__cohort__programme"
    )
    if Role.COORDINATOR in roles_of(user):
        return meetings.order_by("starts_at", "id")
    mine = Enrolment.objects.filter(user=user, state__in=MEMBERS).values("cohort")
    return meetings.filter(
        Q(round__cohort__in=mine) | Q(facilitator=user) | Q(round__cohort__facilitator=user)
    ).order_by("starts_at", "id")


def led_by(user: User) -> QuerySet[Meeting]:
    """Return the meetings that ``user`` leads, or all for a coordinator."""
    meetings = Meeting.objects.select_related(
        "place", "facilitator", "round__course", "round__cohort__programme"
    )
    if Role.COORDINATOR in roles_of(user):
        return meetings.order_by("starts_at", "id")
    return meetings.filter(Q(facilitator=user) | Q(round__cohort__facilitator=user)).order_by(
        "starts_at", "id"
    )


def answers_of(meeting: Meeting) -> dict[str, int]:
    """Return how many come on site, digitally, or not; those who have not answered are left out."""
    return meeting.presences.aggregate(
        on_site=Count("id", filter=Q(answer=AnswerKind.ON_SITE)),
        digital=Count("id", filter=Q(answer=AnswerKind.DIGITAL)),
        no=Count("id", filter=Q(answer=AnswerKind.NO)),
        waiting=Count("id", filter=Q(answer=AnswerKind.WAITING)),
    )


def meetings_to_remind(now: datetime) -> list[Meeting]:
    """Return the meetings to come whose reminder is due: from nine, two local days before.

    One that was planned or changed after that hour is left out: its letter has just been read. When
    the clock has stood still, the reminder goes late, but never after the start.
    """
    local = timezone.localtime(now)
    has_begun = local.time() >= REMIND_FROM
    day = local.date() + timedelta(days=REMIND_DAYS_BEFORE + has_begun)
    until = timezone.make_aware(datetime.combine(day, time.min))
    coming = (
        Meeting.objects.filter(state=MeetingState.SCHEDULED, starts_at__gt=now, starts_at__lt=until)
        .select_related("place", "round__cohort__programme", "round__course")
        .order_by("starts_at", "id")
    )
    return [meeting for meeting in coming if meeting.revised_at <= reminded_from(meeting)]


def reminded_from(meeting: Meeting) -> datetime:
    """Return when the reminders of a meeting begin to go."""
    day = timezone.localdate(meeting.starts_at) - timedelta(days=REMIND_DAYS_BEFORE)
    return timezone.make_aware(datetime.combine(day, REMIND_FROM))


def expected_at(meeting: Meeting) -> QuerySet[Enrolment]:
    """Return the members to remind: not who has said no, nor who joined after reminders began."""
    said_no = meeting.presences.filter(answer=AnswerKind.NO).values("enrolment")
    in_time = members_of(meeting.round.cohort).filter(enrolled_at__lte=reminded_from(meeting))
    return in_time.exclude(pk__in=said_no)


def presence_of(meeting: Meeting, enrolment: Enrolment | None) -> Presence | None:
    """Return the answer and attendance of one member, or None before there is any."""
    if enrolment is None:
        return None
    return meeting.presences.filter(enrolment=enrolment).first()
