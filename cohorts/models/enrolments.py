"""Invitations and seats."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from cohorts import words
from cohorts.models.cohorts import Cohort
from cohorts.models.interests import Interest
from cohorts.rules import EnrolmentState, InvitationState


class Invitation(models.Model):
    """An offer of a seat in one cohort, with a deadline. It holds a seat while released.

    ``reasons`` are the codes by which the proposal chose this person; words for them on pages.
    """

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="invitations")
    interest = models.ForeignKey(Interest, on_delete=models.PROTECT, related_name="invitations")
    state = models.CharField(max_length=10, choices=words.INVITATION_STATES)
    reasons = models.JSONField(default=list)
    link_generation = models.PositiveSmallIntegerField(default=1)
    created_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["state", "expires_at"], name="invitation_deadlines")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=list(InvitationState)), name="invitation_state_known"
            ),
            models.UniqueConstraint(
                fields=["cohort", "interest"],
                condition=Q(state__in=["draft", "released"]),
                name="one_open_invitation",
            ),
            models.CheckConstraint(
                condition=~Q(state="released") | Q(expires_at__isnull=False),
                name="invitation_released_has_deadline",
            ),
        ]

    def __str__(self) -> str:
        return f"invitation {self.pk}: {self.state}"


class Enrolment(models.Model):
    """One person's seat in one cohort.

    ``needs`` and ``phone`` are for whoever leads, and are erased when the course is over.
    """

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="enrolments")
    interest = models.ForeignKey(Interest, on_delete=models.PROTECT, related_name="enrolments")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="enrolments"
    )
    state = models.CharField(
        max_length=12, choices=words.ENROLMENT_STATES, default=EnrolmentState.ACTIVE
    )
    needs = models.CharField(max_length=500, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    enrolled_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=list(EnrolmentState)), name="enrolment_state_known"
            ),
            models.UniqueConstraint(
                fields=["cohort", "interest"],
                condition=Q(state="active"),
                name="one_seat_per_interest",
            ),
            models.UniqueConstraint(
                fields=["cohort", "user"], condition=Q(state="active"), name="one_seat_per_person"
            ),
        ]

    def __str__(self) -> str:
        return f"enrolment {self.pk}: {self.state}"
