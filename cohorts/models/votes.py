"""What a cohort votes on besides its next course, and what hinders somebody in a course."""

from django.db import models

from cohorts import words
from cohorts.models.cohorts import Cohort
from cohorts.models.courses import Course
from voting.models import Ballot


class Question(models.Model):
    """A ballot that asks a cohort something else than its next course: a show of hands."""

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="questions")
    ballot = models.OneToOneField(Ballot, on_delete=models.PROTECT, related_name="asked_as")

    def __str__(self) -> str:
        return f"question {self.pk}"


class Hindrance(models.Model):
    """That somebody in a cohort cannot use a course, and why. Who said so is not kept."""

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="hindrances")
    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="hindrances")
    kind = models.CharField(max_length=20, choices=words.HINDRANCES)
    text = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "course", "kind", "text"], name="hindrance_once"
            ),
        ]

    def __str__(self) -> str:
        return f"hindrance {self.pk}: {self.kind}"
