"""Invitations and seats: release, accept, decline, lapse, extend, revoke, leave."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts.models import User
from accounts.steps import CLOCK, LINK, Actor, acting, record, user_with
from cohorts.emails import seats as emails
from cohorts.models import Cohort, Enrolment, Invitation
from cohorts.queries.invitations import (
    login_address_is_free,
    released_past,
    released_to_remind,
)
from cohorts.queries.seats import coming_meetings, first_meeting_at, planned_meetings
from cohorts.rules import CohortState, EnrolmentState, InvitationState
from cohorts.rules.cohorts import OVER
from cohorts.rules.enrolments import REMINDER_BEFORE_DEADLINE, SeatRefusal, invitation_deadline
from cohorts.steps import (
    decline_open_invitations,
    give_up,
    lock_cohort,
    lock_line,
    lock_people,
    move_cohort,
    move_invitation,
    offer_free_seats,
    release,
    take_back,
)
from cohorts.steps.fees import take_part_in_running_round
from deminimis.steps import lock_ledger
from outbox.steps import queue


class InvitationOver(Exception):
    """The invitation is not open any more; ``state`` says what became of it."""

    def __init__(self, state: InvitationState) -> None:
        super().__init__(state)
        self.state = state


class LoginAddressTaken(Exception):
    """Somebody else logs in with that address."""


@dataclass(frozen=True, slots=True)
class ReleaseOutcome:
    """What became of one draft: sent (None) or why not."""

    invitation_id: int
    refusal: SeatRefusal | None


@transaction.atomic(durable=True)
def release_invitations(
    *, cohort_id: int, invitation_ids: Collection[int], by: User, now: datetime
) -> list[ReleaseOutcome]:
    """Send drafts of one cohort in the order given while seats are left; say what became of each.

    The cohort's row is locked first, so two facilitators cannot give the last seat away twice.
    May run twice: what has been sent is left alone and not listed.
    """
    cohort = lock_cohort(cohort_id)
    lock_line(cohort.programme_id)
    drafts = {
        invitation.pk: invitation
        for invitation in cohort.invitations.filter(
            state=InvitationState.DRAFT, pk__in=invitation_ids
        ).select_related("interest__programme", "cohort__programme", "cohort__place")
    }
    actor = acting(by)
    if drafts and cohort.state == CohortState.DRAFT:
        move_cohort(cohort, CohortState.FORMING, actor=actor, now=now)
    return [
        ReleaseOutcome(pk, release(cohort, drafts[pk], actor=actor, now=now))
        for pk in invitation_ids
        if pk in drafts
    ]


@transaction.atomic(durable=True)
def accept_invitation(
    *, invitation_id: int, login_email: str, needs: str, phone: str = "", now: datetime
) -> Enrolment:
    """Turn an open invitation into a seat, with a log-in for the person.

    What other cohorts have offered the person is declined, and those seats passed on. May run
    twice: the second gives the same seat. The seat was held by the invitation, so it cannot be
    gone.

    :raises InvitationOver: if it was declined, has expired or was revoked, if the cohort is over,
        or if the seat has been given up since.
    :raises LoginAddressTaken: if somebody else already logs in with ``login_email``.
    """
    told = Invitation.objects.values("cohort_id", "interest_id").get(id=invitation_id)
    cohorts = lock_people([told["interest_id"]], also=[told["cohort_id"]])
    cohort, invitation = cohorts[told["cohort_id"]], _locked_row(invitation_id)
    interest = invitation.interest
    if invitation.state == InvitationState.ACCEPTED:
        return _seat_given_before(cohort, invitation)
    _refuse_if_over(invitation, now=now)
    if cohort.state in OVER:
        raise InvitationOver(InvitationState.REVOKED)
    if interest.user is None and not login_address_is_free(login_email, interest):
        raise LoginAddressTaken
    user = interest.user or user_with(
        email=login_email, name=interest.name, language=interest.language, now=now
    )
    interest.user = user
    interest.save(update_fields=["user"])
    invitation.answered_at = now
    move_invitation(
        invitation, InvitationState.ACCEPTED, actor=LINK, now=now, fields=("answered_at",)
    )
    enrolment = Enrolment.objects.create(
        cohort=cohort,
        interest=interest,
        user=user,
        needs=needs,
        phone=phone,
        enrolled_at=now,
    )
    record(enrolment, was="", became=EnrolmentState.ACTIVE, actor=LINK, now=now)
    take_part_in_running_round(enrolment, actor=LINK, now=now)
    others = decline_open_invitations(interest, cohorts=cohorts, actor=LINK, now=now)
    enrolment.cohort = cohort
    letter = emails.invitation_accepted(
        invitation,
        enrolment=enrolment,
        meetings=coming_meetings(cohort, now),
        declined=others,
    )
    queue(letter, now=now)
    return enrolment


@transaction.atomic(durable=True)
def decline_invitation(*, invitation_id: int, now: datetime) -> None:
    """Take a no, and offer the seat to the next in line. May run twice.

    :raises InvitationOver: if it was accepted, has expired or was revoked.
    """
    cohort, invitation = _locked(invitation_id)
    if invitation.state == InvitationState.DECLINED:
        return
    _refuse_if_over(invitation, now=now)
    invitation.answered_at = now
    fields = ("answered_at",)
    move_invitation(invitation, InvitationState.DECLINED, actor=LINK, now=now, fields=fields)
    queue(emails.invitation_declined(invitation, now=now), now=now)
    offer_free_seats(cohort, now=now)


@transaction.atomic(durable=True)
def revoke_invitation(*, invitation_id: int, by: User, why: str, now: datetime) -> None:
    """Take an offer back, or throw a draft away, and pass the seat on.

    :raises InvitationOver: if it has been answered or has lapsed.
    """
    cohort, invitation = _locked(invitation_id)
    was_released = invitation.state == InvitationState.RELEASED
    if invitation.state not in {InvitationState.DRAFT, InvitationState.RELEASED}:
        raise InvitationOver(InvitationState(invitation.state))
    take_back(invitation, actor=acting(by), why=why, now=now)
    if was_released:
        offer_free_seats(cohort, now=now)


@transaction.atomic(durable=True)
def extend_invitation(*, invitation_id: int, by: User, now: datetime) -> SeatRefusal | None:
    """Give somebody ten days more; return why not, or None. A lapsed one needs a free seat again.

    :raises InvitationOver: if it has been answered or revoked.
    """
    cohort, invitation = _locked(invitation_id)
    if invitation.state == InvitationState.EXPIRED:
        lock_line(cohort.programme_id)
        return release(cohort, invitation, actor=acting(by), now=now)
    if invitation.state != InvitationState.RELEASED:
        raise InvitationOver(InvitationState(invitation.state))
    starts_at = first_meeting_at(planned_meetings(cohort))
    if starts_at is not None and starts_at <= now:
        return SeatRefusal.DEADLINE_PASSED
    invitation.expires_at = invitation_deadline(now=now, first_meeting_at=starts_at)
    invitation.save(update_fields=["expires_at"])
    record(
        invitation,
        was=invitation.state,
        became=invitation.state,
        actor=acting(by),
        now=now,
        why="extended",
    )
    return None


@transaction.atomic(durable=True)
def leave_cohort(*, enrolment_id: int, actor: Actor, why: str, now: datetime) -> None:
    """Give a seat up, and offer it to the next in line. May run twice.

    Courses that were not finished end with it, so that nothing more is asked of the person.

    :raises MoveRefused: if the enrolment has ended in another way.
    """
    lock_ledger()  # aid may end with a seat
    cohort = lock_cohort(Enrolment.objects.values_list("cohort_id", flat=True).get(id=enrolment_id))
    enrolment = (
        Enrolment.objects.select_for_update(of=("self",))
        .select_related("interest__programme", "cohort")
        .get(id=enrolment_id)
    )
    if enrolment.state == EnrolmentState.WITHDRAWN:
        return
    meetings = give_up(enrolment, actor=actor, why=why, now=now)
    queue(emails.left_cohort(enrolment, meetings=meetings, now=now), now=now)
    offer_free_seats(cohort, now=now)


def lapse_invitations(*, now: datetime) -> int:
    """End the invitations whose deadline has passed, cohort by cohort; return how many ended.

    A transaction for each cohort, so that one cohort never waits for another.
    """
    return sum(_lapse_in(cohort_id, now=now) for cohort_id in released_past(now))


@transaction.atomic(durable=True)
def remind_of_invitations(*, now: datetime) -> int:
    """Remind once, three days before the deadline; return how many were asked for."""
    letters = [
        emails.invitation_reminder(invitation)
        for invitation in released_to_remind(now, within=REMINDER_BEFORE_DEADLINE)
    ]
    for letter in letters:
        queue(letter, now=now)
    return len(letters)


@transaction.atomic(durable=True)
def _lapse_in(cohort_id: int, *, now: datetime) -> int:
    cohort = lock_cohort(cohort_id)
    over = list(
        cohort.invitations.select_for_update(of=("self",))
        .filter(state=InvitationState.RELEASED, expires_at__lte=now)
        .select_related("interest__programme", "cohort__programme")
        .order_by("id")
    )
    for invitation in over:
        move_invitation(invitation, InvitationState.EXPIRED, actor=CLOCK, now=now)
        queue(emails.invitation_expired(invitation, now=now), now=now)
    offer_free_seats(cohort, now=now)
    return len(over)


def _locked(invitation_id: int) -> tuple[Cohort, Invitation]:
    """Return the cohort, locked, and then the invitation as it is under that lock."""
    cohort_id = Invitation.objects.values_list("cohort_id", flat=True).get(id=invitation_id)
    return lock_cohort(cohort_id), _locked_row(invitation_id)


def _locked_row(invitation_id: int) -> Invitation:
    return (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("interest__programme", "interest__user", "cohort__programme")
        .get(id=invitation_id)
    )


def _seat_given_before(cohort: Cohort, invitation: Invitation) -> Enrolment:
    seat = cohort.enrolments.filter(
        interest=invitation.interest_id, state=EnrolmentState.ACTIVE
    ).first()
    if seat is None:
        raise InvitationOver(InvitationState.ACCEPTED)
    return seat


def _refuse_if_over(invitation: Invitation, *, now: datetime) -> None:
    if invitation.state != InvitationState.RELEASED:
        raise InvitationOver(InvitationState(invitation.state))
    if invitation.expires_at is not None and now >= invitation.expires_at:
        raise InvitationOver(InvitationState.EXPIRED)
