"""Reads about the way into courses: orders, codes left, who waits for one."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from cohorts.models import Access, CourseRound, Participation, ProviderOrder, Voucher
from cohorts.rules import ParticipationState, RoundState
from cohorts.rules.access import TAKES_A_PLACE, AccessState, OrderKind

TO_BE_LET_IN = (RoundState.CHOSEN, RoundState.FEE_CHECK, RoundState.RUNNING)


@dataclass(frozen=True, slots=True)
class PlacesFigures:
    """One priced round: places ordered, taken, still asked about; who waits, which codes are left.

    ``places`` is None where nothing has been ordered.
    """

    round: CourseRound
    kind: OrderKind | None
    places: int | None
    free_until: date | None
    taken: int
    waiting: int
    offered: int
    codes_left: int

    @property
    def to_order(self) -> int:
        """Places that people have said yes to and that nobody has ordered."""
        return max(0, self.taken - (self.places or 0))

    @property
    def unused(self) -> int:
        """Ordered places that nobody has, and that nobody is still asked about."""
        return max(0, (self.places or 0) - self.taken - self.offered)


def access_of(participation: Participation) -> Access | None:
    """Return a person's way into a course, with the code if there is one, or None."""
    return Access.objects.filter(participation=participation).select_related("voucher").first()


def accesses_in(round_: CourseRound) -> QuerySet[Access]:
    """Return everybody's way into a round, in line order; no code is read."""
    return (
        Access.objects.filter(participation__round=round_)
        .select_related("participation__enrolment__interest")
        .order_by("reserved_at", "id")
    )


def order_of(round_: CourseRound) -> ProviderOrder | None:
    """Return what has been ordered for a round, or None."""
    return ProviderOrder.objects.filter(round=round_).first()


def taken_in(round_id: int) -> int:
    """Return how many places of a round people have been let in to or are to be."""
    return Access.objects.filter(participation__round=round_id, state__in=TAKES_A_PLACE).count()


def codes_known(codes: Collection[str]) -> bool:
    """Return whether one of these codes is here already."""
    return Voucher.objects.filter(code__in=codes).exists()


def round_with_places(cohort_id: int, round_id: int) -> CourseRound | None:
    """Return a priced round of a cohort that people are let in to, or None."""
    return (
        CourseRound.objects.filter(pk=round_id, cohort=cohort_id, price_sek__gt=0)
        .select_related("course", "cohort__programme")
        .first()
    )


def places_in(cohort_ids: Collection[int]) -> list[PlacesFigures]:
    """Return the figures of each priced round of the cohorts that people get into; one statement.

    Rounds that nobody has been offered are left out.
    """
    taken = Q(participations__access__state__in=TAKES_A_PLACE)
    waiting = Q(participations__access__state=AccessState.RESERVED)
    offered = Q(participations__state=ParticipationState.OFFERED)
    free = Q(order__vouchers__access=None)
    rounds = (
        CourseRound.objects.filter(
            Exists(Participation.objects.filter(round=OuterRef("pk"))),
            cohort__in=cohort_ids,
            state__in=TO_BE_LET_IN,
            price_sek__gt=0,
        )
        .select_related("course", "cohort", "order")
        .annotate(
            taken=Count("participations", filter=taken, distinct=True),
            waiting=Count("participations", filter=waiting, distinct=True),
            offered=Count("participations", filter=offered, distinct=True),
            codes_left=Count("order__vouchers", filter=free, distinct=True),
        )
        .order_by(F("starts_on").asc(nulls_last=True), "id")
    )
    return [_figures(round_) for round_ in rounds]


def _figures(round_: CourseRound) -> PlacesFigures:
    order: ProviderOrder | None = getattr(round_, "order", None)
    counted: dict[str, int] = vars(round_)
    return PlacesFigures(
        round=round_,
        kind=OrderKind(order.kind) if order else None,
        places=order.places if order else None,
        free_until=order.free_until if order else None,
        taken=counted["taken"],
        waiting=counted["waiting"],
        offered=counted["offered"],
        codes_left=counted["codes_left"],
    )
