"""Certificates, the aid they declare, exchange rates, and the ledger of aid granted here."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from companies.models import Company
from companies.rules import Sector
from deminimis import words
from deminimis.rules import (
    CertificateState,
    EntryKind,
    PaperKind,
    RecoveryState,
    SettlementState,
)


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
    """A signed certificate as a file: kept outside the web root under a name that says nothing.

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
