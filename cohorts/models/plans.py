"""Plans in the making: many cohorts planned at once by the worker, and cohorts proposed."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from cohorts import words
from cohorts.models.courses import Programme
from cohorts.rules.plans import PlanJobState


class PlanJob(models.Model):
    """A joint plan that somebody has asked for. ``wish`` is what for, ``answer`` what came of it.

    ``progress`` is told by the worker while it searches. The rest is written once.
    """

    state = models.CharField(
        max_length=10, choices=words.PLAN_JOB_STATES, default=PlanJobState.WAITING
    )
    wish = models.JSONField()
    progress = models.JSONField(default=dict)
    answer = models.JSONField(default=dict)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField()
    begun_at = models.DateTimeField(null=True)
    heard_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["state", "id"], name="plan_jobs_in_line")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=list(PlanJobState)), name="plan_job_state_known"
            ),
        ]

    def __str__(self) -> str:
        return f"plan job {self.pk}: {self.state}"


class Forming(models.Model):
    """A proposal of cohorts that is kept: who is in which, who waits why, and what is pinned.

    ``wish`` holds sizes, pins and who is to be together or apart; ``answer`` the cohorts and the
    reasons, by the ids of interests. ``opened`` are the numbers of cohorts that have become real.
    """

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="formings")
    wish = models.JSONField()
    answer = models.JSONField()
    opened = models.JSONField(default=dict)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"forming {self.pk}"
