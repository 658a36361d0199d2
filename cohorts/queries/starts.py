"""The next start in each place, for the front page."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q
from django.urls import reverse

from cohorts.models import Cohort
from cohorts.rules import CohortState, EnrolmentState, InvitationState
from cohorts.rules.enrolments import free_seats
from companies.models import Place


@dataclass(frozen=True, slots=True)
class Start:
    """What the front page tells of one place: the next start and how many seats are left."""

    place_name: str
    starts_on: date | None
    seats_left: int
    url: str


def coming_starts(*, on: date) -> list[Start]:
    """Return each place with the next cohort that forms there, in two statements."""
    forming = (
        Cohort.objects.filter(
            state__in=[CohortState.FORMING, CohortState.CONFIRMED], starts_on__gte=on
        )
        .annotate(
            enrolled=Count(
                "enrolments", filter=Q(enrolments__state=EnrolmentState.ACTIVE), distinct=True
            ),
            invited=Count(
                "invitations",
                filter=Q(invitations__state=InvitationState.RELEASED),
                distinct=True,
            ),
        )
        .order_by("starts_on", "id")
    )
    next_in: dict[str, Cohort] = {}
    for cohort in forming:
        next_in.setdefault(cohort.place_id, cohort)
    return [_start(place, next_in.get(place.pk)) for place in Place.objects.order_by("position")]


def _start(place: Place, cohort: Cohort | None) -> Start:
    url = f"{reverse('cohorts:interest')}?plats={place.pk}"
    if cohort is None:
        return Start(place.name, None, 0, url)
    left = free_seats(
        seats=cohort.seats,
        enrolled=cohort.enrolled,  # type: ignore[attr-defined]  # annotated above
        invited=cohort.invited,  # type: ignore[attr-defined]  # annotated above
    )
    return Start(place.name, cohort.starts_on, left, url)
