"""Certificates, the aid they declare, and the signed papers that came with them."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q

from companies.models import Company
from companies.rules import Sector
from deminimis import words
from deminimis.rules import CertificateState, PaperKind


class Certificate(models.Model):
    """An undertaking's declaration of de minimis aid received in the last three years.

    Three-valued answers are null until they are given: null is "not answered", never no.
    ``link_generation`` is raised to make older links to the form void. ``against`` is what an
    officer sees that speaks against it, which the company may answer until ``answer_by``.
    """

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="certificates")
    state = models.CharField(
        max_length=12, choices=words.CERTIFICATE_STATES, default=CertificateState.DRAFT
    )
    link_generation = models.PositiveSmallIntegerField(default=1)
    asked_name = models.CharField(max_length=200, blank=True)
    asked_email = models.EmailField(blank=True)
    asked_language = models.CharField(max_length=2, default="sv")
    created_at = models.DateTimeField()
    helper_name = models.CharField(max_length=200, blank=True)
    helper_email = models.EmailField(blank=True)
    times_handed_over = models.PositiveSmallIntegerField(default=0)

    nace = models.CharField(max_length=5, blank=True)
    sector = models.CharField(max_length=30, default=Sector.OTHER)
    separate_accounts = models.BooleanField(null=True)
    is_group = models.BooleanField(null=True)
    group_names = models.TextField(blank=True)
    none_received = models.BooleanField(null=True)

    signer_name = models.CharField(max_length=200, blank=True)
    signer_authorised = models.BooleanField(null=True)
    covers_group = models.BooleanField(null=True)
    signed_on = models.DateField(null=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    submitted_at = models.DateTimeField(null=True)

    against = models.TextField(blank=True)
    answer_by = models.DateField(null=True)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)

    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    decision_note = models.TextField(blank=True)
    without_conflict = models.BooleanField(default=False)
    withdrawn_on = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["state", "submitted_at"], name="certificate_queue")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=list(CertificateState)), name="certificate_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "withdrawn"]) | Q(signed_on__isnull=False),
                name="certificate_signed_before_handed_in",
            ),
        ]

    def __str__(self) -> str:
        return f"certificate {self.pk}: {self.state}"


class DeclaredAid(models.Model):
    """One earlier aid as the certificate states it: by day, or by year only.

    What the company does not know (day and year, the amount) is null: a person has to look.
    """

    certificate = models.ForeignKey(Certificate, on_delete=models.CASCADE, related_name="aid")
    granter = models.CharField(max_length=200)
    granted_on = models.DateField(null=True)
    year = models.PositiveSmallIntegerField(null=True)
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    currency = models.CharField(max_length=3)
    regulation = models.CharField(max_length=12)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gte=Decimal(0)), name="declared_aid_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(currency__in=["SEK", "EUR"]), name="declared_aid_currency_known"
            ),
            models.CheckConstraint(
                condition=Q(granted_on=None) | Q(year=None),
                name="declared_aid_by_day_or_by_year",
            ),
        ]

    def __str__(self) -> str:
        return f"declared aid {self.pk}: {self.amount} {self.currency}"


class Paper(models.Model):
    """A signed certificate as a file, outside the web root, under a name that says nothing.

    ``added_by`` is who had logged in; None where whoever held the letter's link handed it in.
    """

    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=5)
    stored_as = models.CharField(max_length=100, unique=True)
    size_bytes = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=list(PaperKind)), name="paper_kind_known"),
        ]

    def __str__(self) -> str:
        return f"paper {self.pk}: {self.kind}, {self.size_bytes} bytes"
