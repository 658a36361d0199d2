"""Programmes and the catalogue of courses: what can be learnt, under whose flag."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language


class Programme(models.Model):
    """A funded undertaking with owner, financiers and period. One at a time runs cohorts."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=200)
    owner = models.CharField(max_length=200)
    starts_on = models.DateField()
    ends_on = models.DateField()
    purpose = models.TextField(blank=True)
    target_group = models.CharField(max_length=300, blank=True)
    financiers = models.JSONField(default=list)
    facts = models.JSONField(default=dict)
    runs_cohorts = models.BooleanField(default=False)
    is_example = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="programme_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Course(models.Model):
    """One web course in the catalogue. ``price_sek`` is excluding VAT; 0 is free for all."""

    slug = models.SlugField(unique=True)
    title = models.CharField(max_length=200)
    provider = models.CharField(max_length=200)
    language = models.CharField(max_length=2)
    level = models.CharField(max_length=20)
    hours = models.PositiveSmallIntegerField()
    price_sek = models.DecimalField(max_digits=9, decimal_places=2)
    price_note = models.CharField(max_length=300, blank=True)
    link = models.URLField(max_length=300)
    accessibility = models.CharField(max_length=500, blank=True)
    summary_sv = models.CharField(max_length=500, blank=True)
    summary_en = models.CharField(max_length=500, blank=True)
    sort_key = models.CharField(max_length=200)
    is_offered = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(price_sek__gte=Decimal(0)), name="course_price_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_free(self) -> bool:
        """Whether the course costs nobody anything."""
        return self.price_sek == 0

    @property
    def summary(self) -> str:
        """What the course is about, in the language of the page."""
        return self.summary_en if get_language() == "en" else self.summary_sv


class Lesson(models.Model):
    """One chapter of a course that people tick off."""

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="lessons")
    number = models.PositiveSmallIntegerField()
    title_sv = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["course", "number"], name="lesson_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"

    @property
    def title(self) -> str:
        """The chapter's title in the language of the page."""
        return self.title_en if get_language() == "en" else self.title_sv
