"""What two people settle by word, and aid that is claimed back."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from companies.models import Company
from deminimis import words
from deminimis.models.ledger import LedgerEntry
from deminimis.rules import RecoveryState, SettlementState


class Settlement(models.Model):
    """What a person's word settles in one case: the declaration, or how much of one aid counts.

    ``key`` names what: "declaration", or an aid as the evidence names it. The engine decides again
    with the facts so settled; no word goes past the ceiling. A second person approves.
    """

    case = models.CharField(max_length=80, db_index=True)
    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="settlements")
    state = models.CharField(
        max_length=10, choices=words.SETTLEMENT_STATES, default=SettlementState.PROPOSED
    )
    rule = models.CharField(max_length=40)
    key = models.CharField(max_length=40)
    counts_eur = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    reason = models.TextField()
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    proposed_at = models.DateTimeField()
    proposed_without_conflict = models.BooleanField(default=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    decided_without_conflict = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=list(SettlementState)), name="settlement_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state="approved")
                | Q(proposed_without_conflict=True, decided_without_conflict=True),
                name="settlement_without_conflict",
            ),
            models.CheckConstraint(
                condition=~Q(state="approved")
                | (Q(decided_by__isnull=False) & ~Q(decided_by=F("proposed_by"))),
                name="settlement_by_two_people",
            ),
            models.UniqueConstraint(
                fields=["case", "key"],
                condition=Q(state__in=["proposed", "approved"]),
                name="one_settlement_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"settlement {self.pk}: {self.rule} {self.state}"


class Recovery(models.Model):
    """Aid to be paid back since the declaration was false: the sum, and interest from a day on."""

    entry = models.OneToOneField(LedgerEntry, on_delete=models.PROTECT, related_name="recovery")
    state = models.CharField(
        max_length=10, choices=words.RECOVERY_STATES, default=RecoveryState.OPENED
    )
    why = models.TextField()
    sum_sek = models.DecimalField(max_digits=12, decimal_places=2)
    interest_percent = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    interest_sek = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    pay_by = models.DateField(null=True)
    evidence = models.TextField()
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    opened_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=list(RecoveryState)), name="recovery_state_known"
            ),
        ]

    def __str__(self) -> str:
        return f"recovery {self.pk}: {self.state}"
