"""Meetings, who comes and came, and what is to be talked about."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from cohorts import words
from cohorts.models.cohorts import CourseRound
from cohorts.models.courses import Lesson
from cohorts.models.enrolments import Enrolment
from cohorts.rules import AnswerKind, MeetingState
from companies.models import Place


class Meeting(models.Model):
    """One gathering of a cohort during a course round, on site or digital.

    ``uid`` names it in calendars for ever; ``sequence`` is raised by every change of time, place
    or state in the same transaction, and ``revised_at`` is the time of that change.
    ``table_seats`` is how many can sit down; None: nobody is counted. ``note`` is what was said,
    for those who were away.
    """

    round = models.ForeignKey(CourseRound, on_delete=models.PROTECT, related_name="meetings")
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0)
    revised_at = models.DateTimeField()
    state = models.CharField(
        max_length=10, choices=words.MEETING_STATES, default=MeetingState.SCHEDULED
    )
    starts_at = models.DateTimeField()
    duration_minutes = models.PositiveSmallIntegerField(default=60)
    place = models.ForeignKey(Place, on_delete=models.PROTECT)
    address = models.CharField(max_length=200, blank=True)
    facilitator = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="meetings"
    )
    join_link = models.URLField(max_length=300, blank=True)
    dial_in = models.CharField(max_length=60, blank=True)
    gap_reason = models.CharField(max_length=300, blank=True)
    table_seats = models.PositiveSmallIntegerField(null=True)
    note = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "starts_at"], name="meetings_coming")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=list(MeetingState)), name="meeting_state_known"
            ),
            models.CheckConstraint(
                condition=Q(duration_minutes__gte=15, duration_minutes__lte=480),
                name="meeting_15_minutes_to_8_hours",
            ),
        ]

    def __str__(self) -> str:
        return f"meeting {self.pk}: {self.state}"


class Presence(models.Model):
    """One person and one meeting: the answer given beforehand, and whether they were there.

    Both are null until told: unknown is never no. ``is_self_marked``: the person checked in.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="presences")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="presences")
    answer = models.CharField(max_length=10, choices=words.ANSWERS, null=True)  # noqa: DJ001 -- null: unknown
    answered_at = models.DateTimeField(null=True)
    was_there = models.BooleanField(null=True)
    is_self_marked = models.BooleanField(default=False)
    marked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "enrolment"], name="presence_once"),
            models.CheckConstraint(
                condition=Q(answer=None) | Q(answer__in=list(AnswerKind)),
                name="answer_known",
            ),
        ]

    def __str__(self) -> str:
        return f"meeting {self.meeting_id}: enrolment {self.enrolment_id}"


class AgendaItem(models.Model):
    """Something that a participant wants talked about at the next meeting, and the answer.

    Items with the same ``topic`` are one point of the agenda, and get one answer.
    """

    round = models.ForeignKey(CourseRound, on_delete=models.PROTECT, related_name="agenda")
    author = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="agenda_items")
    lesson = models.ForeignKey(Lesson, on_delete=models.PROTECT, null=True)
    text = models.CharField(max_length=1000)
    topic = models.CharField(max_length=120, blank=True)
    asked_at = models.DateTimeField()
    answered_in = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, null=True, related_name="answered"
    )
    answer = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"agenda item {self.pk}"
