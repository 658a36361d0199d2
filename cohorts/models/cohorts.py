"""Cohorts and their course rounds."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from cohorts import words
from cohorts.models.courses import Course, Programme
from cohorts.rules import CohortState, RoundState
from cohorts.rules.interests import TIME_CODES
from companies.models import Place
from voting.models import Ballot


class Cohort(models.Model):
    """People who go through several courses together, one after the other.

    ``time`` is when they meet as "weekday-time of day" (0 is Monday). ``seats`` is how many may
    be enrolled or invited at once; its row is locked before seats are counted.
    """

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="cohorts")
    name = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=words.COHORT_STATES, default=CohortState.DRAFT)
    place = models.ForeignKey(Place, on_delete=models.PROTECT)
    language = models.CharField(max_length=2)
    time = models.CharField(max_length=12)
    facilitator = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="leads"
    )
    seats = models.PositiveSmallIntegerField()
    least = models.PositiveSmallIntegerField()
    starts_on = models.DateField()
    created_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["state", "starts_on"], name="cohort_list")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=list(CohortState)), name="cohort_state_known"
            ),
            models.CheckConstraint(condition=Q(seats__gte=F("least")), name="cohort_seats_enough"),
            models.CheckConstraint(condition=Q(time__in=TIME_CODES), name="cohort_time_known"),
        ]

    def __str__(self) -> str:
        return f"cohort {self.pk}: {self.name}"


class CourseRound(models.Model):
    """One cohort and one course: from proposal, perhaps through a ballot, to its end.

    A place is worth the course's price and, where the programme has set one, a flat amount for
    each of ``meetings_valued`` meetings. The number is set and not counted, so that a meeting more
    or less does not change what somebody has been told.
    """

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="rounds")
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="rounds")
    state = models.CharField(max_length=10, choices=words.ROUND_STATES, default=RoundState.PROPOSED)
    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, null=True, related_name="rounds")
    price_sek = models.DecimalField(max_digits=9, decimal_places=2)
    meeting_value_sek = models.DecimalField(max_digits=9, decimal_places=2, default=Decimal(0))
    meetings_valued = models.PositiveSmallIntegerField(default=0)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=list(RoundState)), name="round_state_known"
            ),
            models.CheckConstraint(
                condition=Q(price_sek__gte=Decimal(0), meeting_value_sek__gte=Decimal(0)),
                name="round_value_not_negative",
            ),
            models.UniqueConstraint(
                fields=["cohort"], condition=Q(state="running"), name="one_running_round_a_cohort"
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(starts_on=None) | Q(ends_on__gte=F("starts_on")),
                name="round_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"round {self.pk}: {self.state}"

    @property
    def meetings_sek(self) -> Decimal:
        """What the meetings are worth to one person, excl. VAT."""
        return self.meeting_value_sek * self.meetings_valued

    @property
    def value_sek(self) -> Decimal:
        """What a place is worth, excl. VAT: the same for who pays it and who gets it as aid."""
        return self.price_sek + self.meetings_sek
