"""What would happen if drafts were released now: who gets a letter, who does not and why."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from cohorts.models import Cohort, Interest, Invitation
from cohorts.queries.interests import people_matching
from cohorts.queries.seats import (
    first_meeting_at,
    placeable,
    planned_meetings,
    seats_left,
)
from cohorts.rules import EnrolmentState, InterestState, InvitationState
from cohorts.rules.enrolments import SeatRefusal, invitation_deadline

MOST_FOUND = 20


@dataclass(frozen=True, slots=True)
class Preview:
    """The outcome of a release as it looks now; the lock decides when it happens."""

    sent: tuple[Invitation, ...]
    refused: tuple[tuple[Invitation, SeatRefusal], ...]
    deadline: datetime
    seats_left: int


def drafts_in(cohort: Cohort) -> QuerySet[Invitation]:
    """Return the drafts of a cohort with their people, in the order they were proposed."""
    return (
        cohort.invitations.filter(state=InvitationState.DRAFT)
        .select_related("interest__company", "interest__programme")
        .order_by("id")
    )


def release_preview(cohort: Cohort, ids: Collection[int], *, now: datetime) -> Preview:
    """Return what releasing the drafts ``ids`` would do, in the order of the proposal."""
    starts_at = first_meeting_at(planned_meetings(cohort))
    left = at_first = seats_left(cohort)
    sent: list[Invitation] = []
    refused: list[tuple[Invitation, SeatRefusal]] = []
    for draft in drafts_in(cohort).filter(pk__in=ids):
        if draft.interest.state != InterestState.ACTIVE:
            refused.append((draft, SeatRefusal.INTEREST_NOT_ACTIVE))
        elif not left:
            refused.append((draft, SeatRefusal.FULL))
        elif starts_at is not None and starts_at <= now:
            refused.append((draft, SeatRefusal.DEADLINE_PASSED))
        else:
            left -= 1
            sent.append(draft)
    deadline = invitation_deadline(now=now, first_meeting_at=starts_at)
    return Preview(tuple(sent), tuple(refused), deadline, at_first)


def people_to_add(cohort: Cohort, text: str) -> QuerySet[Interest]:
    """Return up to twenty active people found by ``text`` who are not in the cohort or asked.

    Each has ``is_elsewhere``: a seat in another cohort, or an invitation to one.
    """
    in_it = Q(enrolments__cohort=cohort, enrolments__state=EnrolmentState.ACTIVE) | Q(
        invitations__cohort=cohort,
        invitations__state__in=[InvitationState.DRAFT, InvitationState.RELEASED],
    )
    taken = Interest.objects.filter(in_it).values("pk")
    return (
        people_matching(text)
        .filter(programme=cohort.programme_id, state=InterestState.ACTIVE)
        .exclude(pk__in=taken)
        .annotate(is_elsewhere=~Exists(placeable(cohort.programme_id).filter(pk=OuterRef("pk"))))
        .prefetch_related("places__place")[:MOST_FOUND]
    )
