"""Wishes to be erased, and what was done about each."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from cohorts import words
from cohorts.models.interests import Interest
from cohorts.rules import ErasureState


class Erasure(models.Model):
    """One person to be forgotten: somebody with a log-in, or an interest without one.

    It names rows and numbers, never a person. ``removed`` and ``kept`` count what went and what
    stayed, by the codes of ``cohorts.queries.personal``.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="erasures"
    )
    interest = models.ForeignKey(
        Interest, on_delete=models.PROTECT, null=True, related_name="erasures"
    )
    state = models.CharField(
        max_length=10, choices=words.ERASURE_STATES, default=ErasureState.ASKED
    )
    asked_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    removed = models.JSONField(default=dict)
    kept = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["state", "asked_at"], name="erasure_queue")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=list(ErasureState)), name="erasure_state_known"
            ),
            models.CheckConstraint(
                condition=Q(user=None) ^ Q(interest=None), name="erasure_of_one_person"
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | Q(done_at__isnull=False), name="erasure_done_when"
            ),
            models.UniqueConstraint(
                fields=["user"], condition=Q(state="asked"), name="one_open_erasure_a_user"
            ),
            models.UniqueConstraint(
                fields=["interest"], condition=Q(state="asked"), name="one_open_erasure_an_interest"
            ),
        ]

    def __str__(self) -> str:
        return f"erasure {self.pk}: {self.state}"
