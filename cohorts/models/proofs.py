"""What people show of a course they have gone through."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from cohorts import words
from cohorts.models.participations import Participation
from cohorts.rules.proofs import ProofState


class Proof(models.Model):
    """A provider's certificate of completion, by link or as a file: one for each participation.

    ``file`` is a random name in the private storage, ``kind`` what its content was found to be.
    """

    participation = models.OneToOneField(
        Participation, on_delete=models.PROTECT, related_name="proof"
    )
    state = models.CharField(max_length=10, choices=words.PROOF_STATES, default=ProofState.WAITING)
    link = models.URLField(max_length=300, blank=True)
    file = models.CharField(max_length=80, blank=True)
    kind = models.CharField(max_length=4, blank=True)
    handed_in_at = models.DateTimeField()
    note = models.CharField(max_length=300, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    checked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=list(ProofState)), name="proof_state_known"
            ),
            models.CheckConstraint(
                condition=(Q(link="") & ~Q(file="")) | (~Q(link="") & Q(file="")),
                name="proof_is_a_link_or_a_file",
            ),
        ]

    def __str__(self) -> str:
        return f"proof {self.pk}: {self.state}"
