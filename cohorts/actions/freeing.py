"""Several seats of one cohort freed in one go, each passed on to the next in line."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts.models import User
from accounts.steps import acting
from cohorts.emails import seats as emails
from cohorts.models import Enrolment, Invitation
from cohorts.rules import EnrolmentState, InvitationState
from cohorts.rules.enrolments import Freed
from cohorts.steps import give_up, lock_cohort, offer_free_seats, take_back
from deminimis.steps import lock_ledger
from outbox.steps import queue


@dataclass(frozen=True, slots=True)
class FreedSeat:
    """What became of one seat or offer."""

    row: Enrolment | Invitation
    outcome: Freed


@transaction.atomic(durable=True)
def free_several(  # noqa: PLR0913 -- both kinds of row that hold a seat
    *,
    cohort_id: int,
    enrolment_ids: Collection[int],
    invitation_ids: Collection[int],
    by: User,
    why: str,
    now: datetime,
) -> list[FreedSeat]:
    """End seats and take offers back, all or none; then offer what is free to the next in line.

    Whoever has left or answered meanwhile is left alone and told of. May run twice: the second
    time everything is over already. Rows of another cohort are not listed.
    """
    lock_ledger()  # aid may end with a seat
    cohort = lock_cohort(cohort_id)
    actor = acting(by)
    members = (
        cohort.enrolments.select_for_update(of=("self",))
        .filter(pk__in=enrolment_ids)
        .select_related("interest__programme", "cohort")
    )
    offers = (
        cohort.invitations.select_for_update(of=("self",))
        .filter(pk__in=invitation_ids)
        .select_related("interest__programme", "cohort__programme")
    )
    freed: list[FreedSeat] = []
    for member in members.order_by("id"):
        if member.state == EnrolmentState.ACTIVE:
            meetings = give_up(member, actor=actor, why=why, now=now)
            queue(emails.left_cohort(member, meetings=meetings, now=now), now=now)
            freed.append(FreedSeat(member, Freed.GIVEN_UP))
        else:
            freed.append(FreedSeat(member, Freed.OVER_ALREADY))
    for offer in offers.order_by("id"):
        if offer.state == InvitationState.RELEASED:
            take_back(offer, actor=actor, why=why, now=now)
            freed.append(FreedSeat(offer, Freed.TAKEN_BACK))
        else:
            freed.append(FreedSeat(offer, Freed.OVER_ALREADY))
    offer_free_seats(cohort, now=now)
    return freed
