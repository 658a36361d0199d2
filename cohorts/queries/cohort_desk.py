"""One cohort as its facilitator sees it: people and the quiet ones, invitations, rhythm."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import pairwise

from django.db.models import Count, Max, Q, QuerySet
from django.utils import timezone

from cohorts.models import (
    Cohort,
    CourseRound,
    Enrolment,
    Invitation,
    Meeting,
    Participation,
)
from cohorts.queries.meetings import members_of
from cohorts.rules import (
    GAP_DAYS,
    AnswerKind,
    InvitationState,
    MeetingState,
    ParticipationState,
    RoundState,
)

QUIET_AFTER = timedelta(days=14)
STUDYING = (ParticipationState.NOT_STARTED, ParticipationState.STARTED)


@dataclass(frozen=True, slots=True)
class Member:
    """One member: lessons done in the round that runs, meetings attended, whether silent."""

    enrolment: Enrolment
    participation: Participation | None
    done: int
    lessons: int
    last_at: datetime | None
    came: int
    marked: int
    is_quiet: bool


@dataclass(frozen=True, slots=True)
class Beat:
    """One meeting in the rhythm, with the local days since the one before it in its round."""

    meeting: Meeting
    gap_days: int | None
    answers: dict[str, int]

    @property
    def breaks_rhythm(self) -> bool:
        """Whether the gap lies outside 14..28 days."""
        return self.gap_days is not None and not GAP_DAYS[0] <= self.gap_days <= GAP_DAYS[1]


def members_with_progress(cohort: Cohort, *, now: datetime) -> list[Member]:
    """Return the members in name order, in three statements.

    Somebody is quiet who studies a course and has not marked a lesson for fourteen days, nor been
    at a meeting in that time.
    """
    running = cohort.rounds.filter(state=RoundState.RUNNING)
    round_ = running.annotate(lessons=Count("course__lessons")).first()
    lessons = round_.lessons if round_ else 0
    studies = {study.participation.enrolment_id: study for study in _studies(round_)}
    there = Q(presences__was_there=True)
    members = members_of(cohort).annotate(
        came=Count("presences", filter=there),
        marked=Count("presences", filter=Q(presences__was_there__isnull=False)),
        last_meeting_at=Max("presences__meeting__starts_at", filter=there),
    )
    return [
        Member(
            enrolment=one,
            participation=study.participation if study else None,
            done=study.done if study else 0,
            lessons=lessons,
            last_at=last_at,
            came=one.came,
            marked=one.marked,
            is_quiet=study is not None
            and study.participation.state in STUDYING
            and now - max(last_at or one.enrolled_at, study.since) > QUIET_AFTER,
        )
        for one in members
        for study in [studies.get(one.pk)]
        for last_at in [_later(one.last_meeting_at, study.last_at if study else None)]
    ]


def invitations_by_state(cohort: Cohort) -> QuerySet[Invitation]:
    """Return all that were sent, the latest change first; drafts have a page of their own."""
    return (
        cohort.invitations.exclude(state=InvitationState.DRAFT)
        .exclude(released_at=None)
        .select_related("interest__company")
        .order_by("state", "expires_at", "id")
    )


def rhythm_of(cohort: Cohort) -> list[Beat]:
    """Return the cohort's meetings, round by round and soonest first, in one statement."""
    meetings = list(
        Meeting.objects.filter(round__cohort=cohort)
        .select_related("place", "round__course")
        .annotate(
            on_site=Count("presences", filter=Q(presences__answer=AnswerKind.ON_SITE)),
            digital=Count("presences", filter=Q(presences__answer=AnswerKind.DIGITAL)),
            no=Count("presences", filter=Q(presences__answer=AnswerKind.NO)),
        )
        .order_by("starts_at", "id")
    )
    gaps = dict(_gaps([m for m in meetings if m.state != MeetingState.CANCELLED]))
    return [
        Beat(
            meeting,
            gaps.get(meeting.pk),
            {"on_site": meeting.on_site, "digital": meeting.digital, "no": meeting.no},
        )
        for meeting in meetings
    ]


@dataclass(frozen=True, slots=True)
class _Study:
    participation: Participation
    done: int
    last_at: datetime | None
    since: datetime


def _studies(round_: CourseRound | None) -> Iterator[_Study]:
    if round_ is None or round_.starts_on is None:
        return
    since = timezone.make_aware(datetime.combine(round_.starts_on, time.min))
    found = round_.participations.annotate(
        done=Count("lesson_marks", filter=Q(lesson_marks__is_done=True)),
        last_at=Max("lesson_marks__marked_at"),
    )
    for participation in found:
        yield _Study(participation, participation.done, participation.last_at, since)


def _later(one: datetime | None, other: datetime | None) -> datetime | None:
    return max((moment for moment in (one, other) if moment), default=None)


def _gaps(meetings: list[Meeting]) -> Iterator[tuple[int, int]]:
    """Yield each meeting but a round's first, with the local days since the one before."""
    for before, after in pairwise(meetings):
        if before.round_id == after.round_id:
            first, later = (timezone.localdate(m.starts_at) for m in (before, after))
            yield after.pk, (later - first).days
