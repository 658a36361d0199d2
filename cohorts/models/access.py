"""Getting into a course that costs something: what is ordered, codes, and who has got one."""

from django.db import models
from django.db.models import Q

from cohorts import words
from cohorts.models.cohorts import CourseRound
from cohorts.models.participations import Participation
from cohorts.rules.access import AccessState, OrderKind


class ProviderOrder(models.Model):
    """The places of one course round that have been ordered with the provider.

    Its row is locked before a code is handed out. ``free_until`` is the last day on which places
    can be cancelled at no cost.
    """

    round = models.OneToOneField(CourseRound, on_delete=models.PROTECT, related_name="order")
    kind = models.CharField(max_length=10, choices=words.ORDER_KINDS)
    places = models.PositiveSmallIntegerField()
    reference = models.CharField(max_length=100, blank=True)
    ordered_on = models.DateField()
    free_until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=list(OrderKind)), name="order_kind_known"),
            models.CheckConstraint(condition=Q(places__gt=0), name="order_of_at_least_one"),
        ]

    def __str__(self) -> str:
        return f"order {self.pk}: {self.places} places"


class Voucher(models.Model):
    """One code from the provider. It is as good as money: no list, log line or letter kept has it.

    Which of them are taken is told by ``Access``; one that has been shown is never given again.
    """

    order = models.ForeignKey(ProviderOrder, on_delete=models.PROTECT, related_name="vouchers")
    code = models.CharField(max_length=80)
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code"], name="code_once"),
        ]

    def __str__(self) -> str:
        return f"voucher {self.pk}"


class Access(models.Model):
    """One person's way into a course: promised when they are bound, handed out when there is one.

    ``reserved_at`` is the place in line for a code.
    """

    participation = models.OneToOneField(
        Participation, on_delete=models.PROTECT, related_name="access"
    )
    voucher = models.OneToOneField(
        Voucher, on_delete=models.PROTECT, null=True, related_name="access"
    )
    state = models.CharField(
        max_length=10, choices=words.ACCESS_STATES, default=AccessState.RESERVED
    )
    reserved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=list(AccessState)), name="access_state_known"
            ),
        ]

    def __str__(self) -> str:
        return f"access {self.pk}: {self.state}"
