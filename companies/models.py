"""Companies, who speaks for them, how they control each other, and where things are."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from companies import words
from companies.numbers import masked, shown
from companies.rules import Basis, Kind, Restructuring, Sector, SizeClass


class Municipality(models.Model):
    """One of the county's fifteen municipalities. Position of the seat in degrees (WGS 84)."""

    code = models.CharField(max_length=4, primary_key=True)
    name = models.CharField(max_length=60, unique=True)
    sort_key = models.CharField(max_length=200)
    seat_latitude = models.DecimalField(max_digits=8, decimal_places=5)
    seat_longitude = models.DecimalField(max_digits=8, decimal_places=5)
    seat_population = models.PositiveIntegerField()

    def __str__(self) -> str:
        return self.name


class Place(models.Model):
    """Where a cohort meets: one of three towns, or digitally (no municipality)."""

    code = models.SlugField(primary_key=True)
    name = models.CharField(max_length=60)
    position = models.PositiveSmallIntegerField()
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, null=True)
    address = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return self.name

    @property
    def is_digital(self) -> bool:
        """Whether people meet on a screen here."""
        return self.municipality_id is None


class Distance(models.Model):
    """Road between two towns, one way: kilometres and minutes by car, approximate."""

    one = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="+")
    km = models.PositiveSmallIntegerField()
    minutes = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="distance_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="distance_one_way_only"),
        ]

    def __str__(self) -> str:
        return f"{self.one_id}-{self.other_id}: {self.km} km"


class Company(models.Model):
    """A company or organisation, known by its organisation number where that is known.

    A legal person's number stands in ``number``; a sole trader's only in ``sealed_number``. Both
    are found by ``number_digest``. ``needs_check`` flags a company that staff must look at: no
    number, or a number that was typed wrong.
    """

    name = models.CharField(max_length=200)
    sort_key = models.CharField(max_length=200, db_index=True)
    number = models.CharField(max_length=10, null=True, unique=True)  # noqa: DJ001 -- unique or unknown
    sealed_number = models.TextField(blank=True)
    number_hint = models.CharField(max_length=2, blank=True)
    number_digest = models.CharField(max_length=64, null=True, unique=True)  # noqa: DJ001 -- as number
    kind = models.CharField(max_length=20, choices=words.KINDS, default=Kind.ENTERPRISE)
    size_class = models.CharField(
        max_length=10, choices=words.SIZE_CLASSES, default=SizeClass.UNKNOWN
    )
    sector = models.CharField(max_length=30, choices=words.SECTORS, default=Sector.OTHER)
    nace = models.CharField(max_length=5, blank=True)
    separate_accounts = models.BooleanField(default=False)
    seat = models.ForeignKey(Municipality, on_delete=models.PROTECT, null=True)
    needs_check = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=list(Kind)), name="company_kind_known"),
            models.CheckConstraint(
                condition=Q(sector__in=list(Sector)), name="company_sector_known"
            ),
            models.CheckConstraint(
                condition=Q(number=None) | Q(sealed_number=""), name="company_number_open_or_sealed"
            ),
        ]

    def __str__(self) -> str:
        return f"company {self.pk}"

    @property
    def shown_number(self) -> str:
        """The number as a page may show it: a sole trader's is masked, an unknown one empty."""
        if self.number:
            return shown(self.number)
        return masked(self.number_hint) if self.number_hint else ""


class Control(models.Model):
    """One company controls another, from a day until (not including) another day."""

    owner = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="controls")
    owned = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="controlled_by")
    basis = models.CharField(max_length=20, choices=words.BASES)
    percent = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    from_on = models.DateField(null=True)
    until_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(owner=F("owned")), name="control_of_another"),
            models.CheckConstraint(condition=Q(basis__in=list(Basis)), name="control_basis_known"),
            models.CheckConstraint(
                condition=Q(percent=None) | Q(percent__gte=0, percent__lte=Decimal(100)),
                name="control_percent_0_to_100",
            ),
            models.CheckConstraint(
                condition=Q(from_on=None) | Q(until_on=None) | Q(until_on__gte=F("from_on")),
                name="control_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"company {self.owner_id} controls company {self.owned_id}"


class CompanyChange(models.Model):
    """A merger of ``source`` into ``target``, its split, or the purchase of its assets.

    Equity is the book value on the day, after a split. ``kept_by``: who kept the activity that
    earlier aid was used for, where that is known. A row told by mistake is taken back, not deleted.
    """

    kind = models.CharField(max_length=20, choices=words.RESTRUCTURINGS)
    on = models.DateField()
    source = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="gave_rise_to")
    target = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="came_from")
    source_equity = models.DecimalField(max_digits=15, decimal_places=2, null=True)
    target_equity = models.DecimalField(max_digits=15, decimal_places=2, null=True)
    kept_by = models.ForeignKey(Company, on_delete=models.PROTECT, null=True, related_name="+")
    told_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(source=F("target")), name="company_change_of_another"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=list(Restructuring)), name="company_change_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(kept_by=None) | Q(kept_by=F("source")) | Q(kept_by=F("target")),
                name="company_change_kept_by_a_party",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of company {self.source_id}, company {self.target_id}"


class Contact(models.Model):
    """Somebody who speaks for a company here. ``may_sign``: an authorised signatory."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="contacts")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="speaks_for"
    )
    may_sign = models.BooleanField(default=False)
    since_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["company", "user"],
                condition=Q(ended_at=None),
                name="contact_once_per_company",
            ),
        ]

    def __str__(self) -> str:
        return f"user {self.user_id} for company {self.company_id}"
