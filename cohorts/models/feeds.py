"""Calendars to subscribe to: secret addresses, known here only as a hash."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from cohorts.models.cohorts import Cohort


class Feed(models.Model):
    """One secret address of a calendar: the owner's own meetings, or those of one cohort.

    Only the SHA-256 of the token is kept. A new address ends the old one; an ended one is kept, so
    that nobody can be given it again.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="feeds"
    )
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, null=True, related_name="feeds")
    token_digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner"],
                condition=Q(ended_at=None, cohort=None),
                name="one_own_feed_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["owner", "cohort"],
                condition=Q(ended_at=None, cohort__isnull=False),
                name="one_cohort_feed_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"feed {self.pk}"
