"""One meeting as its leader sees it: who comes, what they need, what is to be talked about."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from cohorts.models import CourseRound, Enrolment, Lesson, Meeting, Presence
from cohorts.rules import AnswerKind, MeetingState
from cohorts.rules.enrolments import MEMBERS
from companies.models import Place


@dataclass(frozen=True, slots=True)
class Attendee:
    """One person and the meeting: the answer given, and whether they were there."""

    enrolment: Enrolment
    answer: str | None
    was_there: bool | None
    is_self_marked: bool = False

    @property
    def is_expected(self) -> bool:
        """Whether the person has not said no."""
        return self.answer != AnswerKind.NO


def people_at(meeting: Meeting, *, all_who_were_ever_in: bool = False) -> list[Attendee]:
    """Return the members, and those who were members then, in name order; two statements."""
    told = {presence.enrolment_id: presence for presence in meeting.presences.all()}
    people = (
        Enrolment.objects.filter(cohort=meeting.round.cohort_id)
        .filter(Q() if all_who_were_ever_in else Q(state__in=MEMBERS) | Q(pk__in=told))
        .select_related("interest__company")
        .order_by("interest__sort_key", "pk")
    )
    unknown = Presence(answer=None, was_there=None)
    return [
        Attendee(one, presence.answer, presence.was_there, presence.is_self_marked)
        for one in people
        for presence in [told.get(one.pk, unknown)]
    ]


def lessons_to_talk_about(round_: CourseRound) -> QuerySet[Lesson]:
    """Return the lessons that somebody found unclear or extra relevant, in order, counted."""
    marks = Q(lessonmark__participation__round=round_)
    return (
        Lesson.objects.filter(course=round_.course_id)
        .annotate(
            unclear=Count("lessonmark", filter=marks & Q(lessonmark__is_unclear=True)),
            relevant=Count("lessonmark", filter=marks & Q(lessonmark__is_relevant=True)),
        )
        .filter(Q(unclear__gt=0) | Q(relevant__gt=0))
        .order_by("number")
    )


def last_time(meeting: Meeting) -> datetime | None:
    """Return when the round's meeting before this one was, or None if it is the first."""
    before = meeting.round.meetings.filter(
        starts_at__lt=meeting.starts_at, state__in=[MeetingState.HELD, MeetingState.CLOSED]
    )
    return before.order_by("-starts_at").values_list("starts_at", flat=True).first()


def lessons_ticked(round_: CourseRound, *, since: datetime | None) -> QuerySet[Lesson]:
    """Return the lessons that somebody has ticked off since then, in order, counted."""
    marks = Q(lessonmark__participation__round=round_, lessonmark__is_done=True)
    if since is not None:
        marks &= Q(lessonmark__done_at__gt=since)
    return (
        Lesson.objects.filter(course=round_.course_id)
        .annotate(done=Count("lessonmark", filter=marks))
        .filter(done__gt=0)
        .order_by("number")
    )


def digital_place() -> Place | None:
    """Return the place that is a screen, or None if this site has none."""
    return Place.objects.filter(municipality=None).order_by("position").first()


def is_to_come(meeting: Meeting) -> bool:
    """Return whether the meeting is planned and may still be changed."""
    return meeting.state == MeetingState.SCHEDULED
