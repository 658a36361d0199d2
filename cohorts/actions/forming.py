"""A facilitator forms a cohort: opens it, has people proposed, edits the drafts, plans dates."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from accounts.models import User
from accounts.steps import acting, record
from cohorts.emails import seats as emails
from cohorts.models import Cohort, CourseRound, Forming, Interest, Invitation, Programme
from cohorts.queries.forming import course_by_id, open_invitations, proposal
from cohorts.queries.formings import cohorts_in
from cohorts.queries.meetings import members_of
from cohorts.queries.seats import planned_meetings
from cohorts.rules import (
    CohortState,
    EnrolmentState,
    InterestState,
    InvitationState,
    MeetingState,
    RoundState,
)
from cohorts.rules.cohorts import OVER
from cohorts.rules.enrolments import SeatRefusal
from cohorts.rules.meetings import LeaderNews
from cohorts.rules.votes import VoidWhy
from cohorts.steps import (
    lock_cohort,
    lock_line,
    move_cohort,
    move_enrolment,
    move_meeting,
    move_round,
    take_back,
)
from cohorts.steps.leading import tell_leaders
from cohorts.steps.votes import call_off_votes
from outbox.steps import queue


@dataclass(frozen=True, slots=True, kw_only=True)
class CohortPlan:
    """What a facilitator decides when opening a cohort. ``time`` is "weekday-time of day"."""

    name: str
    place: str
    language: str
    time: str
    seats: int
    least: int
    starts_on: date
    course_id: int


@transaction.atomic(durable=True)
def open_cohort(  # noqa: PLR0913 -- what a cohort begins with
    *,
    programme: Programme,
    plan: CohortPlan,
    facilitator: User,
    by: User,
    now: datetime,
    from_draft: tuple[int, int] | None = None,
) -> Cohort:
    """Open a cohort with its first course chosen; nobody is invited yet.

    ``from_draft`` is a kept proposal and the number of one of its cohorts: its people who still
    wait get drafts of invitations, as many as there are seats. Opened once, it is not used again.
    """
    cohort = Cohort.objects.create(
        programme=programme,
        name=plan.name,
        place_id=plan.place,
        language=plan.language,
        time=plan.time,
        facilitator=facilitator,
        seats=plan.seats,
        least=plan.least,
        starts_on=plan.starts_on,
        created_at=now,
    )
    record(cohort, was="", became=CohortState.DRAFT, actor=acting(by), now=now)
    course = course_by_id(plan.course_id)
    first = CourseRound.objects.create(
        cohort=cohort, course=course, price_sek=course.price_sek, starts_on=plan.starts_on
    )
    record(first, was="", became=RoundState.PROPOSED, actor=acting(by), now=now)
    # The first round skips the ballot: the programme has chosen it.
    move_round(first, RoundState.CHOSEN, actor=acting(by), now=now)
    if from_draft is not None:
        _take_people(cohort, *from_draft, by=by, now=now)
    return cohort


@transaction.atomic(durable=True)
def propose_people(*, cohort_id: int, by: User, now: datetime) -> int:
    """Write drafts for those who fit best into the free seats; return how many were added.

    Drafts that stand are kept: the facilitator may have chosen them by hand. Nothing is sent.
    """
    cohort = lock_cohort(cohort_id)
    lock_line(cohort.programme_id)
    drafts = cohort.invitations.filter(state=InvitationState.DRAFT).count()
    fresh = [
        Invitation(
            cohort=cohort,
            interest=placed.interest,
            state=InvitationState.DRAFT,
            reasons=list(placed.reasons),
            created_at=now,
        )
        for placed in proposal(cohort, leave_out_seats=drafts)
    ]
    for invitation in fresh:
        invitation.save()
        record(invitation, was="", became=InvitationState.DRAFT, actor=acting(by), now=now)
    return len(fresh)


@transaction.atomic(durable=True)
def add_by_hand(*, cohort_id: int, interest_id: int, by: User, now: datetime) -> SeatRefusal | None:
    """Write a draft for somebody the facilitator has chosen; return why not, or None."""
    cohort = lock_cohort(cohort_id)
    interest = Interest.objects.get(id=interest_id, programme=cohort.programme_id)
    if cohort.state in OVER:
        return SeatRefusal.COHORT_OVER
    if interest.state != InterestState.ACTIVE:
        return SeatRefusal.INTEREST_NOT_ACTIVE
    has_seat = cohort.enrolments.filter(interest=interest, state=EnrolmentState.ACTIVE).exists()
    has_offer = cohort.invitations.filter(
        interest=interest, state__in=[InvitationState.DRAFT, InvitationState.RELEASED]
    ).exists()
    if has_seat or has_offer:
        return SeatRefusal.ALREADY_IN
    invitation = Invitation.objects.create(
        cohort=cohort,
        interest=interest,
        state=InvitationState.DRAFT,
        reasons=["by_hand"],
        created_at=now,
    )
    record(invitation, was="", became=InvitationState.DRAFT, actor=acting(by), now=now)
    return None


@transaction.atomic(durable=True)
def cancel_cohort(*, cohort_id: int, by: User, why: str, now: datetime) -> None:
    """Call a cohort off before it runs: offers are taken back, meetings called off, people told.

    Members keep their interest and its place in line, and can be invited to another cohort. What
    the group was asked is never counted.

    :raises MoveRefused: if it runs already.
    """
    cohort = lock_cohort(cohort_id)
    actor = acting(by)
    move_cohort(cohort, CohortState.CANCELLED, actor=actor, now=now, why=why)
    for invitation in open_invitations(cohort).select_for_update(of=("self",)):
        take_back(invitation, actor=actor, why=why, now=now)
    meetings = planned_meetings(cohort)
    for meeting in meetings:
        meeting.sequence += 1
        meeting.revised_at = now
        fields = ("sequence", "revised_at")
        move_meeting(meeting, MeetingState.CANCELLED, actor=actor, now=now, why=why, fields=fields)
    for enrolment in members_of(cohort):
        letter = emails.cohort_cancelled(enrolment, meetings=meetings, why=why, now=now)
        queue(letter, now=now)
    tell_leaders(meetings, LeaderNews.CANCELLED, now=now)
    call_off_votes(cohort, why=VoidWhy.COHORT_CANCELLED, actor=actor, now=now)


def _take_people(cohort: Cohort, forming_id: int, number: int, *, by: User, now: datetime) -> None:
    draft = Forming.objects.select_for_update().get(id=forming_id, programme=cohort.programme_id)
    proposed = next((one for one in cohorts_in(draft) if one.number == number), None)
    if proposed is None or proposed.cohort_id is not None:
        return
    for placed in proposed.people[: cohort.seats]:
        invitation = Invitation.objects.create(
            cohort=cohort,
            interest=placed.interest,
            state=InvitationState.DRAFT,
            reasons=list(placed.reasons),
            created_at=now,
        )
        record(invitation, was="", became=InvitationState.DRAFT, actor=acting(by), now=now)
    draft.opened = {**draft.opened, str(number): cohort.pk}
    draft.save(update_fields=["opened"])


@transaction.atomic(durable=True)
def complete_cohort(*, cohort_id: int, by: User, now: datetime) -> None:
    """Say that a cohort has gone through what it set out to; its members have completed it.

    An offer that nobody has answered is taken back, and a vote that is coming or open called off.

    :raises MoveRefused: if it does not run.
    """
    cohort = lock_cohort(cohort_id)
    actor = acting(by)
    move_cohort(cohort, CohortState.COMPLETED, actor=actor, now=now)
    members = cohort.enrolments.select_for_update().filter(state=EnrolmentState.ACTIVE)
    for enrolment in members.order_by("id"):
        move_enrolment(enrolment, EnrolmentState.COMPLETED, actor=actor, now=now)
    for invitation in open_invitations(cohort).select_for_update(of=("self",)):
        take_back(invitation, actor=actor, why="", now=now)
    call_off_votes(cohort, why=VoidWhy.COHORT_COMPLETED, actor=actor, now=now)
