"""What one participant sees: the own time line, groups, progress."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, QuerySet

from accounts.models import User
from cohorts.models import (
    Cohort,
    CourseRound,
    Enrolment,
    Interest,
    Invitation,
    Lesson,
    LessonMark,
    Meeting,
    Participation,
    Presence,
)
from cohorts.rules import (
    EnrolmentState,
    FeeKind,
    InvitationState,
    MeetingState,
    ParticipationState,
    RoundState,
)
from cohorts.rules.enrolments import MEMBERS
from voting.models import Ballot
from voting.rules import BallotState


def interests_of(user: User) -> QuerySet[Interest]:
    """Return the interests that are this user's own."""
    return (
        Interest.objects.filter(user=user)
        .select_related("company", "programme")
        .prefetch_related("places__place")
        .order_by("registered_at", "id")
    )


def enrolments_of(user: User) -> QuerySet[Enrolment]:
    """Return the seats that the user has or has had to the end, the newest first."""
    return (
        Enrolment.objects.filter(user=user, state__in=MEMBERS)
        .select_related("cohort__place", "cohort__facilitator", "cohort__programme", "interest")
        .order_by("-cohort__starts_on", "-id")
    )


def groups_of(user: User) -> QuerySet[Cohort]:
    """Return the cohorts that the user is or was a member of."""
    return (
        Cohort.objects.filter(enrolments__user=user, enrolments__state__in=MEMBERS)
        .select_related("place", "facilitator", "programme")
        .distinct()
    )


def open_invitations_of(user: User) -> QuerySet[Invitation]:
    """Return the offers of a seat that wait for the user's answer."""
    return (
        Invitation.objects.filter(interest__user=user, state=InvitationState.RELEASED)
        .select_related("cohort")
        .order_by("expires_at", "id")
    )


def to_answer_of(user: User) -> QuerySet[Participation]:
    """Return the courses that wait for the user's yes, with their current fee decisions."""
    return (
        Participation.objects.filter(
            enrolment__user=user,
            enrolment__state=EnrolmentState.ACTIVE,
            state=ParticipationState.OFFERED,
        )
        .select_related("round__course")
        .order_by("answer_by", "id")
    )


def to_vote_of(user: User) -> QuerySet[Ballot]:
    """Return the open ballots in which the user has not voted."""
    return (
        Ballot.objects.filter(state=BallotState.OPEN, roll__voter=user, roll__has_voted=False)
        .select_related("asked_as")
        .order_by("closes_at", "id")
    )


def coming_meetings_of(user: User, now: datetime) -> QuerySet[Meeting]:
    """Return the user's meetings to come, soonest first, each with the user's own answer."""
    mine = Presence.objects.filter(enrolment__user=user)
    return (
        Meeting.objects.filter(
            round__cohort__enrolments__user=user,
            round__cohort__enrolments__state=EnrolmentState.ACTIVE,
            state=MeetingState.SCHEDULED,
            starts_at__gte=now,
        )
        .select_related("place", "round__course", "round__cohort")
        .prefetch_related(Prefetch("presences", queryset=mine, to_attr="mine"))
        .distinct()
        .order_by("starts_at", "id")
    )


@dataclass(frozen=True, slots=True)
class LessonSeen:
    """One lesson with this person's marks on it."""

    lesson: Lesson
    is_done: bool
    is_unclear: bool
    is_relevant: bool


def lessons_of(participation: Participation) -> list[LessonSeen]:
    """Return the lessons of the course with the person's marks, in order."""
    marks = {
        mark.lesson_id: mark for mark in LessonMark.objects.filter(participation=participation)
    }
    blank = LessonMark()
    return [
        LessonSeen(
            lesson,
            (mark := marks.get(lesson.pk, blank)).is_done,
            mark.is_unclear,
            mark.is_relevant,
        )
        for lesson in Lesson.objects.filter(course=participation.round.course_id)
    ]


def shown_round(cohort: Cohort) -> CourseRound | None:
    """Return the round that the group's page is about: the running one, else the latest chosen."""
    rounds = cohort.rounds.select_related("course").exclude(
        state__in=[RoundState.DROPPED, RoundState.IN_BALLOT, RoundState.PROPOSED]
    )
    running = [round_ for round_ in rounds if round_.state == RoundState.RUNNING]
    waiting = [round_ for round_ in rounds if round_.state != RoundState.CLOSED]
    return next(iter(running or waiting or rounds.order_by("-id")), None)


def participation_in(round_: CourseRound | None, user: User) -> Participation | None:
    """Return how the user takes part in a round, or None."""
    if round_ is None:
        return None
    return (
        round_.participations.filter(enrolment__user=user)
        .select_related("round__course", "enrolment")
        .first()
    )


def waits_for_money(participation: Participation) -> bool:
    """Return whether the answer of somebody else is awaited: a certificate or an officer."""
    return participation.fee_decisions.filter(
        is_current=True, kind__in=[FeeKind.CERTIFICATE_REQUESTED, FeeKind.IN_REVIEW]
    ).exists()
