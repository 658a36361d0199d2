"""The ledger of aid granted here, what the register holds of it, and exchange rates."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q

from companies.models import Company
from deminimis import words
from deminimis.rules import EntryKind


class Rate(models.Model):
    """The ECB's reference rate of one day: kronor for one euro."""

    on = models.DateField(primary_key=True)
    sek_per_eur = models.DecimalField(max_digits=9, decimal_places=5)
    source = models.CharField(max_length=10)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(source__in=["ecb", "uploaded", "example"]), name="rate_source_known"
            ),
            models.CheckConstraint(condition=Q(sek_per_eur__gt=Decimal(0)), name="rate_above_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.on}: {self.sek_per_eur}"


class LedgerLock(models.Model):
    """One row that serialises all grants and all changes of who controls whom (docs/locking.md)."""

    def __str__(self) -> str:
        return "ledger lock"


class LedgerEntry(models.Model):
    """One line of aid granted here. Lines are added, never changed; headroom is computed.

    ``case`` names what the aid was for ("participation/42"). ``evidence`` is the whole decision as
    canonical JSON: facts, rule versions, rate and trace; it can be replayed to the same bytes.
    A line that is ``of`` a grant takes from it: its amounts are at most 0, and ``why`` says why.
    """

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="ledger")
    kind = models.CharField(max_length=12, choices=words.ENTRY_KINDS)
    case = models.CharField(max_length=80, db_index=True)
    of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="later")
    granted_on = models.DateField()
    amount_sek = models.DecimalField(max_digits=12, decimal_places=2)
    amount_eur = models.DecimalField(max_digits=12, decimal_places=2)
    regulation = models.CharField(max_length=12)
    evidence = models.TextField(blank=True)
    why = models.TextField(blank=True)
    register_due_on = models.DateField()
    entered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=list(EntryKind)), name="entry_kind_known"),
            models.CheckConstraint(
                condition=Q(kind="grant", of=None) | (~Q(kind="grant") & Q(of__isnull=False)),
                name="entry_corrects_a_grant",
            ),
            models.CheckConstraint(
                condition=Q(kind="grant") | Q(amount_eur__lte=Decimal(0)),
                name="entry_takes_from_its_grant",
            ),
            models.UniqueConstraint(
                fields=["case"], condition=Q(kind="grant"), name="one_grant_per_case"
            ),
        ]

    def __str__(self) -> str:
        return f"ledger {self.pk}: {self.kind} {self.amount_eur} EUR"


class RegisterMark(models.Model):
    """That a line of the ledger has been entered in the national register, when and under what."""

    entry = models.OneToOneField(LedgerEntry, on_delete=models.PROTECT, related_name="mark")
    registered_on = models.DateField()
    reference = models.CharField(max_length=80)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"entry {self.entry_id} registered {self.registered_on}"
