"""When and where those who lead meetings can lead them."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from companies.models import Place


class WorkingTerms(models.Model):
    """What one leader has said: base, places, meetings in one ISO week at most.

    Nothing said is no limit: without a row, places or hours a leader may be planned at any time.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="working_terms"
    )
    base = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, related_name="+")
    serves = models.ManyToManyField(Place, related_name="+")
    most_a_week = models.PositiveSmallIntegerField(null=True)

    def __str__(self) -> str:
        return f"working terms of user {self.user_id}"


class WorkingHours(models.Model):
    """The hours of one weekday, Monday = 0, local time; a leader's other weekdays are free."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="working_hours"
    )
    weekday = models.PositiveSmallIntegerField()
    starts = models.TimeField()
    ends = models.TimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "weekday"], name="working_hours_once_a_day"),
            models.CheckConstraint(condition=Q(weekday__lte=4), name="working_hours_on_workdays"),
            models.CheckConstraint(
                condition=Q(ends__gt=F("starts")), name="working_hours_end_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"user {self.user_id}: weekday {self.weekday}"


class TimeOff(models.Model):
    """A time, half-open, at which a leader leads nothing. The reason is nobody's business."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="times_off"
    )
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["user", "starts_at"], name="times_off")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="time_off_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"user {self.user_id}: off"
