"""Seats: the cohort's row is the scarce thing. Lock it, count, then give.

Capacity = active enrolments + released invitations. Every way a seat comes free ends in
``offer_free_seats``, which offers it to the next in line.
"""

from collections.abc import Mapping
from datetime import datetime

from accounts.steps import CLOCK, Actor, record
from cohorts.emails import seats as emails
from cohorts.models import Cohort, Enrolment, Interest, Invitation, Meeting
from cohorts.queries.seats import (
    coming_meetings,
    first_meeting_at,
    first_round,
    next_in_line,
    planned_meetings,
)
from cohorts.queries.seats import seats_left as seats_left_now
from cohorts.rules import EnrolmentState, InterestState, InvitationState
from cohorts.rules.cohorts import OVER
from cohorts.rules.enrolments import SeatRefusal, fills_by_itself, invitation_deadline
from cohorts.steps.leaving import end_participations
from cohorts.steps.locks import OPEN, lock_line
from cohorts.steps.moves import move_enrolment, move_invitation
from cohorts.steps.tables import lock_meetings, seat_those_who_wait
from ground.steps import step
from outbox.steps import queue


@step
def release(
    cohort: Cohort, invitation: Invitation, *, actor: Actor, now: datetime
) -> SeatRefusal | None:
    """Send one invitation of a locked cohort if a seat is free; return why not, or None.

    The person is locked too: whoever ends an interest in the same moment comes before or after.
    """
    if cohort.state in OVER:
        return SeatRefusal.COHORT_OVER
    person = Interest.objects.select_for_update(of=("self",)).filter(pk=invitation.interest_id)
    if person.values_list("state", flat=True).get() != InterestState.ACTIVE:
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
def shorten_invitations(cohort: Cohort, *, actor: Actor, now: datetime) -> None:
    """Let no open invitation of a locked cohort outlive its first meeting, and tell whoever has it.

    Called whenever a meeting has been planned, moved or brought back.
    """
    starts_at = first_meeting_at(planned_meetings(cohort))
    if starts_at is None or starts_at <= now:
        return
    late = (
        cohort.invitations.select_for_update(of=("self",))
        .filter(state=InvitationState.RELEASED, expires_at__gt=starts_at)
        .select_related("interest", "cohort__programme")
        .order_by("id")
    )
    for invitation in late:
        invitation.expires_at = starts_at
        invitation.save(update_fields=["expires_at"])
        state = invitation.state
        record(invitation, was=state, became=state, actor=actor, now=now, why="shortened")
        queue(emails.invitation_shortened(invitation, now=now), now=now)


@step
def offer_free_seats(cohort: Cohort, *, now: datetime) -> list[Invitation]:
    """Offer each free seat of a locked cohort to the next in line; return the new invitations.

    Nothing is offered by itself before the cohort forms, once it runs, or in the last five days
    before its first meeting: then it is the facilitator's task. The line is held, so that nobody
    is asked by two cohorts.
    """
    starts_at = first_meeting_at(planned_meetings(cohort))
    if not fills_by_itself(cohort.state, first_meeting_at=starts_at, now=now):
        return []
    if not seats_left_now(cohort):
        return []
    lock_line(cohort.programme_id)
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
def give_up(enrolment: Enrolment, *, actor: Actor, why: str, now: datetime) -> list[Meeting]:
    """End a locked seat of a locked cohort; return the meetings that it was for.

    Only under the ledger's lock, taken before the cohort's: aid may end with the seat. Courses
    that were not finished end with it, and chairs at the tables go to those who wait. The seat
    itself is passed on by ``offer_free_seats``.
    """
    move_enrolment(enrolment, EnrolmentState.WITHDRAWN, actor=actor, now=now, why=why)
    end_participations(enrolment, actor=actor, now=now)
    meetings = coming_meetings(enrolment.cohort, now)
    for meeting in lock_meetings(meetings):
        seat_those_who_wait(meeting, now=now)
    return meetings


@step
def take_back(invitation: Invitation, *, actor: Actor, why: str, now: datetime) -> None:
    """End a locked invitation that nobody has answered, and tell whoever had it."""
    was_sent = invitation.state == InvitationState.RELEASED
    invitation.answered_at = now
    fields = ("answered_at",)
    move_invitation(
        invitation, InvitationState.REVOKED, actor=actor, now=now, why=why, fields=fields
    )
    if was_sent:
        queue(emails.invitation_revoked(invitation, why=why, now=now), now=now)


@step
def decline_open_invitations(
    interest: Interest, *, cohorts: Mapping[int, Cohort], actor: Actor, now: datetime
) -> list[Cohort]:
    """Say no to all that is open for a locked person, and pass the seats on; return which cohorts.

    ``cohorts`` are those that ask, locked (``lock_people``); each passes its seat on in the order
    of their ids, when none of them holds the person any more. A draft is thrown away.
    """
    open_ones = interest.invitations.filter(state__in=OPEN).order_by("cohort_id", "id")
    ended = list(open_ones.select_for_update(of=("self",)))
    for invitation in ended:
        was_sent = invitation.state == InvitationState.RELEASED
        invitation.answered_at = now
        to = InvitationState.DECLINED if was_sent else InvitationState.REVOKED
        move_invitation(invitation, to, actor=actor, now=now, fields=("answered_at",))
    declined = [one for one in ended if one.state == InvitationState.DECLINED]
    left = [cohorts[invitation.cohort_id] for invitation in declined]
    for cohort in left:
        offer_free_seats(cohort, now=now)
    return left
