"""People who have left a course that they were bound to, for an officer to look at."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from cohorts.models.participations import Participation


class DropOut(models.Model):
    """Somebody left after the start while a fee was owed or aid stood: a person judges.

    ``fee_stays`` and ``aid_stays`` are what was judged; None where there was none, or nothing has
    been judged yet. ``without_conflict`` is the judge's word not to be partial.
    """

    participation = models.OneToOneField(
        Participation, on_delete=models.PROTECT, related_name="drop_out"
    )
    left_at = models.DateTimeField()
    judged_at = models.DateTimeField(null=True)
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    without_conflict = models.BooleanField(default=False)
    fee_stays = models.BooleanField(null=True)
    aid_stays = models.BooleanField(null=True)
    why = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["judged_at", "left_at"], name="drop_out_queue")]
        constraints = [
            models.CheckConstraint(
                condition=Q(judged_at=None)
                | Q(judged_by__isnull=False, without_conflict=True) & ~Q(why=""),
                name="drop_out_judged_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"drop-out {self.pk}: participation {self.participation_id}"
