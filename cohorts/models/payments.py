"""Fees that somebody has accepted to pay, and the invoice bases they have gone out in."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q

from cohorts import words
from cohorts.models.participations import FeeDecision, Participation
from cohorts.rules.payments import FEE_STANDS, FeeState, Payer
from companies.models import Company


class InvoiceBatch(models.Model):
    """One invoice basis: the fees that went out together. It can be fetched as often as needed."""

    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    def __str__(self) -> str:
        return f"invoice batch {self.pk}"


class Fee(models.Model):
    """What one place costs somebody: who pays, on which terms, how far it has come.

    Amount, VAT and terms are frozen when it is asked for. ``signer`` is who said yes for the
    company, by log-in or by the letter's link; empty until then. ``link_generation`` is raised to
    make an older letter's link void.
    """

    participation = models.ForeignKey(Participation, on_delete=models.PROTECT, related_name="fees")
    decision = models.ForeignKey(FeeDecision, on_delete=models.PROTECT, related_name="fees")
    state = models.CharField(max_length=10, choices=words.FEE_STATES)
    payer = models.CharField(max_length=10, choices=words.PAYERS)
    company = models.ForeignKey(Company, on_delete=models.PROTECT, null=True, related_name="fees")
    amount_sek = models.DecimalField(max_digits=9, decimal_places=2)
    vat_percent = models.DecimalField(max_digits=4, decimal_places=2)
    vat_sek = models.DecimalField(max_digits=9, decimal_places=2)
    payment_days = models.PositiveSmallIntegerField()

    asked_at = models.DateTimeField()
    asked_name = models.CharField(max_length=200, blank=True)
    asked_email = models.EmailField(blank=True)
    asked_language = models.CharField(max_length=2, default="sv")
    link_generation = models.PositiveSmallIntegerField(default=1)

    signer = models.CharField(max_length=200, blank=True)
    accepted_on = models.DateField(null=True)
    invoice_to = models.TextField(blank=True)
    reference = models.CharField(max_length=100, blank=True)

    batch = models.ForeignKey(
        InvoiceBatch, on_delete=models.PROTECT, null=True, related_name="fees"
    )
    invoice_number = models.CharField(max_length=40, blank=True)
    invoiced_on = models.DateField(null=True)
    paid_on = models.DateField(null=True)
    credited_on = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["state", "accepted_on"], name="fee_list")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(FeeState)), name="fee_state_known"),
            models.CheckConstraint(condition=Q(payer__in=list(Payer)), name="fee_payer_known"),
            models.CheckConstraint(condition=Q(amount_sek__gt=Decimal(0)), name="fee_above_zero"),
            models.CheckConstraint(
                condition=Q(state__in=["asked", "cancelled"]) | Q(accepted_on__isnull=False),
                name="fee_accepted_on_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["invoiced", "paid"]) | Q(batch__isnull=False),
                name="fee_invoiced_from_a_batch",
            ),
            models.UniqueConstraint(
                fields=["participation"],
                condition=Q(state__in=sorted(FEE_STANDS)),
                name="one_standing_fee",
            ),
        ]

    def __str__(self) -> str:
        return f"fee {self.pk}: {self.state}"

    @property
    def with_vat_sek(self) -> Decimal:
        """The amount incl. VAT, in kronor."""
        return self.amount_sek + self.vat_sek
