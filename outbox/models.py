"""Letters that have been promised, and what became of each."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q

from outbox import words
from outbox.rules import LetterState


class MessageQuerySet(models.QuerySet["Message"]):
    def due(self, now: datetime) -> "MessageQuerySet":
        """Return the letters that may be claimed: waiting, their time come, no lease running."""
        free = Q(leased_until=None) | Q(leased_until__lt=now)
        return self.filter(free, state=LetterState.WAITING, next_try_at__lte=now)


class Message(models.Model):
    """An e-mail the product has promised to send.

    Worded once and kept; links are names only, and the address is signed at delivery.
    ``calendars`` are kept as they are sent, so that every try sends the same bytes.
    ``perhaps_twice`` is set when a try ended without an answer, so that it may have arrived then.
    """

    key = models.CharField(max_length=200, unique=True)
    about = models.CharField(max_length=80)
    to = models.EmailField()
    language = models.CharField(max_length=2)
    subject = models.CharField(max_length=300)
    text = models.TextField()
    links = models.JSONField(default=dict)
    fleeting = models.BooleanField(default=False)
    calendars = models.JSONField(default=list)

    state = models.CharField(max_length=10, choices=words.LETTER_STATES)
    queued_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    lease = models.UUIDField(null=True)
    leased_until = models.DateTimeField(null=True)
    perhaps_twice = models.BooleanField(default=False)
    last_fault = models.CharField(max_length=40, blank=True)
    ended_at = models.DateTimeField(null=True)

    objects: ClassVar[MessageQuerySet] = MessageQuerySet.as_manager()  # type: ignore[assignment]  # typed manager

    class Meta:
        indexes = [
            models.Index(fields=["about", "id"], name="message_about"),
            models.Index(
                fields=["next_try_at", "id"],
                condition=Q(state="waiting"),
                name="message_due",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=list(LetterState)), name="message_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", ended_at=None)
                | (~Q(state="waiting") & Q(ended_at__isnull=False)),
                name="message_ended_when_not_waiting",
            ),
        ]

    def __str__(self) -> str:
        return f"message {self.pk}: {self.key}"
