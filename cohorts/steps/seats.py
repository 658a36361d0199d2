"""Seats: the cohort's row is the scarce thing. Lock it, count, then give.

Capacity = active enrolments + released invitations. Every way a seat comes free ends in
``offer_free_seats``, which offers it to the next in line.
"""

from datetime import datetime

from accounts.steps import CLOCK, Actor, record
from cohorts.emails import seats as emails
from cohorts.models import Cohort, Interest, Invitation, Programme
from cohorts.queries.programmes import running_programmes
from cohorts.queries.seats import first_meeting_at, first_round, next_in_line, planned_meetings
from cohorts.queries.seats import seats_left as seats_left_now
from cohorts.rules import CohortState, InterestState, InvitationState
from cohorts.rules.cohorts import OVER
from cohorts.rules.enrolments import (
    AUTOMATIC_OFFERS_STOP,
    SeatRefusal,
    invitation_deadline,
)
from cohorts.steps.moves import move_invitation
from ground.steps import step
from outbox.steps import queue

OPEN = (InvitationState.DRAFT, InvitationState.RELEASED)
FILLS_BY_ITSELF = frozenset({CohortState.FORMING, CohortState.CONFIRMED})


@step
def lock_cohort(cohort_id: int) -> Cohort:
    """Return the cohort's row, locked: nobody else counts its seats until the commit."""
    return (
        Cohort.objects.select_for_update(of=("self",))
        .select_related("programme", "place", "facilitator")
        .get(id=cohort_id)
    )


@step
def lock_cohorts_that_ask(interest_id: int) -> None:
    """Lock the cohorts with an open invitation to somebody, in the order of their ids.

    Whoever ends an interest passes on its seats: cohorts come before interests, so that it never
    waits for somebody who accepts one of them.
    """
    asking = Invitation.objects.filter(interest=interest_id, state__in=OPEN)
    for cohort_id in sorted(set(asking.values_list("cohort_id", flat=True))):
        lock_cohort(cohort_id)


@step
def lock_sign_ups() -> Programme | None:
    """Return the programme that takes interests, its sign-ups held until the commit, or None.

    A form that is sent twice at once then finds its twin. Who only refers to the programme does
    not wait.
    """
    return running_programmes().select_for_update(no_key=True).first()


@step
def release(
    cohort: Cohort, invitation: Invitation, *, actor: Actor, now: datetime
) -> SeatRefusal | None:
    """Send one invitation of a locked cohort if a seat is free; return why not, or None."""
    if cohort.state in OVER:
        return SeatRefusal.COHORT_OVER
    if invitation.interest.state != InterestState.ACTIVE:
        return SeatRefusal.INTEREST_NOT_ACTIVE
    if not seats_left_now(cohort):
        return SeatRefusal.FULL
    meetings = planned_meetings(cohort)
    starts_at = first_meeting_at(meetings)
    if starts_at is not None and starts_at <= now:
        return SeatRefusal.DEADLINE_PASSED
    invitation.released_at = now
    invitation.expires_at = invitation_deadline(now=now, first_meeting_at=starts_at)
    fields = ("released_at", "expires_at")
    move_invitation(invitation, InvitationState.RELEASED, actor=actor, now=now, fields=fields)
    letter = emails.invitation_released(
        invitation, first_round=first_round(cohort), meetings=meetings, now=now
    )
    queue(letter, now=now)
    return None


@step
def offer_free_seats(cohort: Cohort, *, now: datetime) -> list[Invitation]:
    """Offer each free seat of a locked cohort to the next in line; return the new invitations.

    Nothing is offered by itself before the cohort forms, once it runs, or in the last five days
    before its first meeting: then it is the facilitator's task.
    """
    if cohort.state not in FILLS_BY_ITSELF:
        return []
    starts_at = first_meeting_at(planned_meetings(cohort))
    if starts_at is not None and starts_at - now < AUTOMATIC_OFFERS_STOP:
        return []
    offered: list[Invitation] = []
    for interest in next_in_line(cohort, many=seats_left_now(cohort)):
        invitation = Invitation.objects.create(
            cohort=cohort,
            interest=interest,
            state=InvitationState.DRAFT,
            reasons=["next_in_line"],
            created_at=now,
        )
        record(invitation, was="", became=InvitationState.DRAFT, actor=CLOCK, now=now)
        if release(cohort, invitation, actor=CLOCK, now=now) is None:
            offered.append(invitation)
    return offered


@step
def decline_open_invitations(interest: Interest, *, actor: Actor, now: datetime) -> None:
    """Say no to all that is open for somebody who withdraws, and pass the seats on.

    Cohorts are locked in the order of their ids (docs/locking.md).
    """
    open_ones = interest.invitations.filter(state__in=OPEN)
    for cohort_id in sorted(set(open_ones.values_list("cohort_id", flat=True))):
        cohort = lock_cohort(cohort_id)
        for invitation in open_ones.filter(cohort=cohort).select_for_update():
            held = invitation.state == InvitationState.RELEASED
            invitation.answered_at = now
            to = InvitationState.DECLINED if held else InvitationState.REVOKED
            move_invitation(invitation, to, actor=actor, now=now, fields=("answered_at",))
        offer_free_seats(cohort, now=now)
