"""Rooms that meetings may have, and the times at which nobody can have them."""

from django.db import models
from django.db.models import F, Q

from cohorts import words
from cohorts.rules.rooms import RoomTimeKind
from companies.models import Municipality, Place


class Room(models.Model):
    """A room in a town. One that is ended is kept for the meetings that were held in it."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="rooms")
    name = models.CharField(max_length=100)
    address = models.CharField(max_length=200, blank=True)
    seats = models.PositiveSmallIntegerField()
    is_step_free = models.BooleanField(default=False)
    is_example = models.BooleanField(default=False)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["place", "name"], condition=Q(ended_at=None), name="room_name_once_a_place"
            ),
        ]

    def __str__(self) -> str:
        return f"room {self.pk}"

    @property
    def full_address(self) -> str:
        """The name of the room with its street address, as letters and calendars say it."""
        return ", ".join(part for part in (self.name, self.address) if part)


class RoomTime(models.Model):
    """A time, half-open, at which others have a room or it is closed."""

    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="times")
    kind = models.CharField(max_length=10, choices=words.ROOM_TIME_KINDS)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    note = models.CharField(max_length=100, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["room", "starts_at"], name="room_times")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=list(RoomTimeKind)), name="room_time_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="room_time_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"room {self.room_id}: {self.kind}"


class Break(models.Model):
    """Days, both included, on which no meetings stand in a municipality: a school holiday."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="breaks")
    name = models.CharField(max_length=60)
    first_on = models.DateField()
    last_on = models.DateField()
    is_example = models.BooleanField(default=False)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(last_on__gte=F("first_on")), name="break_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"break {self.pk}: {self.name}"
