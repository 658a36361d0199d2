"""What would happen if several seats were freed now: who is told, who is next in line."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from cohorts.models import Cohort, Enrolment, Interest, Invitation
from cohorts.queries.seats import first_meeting_at, next_in_line, planned_meetings, seats_left
from cohorts.rules import EnrolmentState, InvitationState
from cohorts.rules.enrolments import fills_by_itself


@dataclass(frozen=True, slots=True)
class FreeingPreview:
    """The outcome as it looks now; the lock decides when it happens."""

    members: tuple[Enrolment, ...]
    offers: tuple[Invitation, ...]
    over_already: int
    next_ones: tuple[Interest, ...]
    fills: bool

    @property
    def recipients(self) -> int:
        """How many are told by letter that they have no seat any more."""
        return len(self.members) + len(self.offers)


def seats_held(cohort: Cohort) -> QuerySet[Enrolment]:
    """Return the seats of a cohort that can be ended, in Swedish name order."""
    return (
        cohort.enrolments.filter(state=EnrolmentState.ACTIVE)
        .select_related("interest__company")
        .order_by("interest__sort_key", "id")
    )


def offers_open(cohort: Cohort) -> QuerySet[Invitation]:
    """Return the offers of a cohort that can be taken back, in Swedish name order."""
    return (
        cohort.invitations.filter(state=InvitationState.RELEASED)
        .select_related("interest__company")
        .order_by("interest__sort_key", "id")
    )


def freeing_preview(
    cohort: Cohort,
    *,
    enrolment_ids: Collection[int],
    invitation_ids: Collection[int],
    now: datetime,
) -> FreeingPreview:
    """Return what freeing these seats would do, and who would be offered what comes free."""
    members = tuple(seats_held(cohort).filter(pk__in=enrolment_ids))
    offers = tuple(offers_open(cohort).filter(pk__in=invitation_ids))
    starts_at = first_meeting_at(planned_meetings(cohort))
    fills = fills_by_itself(cohort.state, first_meeting_at=starts_at, now=now)
    free = seats_left(cohort) + len(members) + len(offers)
    return FreeingPreview(
        members=members,
        offers=offers,
        over_already=len(enrolment_ids) + len(invitation_ids) - len(members) - len(offers),
        next_ones=tuple(next_in_line(cohort, many=free)) if fills else (),
        fills=fills,
    )
