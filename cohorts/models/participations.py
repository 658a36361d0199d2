"""Taking part in one course round: progress, and what it costs."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q

from cohorts import words
from cohorts.models.cohorts import CourseRound
from cohorts.models.courses import Lesson
from cohorts.models.enrolments import Enrolment
from cohorts.rules import FeeKind, ParticipationState
from companies.models import Company


class Participation(models.Model):
    """One enrolment in one course round."""

    round = models.ForeignKey(CourseRound, on_delete=models.PROTECT, related_name="participations")
    enrolment = models.ForeignKey(
        Enrolment, on_delete=models.PROTECT, related_name="participations"
    )
    state = models.CharField(
        max_length=12, choices=words.PARTICIPATION_STATES, default=ParticipationState.OFFERED
    )
    answer_by = models.DateTimeField(null=True)
    confirmed_on = models.DateField(null=True)
    wants_reminders = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "enrolment"], name="takes_part_once"),
            models.CheckConstraint(
                condition=Q(state__in=list(ParticipationState)), name="participation_state_known"
            ),
        ]

    def __str__(self) -> str:
        return f"participation {self.pk}: {self.state}"


class FeeDecision(models.Model):
    """What one participation costs and why, frozen when made.

    A later decision supersedes it and it stays. ``value_sek`` is what the place is worth;
    ``meetings_sek`` of it are the meetings, the rest is the course. ``evidence`` is the engine's
    whole decision as canonical JSON where the aid rule was asked; empty where a free course
    needed no question. ``decided_by`` is who asked for it, ``without_conflict`` their word not to
    be partial; without anybody the rule was asked by the site.
    """

    participation = models.ForeignKey(
        Participation, on_delete=models.PROTECT, related_name="fee_decisions"
    )
    kind = models.CharField(max_length=22, choices=words.FEE_KINDS)
    fee_sek = models.DecimalField(max_digits=9, decimal_places=2)
    value_sek = models.DecimalField(max_digits=9, decimal_places=2)
    meetings_sek = models.DecimalField(max_digits=9, decimal_places=2, default=Decimal(0))
    company = models.ForeignKey(Company, on_delete=models.PROTECT, null=True, related_name="+")
    rule = models.CharField(max_length=40)
    evidence = models.TextField(blank=True)
    why = models.TextField(blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField()
    without_conflict = models.BooleanField(default=False)
    is_current = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=list(FeeKind)), name="fee_kind_known"),
            models.CheckConstraint(condition=Q(fee_sek__gte=Decimal(0)), name="fee_not_negative"),
            models.CheckConstraint(
                condition=Q(kind="fee") | Q(fee_sek=Decimal(0)), name="only_a_fee_costs"
            ),
            models.UniqueConstraint(
                fields=["participation"],
                condition=Q(is_current=True),
                name="one_current_fee_decision",
            ),
        ]

    def __str__(self) -> str:
        return f"fee decision {self.pk}: {self.kind}"


class LessonMark(models.Model):
    """What one person says about one lesson: ticked off (and when), unclear, extra relevant."""

    participation = models.ForeignKey(
        Participation, on_delete=models.CASCADE, related_name="lesson_marks"
    )
    lesson = models.ForeignKey(Lesson, on_delete=models.PROTECT)
    is_done = models.BooleanField(default=False)
    is_unclear = models.BooleanField(default=False)
    is_relevant = models.BooleanField(default=False)
    done_at = models.DateTimeField(null=True)
    marked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["participation", "lesson"], name="lesson_marked_once"),
        ]

    def __str__(self) -> str:
        return f"participation {self.participation_id}: lesson {self.lesson_id}"
