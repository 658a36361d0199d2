"""Interests: non-binding statements by one person in one company."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from cohorts import words
from cohorts.models.courses import Programme
from cohorts.rules import InterestState
from companies.models import Company, Municipality, Place


class Interest(models.Model):
    """Somebody in a company or organisation would like to take part. Never holds a seat.

    ``email`` is where letters go and need not be unique (small firms share info@); ``user`` is the
    log-in identity, made when a seat is accepted. ``link_generation`` is raised to make older
    links in letters void. ``registered_at`` is the place in line and survives an undone withdrawal.
    """

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="interests")
    state = models.CharField(max_length=12, choices=words.INTEREST_STATES)
    name = models.CharField(max_length=200)
    sort_key = models.CharField(max_length=200)
    email = models.EmailField()
    language = models.CharField(max_length=2)
    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="interests")
    company_as_told = models.CharField(max_length=200)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, null=True)
    times = models.JSONField(default=list)
    topics = models.CharField(max_length=500, blank=True)
    link_generation = models.PositiveSmallIntegerField(default=1)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="interests"
    )
    on_behalf_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="brought"
    )
    priority = models.SmallIntegerField(default=0)
    registered_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    paused_until = models.DateField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["email"], name="interest_email"),
            models.Index(fields=["state", "sort_key", "id"], name="interest_list"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=list(InterestState)), name="interest_state_known"
            ),
            models.CheckConstraint(
                condition=Q(language__in=["sv", "en"]), name="interest_language_known"
            ),
        ]

    def __str__(self) -> str:
        return f"interest {self.pk}: {self.state}"


class InterestPlace(models.Model):
    """One place somebody could come to; rank 1 is the one they would rather have."""

    interest = models.ForeignKey(Interest, on_delete=models.CASCADE, related_name="places")
    place = models.ForeignKey(Place, on_delete=models.PROTECT)
    rank = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["rank"]
        constraints = [
            models.UniqueConstraint(fields=["interest", "place"], name="place_ranked_once"),
            models.UniqueConstraint(fields=["interest", "rank"], name="rank_given_once"),
            models.CheckConstraint(condition=Q(rank__gte=1), name="rank_from_one"),
        ]

    def __str__(self) -> str:
        return f"interest {self.interest_id}: {self.rank}. {self.place_id}"
