"""Invitations: released while seats are left, accepted, declined, lapsed, extended, taken back."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from accounts.models import User
from accounts.rules import MoveRefused
from accounts.steps import LINK, acting
from cohorts.actions import seats as actions
from cohorts.actions.seats import InvitationOver, LoginAddressTaken
from cohorts.models import Cohort, Enrolment, Invitation
from cohorts.rules import CohortState, EnrolmentState, InvitationState, RoundState
from cohorts.rules.enrolments import SeatRefusal
from outbox.models import Message
from tests.aftermath import everything, history, letters, read_again, receivers, whys
from tests.factories import (
    NOW,
    make_cohort,
    make_course,
    make_enrolment,
    make_interest,
    make_invitation,
    make_meeting,
    make_user,
)

pytestmark = pytest.mark.django_db(transaction=True)

DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)
MINUTE_STAMP = f"{NOW:%Y%m%dT%H%M}"
STAMP = f"{NOW:%Y%m%dT%H%M%S}"


def drafts(cohort: Cohort, many: int) -> list[Invitation]:
    return [make_invitation(cohort=cohort, state=InvitationState.DRAFT) for _ in range(many)]


def release(
    cohort: Cohort, invitations: list[Invitation], *, now: datetime = NOW
) -> list[SeatRefusal | None]:
    outcomes = actions.release_invitations(
        cohort_id=cohort.pk,
        invitation_ids=[invitation.pk for invitation in invitations],
        by=cohort.facilitator,
        now=now,
    )
    return [outcome.refusal for outcome in outcomes]


def accept(invitation: Invitation, **fields: Any) -> Enrolment:
    told = {"login_email": invitation.interest.email, "needs": "", "now": NOW}
    return actions.accept_invitation(invitation_id=invitation.pk, **{**told, **fields})


def states(*invitations: Invitation) -> list[str]:
    return [read_again(invitation).state for invitation in invitations]


def test_a_released_draft_holds_a_seat_for_ten_days_and_is_a_letter() -> None:
    cohort = make_cohort()
    (invitation,) = drafts(cohort, 1)
    assert release(cohort, [invitation]) == [None]
    released = read_again(invitation)
    assert (released.state, released.released_at) == (InvitationState.RELEASED, NOW)
    assert released.expires_at == NOW + 10 * DAY
    assert history(invitation) == [("draft", "released", "user")]
    assert letters() == [f"invitation/{invitation.pk}/released/{MINUTE_STAMP}"]
    assert receivers() == [invitation.interest.email]


@pytest.mark.parametrize("is_free", [True, False])
def test_the_letter_says_what_the_page_says_of_price_and_start(*, is_free: bool) -> None:
    value = Decimal(0 if is_free else 1000)
    cohort = make_cohort(course=make_course(price_sek=Decimal(1000) - value))
    cohort.rounds.update(price_sek=value)
    release(cohort, drafts(cohort, 1))
    said = Message.objects.get().text
    assert ("Kursen är gratis för alla." in said) == is_free
    assert "Gruppen startar omkring tisdag 7 april" in said


def test_an_invitation_never_outlives_the_first_meeting() -> None:
    cohort = make_cohort()
    meeting = make_meeting(round=cohort.rounds.get(), starts_at=NOW + 3 * DAY)
    invitations = drafts(cohort, 1)
    release(cohort, invitations)
    assert read_again(invitations[0]).expires_at == meeting.starts_at


def test_the_first_release_makes_a_draft_cohort_forming() -> None:
    cohort = make_cohort(state=CohortState.DRAFT)
    release(cohort, drafts(cohort, 2))
    assert history(cohort) == [("draft", "forming", "user")]


def test_drafts_are_released_in_the_order_given_until_the_group_is_full() -> None:
    cohort = make_cohort(seats=3)
    make_enrolment(cohort=cohort)
    make_invitation(cohort=cohort)
    first, second, third = drafts(cohort, 3)
    full = SeatRefusal.FULL
    assert release(cohort, [third, first, second]) == [None, full, full]
    assert states(first, second, third) == ["draft", "draft", "released"]
    assert letters() == [f"invitation/{third.pk}/released/{MINUTE_STAMP}"]


def test_releasing_twice_sends_once() -> None:
    cohort = make_cohort()
    invitations = drafts(cohort, 2)
    assert release(cohort, invitations) == [None, None]
    assert release(cohort, invitations) == []
    assert len(letters()) == 2


@pytest.mark.parametrize("state", ["paused", "withdrawn", "expired", "anonymised", "merged"])
def test_nobody_is_invited_whose_interest_is_not_active_any_more(state: str) -> None:
    cohort = make_cohort()
    invitation = make_invitation(
        cohort=cohort, interest=make_interest(state=state), state=InvitationState.DRAFT
    )
    before = everything()
    assert release(cohort, [invitation]) == [SeatRefusal.INTEREST_NOT_ACTIVE]
    assert everything() == before


def test_nobody_is_invited_when_the_first_meeting_has_begun() -> None:
    cohort = make_cohort()
    make_meeting(round=cohort.rounds.get(), starts_at=NOW)
    invitations = drafts(cohort, 1)
    before = everything()
    assert release(cohort, invitations) == [SeatRefusal.DEADLINE_PASSED]
    assert everything() == before


@pytest.mark.parametrize("state", ["cancelled", "completed", "archived"])
def test_nobody_is_invited_into_a_cohort_that_is_over(state: str) -> None:
    cohort = make_cohort(state=state)
    invitations = drafts(cohort, 1)
    before = everything()
    assert release(cohort, invitations) == [SeatRefusal.COHORT_OVER]
    assert everything() == before


def test_another_cohorts_drafts_are_left_alone() -> None:
    cohort, other = make_cohort(), make_cohort()
    strangers = drafts(other, 1)
    assert release(cohort, strangers) == []
    assert states(*strangers) == ["draft"]


def test_accepting_gives_a_seat_a_log_in_and_one_letter() -> None:
    invitation = make_invitation()
    enrolment = accept(invitation, login_email="Anna@Example.org", needs="hörslinga")
    user = User.objects.get(email="anna@example.org")
    interest = read_again(invitation.interest)
    assert (enrolment.user, interest.user, user.name) == (user, user, interest.name)
    assert (enrolment.state, enrolment.needs) == (EnrolmentState.ACTIVE, "hörslinga")
    assert (states(invitation), read_again(invitation).answered_at) == (["accepted"], NOW)
    assert history(invitation) == [("released", "accepted", "link")]
    assert history(enrolment) == [("", "active", "link")]
    assert letters() == [f"invitation/{invitation.pk}/accepted"]


def test_accepting_twice_is_one_seat() -> None:
    invitation = make_invitation()
    first = accept(invitation)
    assert accept(invitation, now=NOW + DAY) == first
    assert (Enrolment.objects.count(), len(letters())) == (1, 1)


def test_accepting_again_after_having_left_gives_no_new_seat() -> None:
    invitation = make_invitation()
    enrolment = accept(invitation)
    actions.leave_cohort(enrolment_id=enrolment.pk, actor=LINK, why="", now=NOW)
    before = everything()
    with pytest.raises(InvitationOver) as over:
        accept(invitation)
    assert (over.value.state, everything()) == (InvitationState.ACCEPTED, before)


@pytest.mark.parametrize("state", ["declined", "expired", "revoked", "draft"])
def test_what_is_not_open_cannot_be_accepted(state: str) -> None:
    invitation = make_invitation(state=state)
    before = everything()
    with pytest.raises(InvitationOver) as over:
        accept(invitation)
    assert (over.value.state, everything()) == (state, before)


def test_an_invitation_is_accepted_until_the_second_before_its_deadline() -> None:
    in_time, late = make_invitation(), make_invitation()
    deadline = NOW + 10 * DAY
    accept(in_time, now=deadline - SECOND)
    with pytest.raises(InvitationOver) as over:
        accept(late, now=deadline)
    assert over.value.state == InvitationState.EXPIRED
    assert states(in_time, late) == ["accepted", "released"]


@pytest.mark.parametrize("state", ["cancelled", "completed", "archived"])
def test_a_seat_in_a_cohort_that_is_over_cannot_be_accepted(state: str) -> None:
    invitation = make_invitation(cohort=make_cohort(state=state))
    before = everything()
    with pytest.raises(InvitationOver):
        accept(invitation)
    assert everything() == before


def test_somebody_elses_log_in_address_is_refused_and_nothing_written() -> None:
    make_user(email="info@example.org", name="Bo")
    invitation = make_invitation(interest=make_interest(email="info@example.org"))
    make_interest(email="info@example.org", name="Bo", user=User.objects.get(name="Bo"))
    stranger = make_invitation()
    before = everything()
    with pytest.raises(LoginAddressTaken):
        accept(invitation, login_email="INFO@example.org")
    with pytest.raises(LoginAddressTaken):
        accept(stranger, login_email="info@example.org")
    assert everything() == before


def test_who_has_a_log_in_keeps_it() -> None:
    user = make_user()
    invitation = make_invitation(interest=make_interest(user=user))
    assert accept(invitation, login_email="another@example.org").user == user
    assert not User.objects.filter(email="another@example.org").exists()


def test_who_joins_a_running_free_round_takes_part_at_once() -> None:
    cohort = make_cohort(state=CohortState.RUNNING, round_state=RoundState.RUNNING)
    enrolment = accept(make_invitation(cohort=cohort))
    (participation,) = enrolment.participations.all()
    assert participation.state == "not_started"
    assert participation.fee_decisions.get().kind == "not_needed"


def test_declining_is_a_receipt_and_twice_is_once() -> None:
    invitation = make_invitation()
    for _ in range(2):
        actions.decline_invitation(invitation_id=invitation.pk, now=NOW)
    assert history(invitation) == [("released", "declined", "link")]
    assert letters() == [f"invitation/{invitation.pk}/invitation_declined/{STAMP}"]


@pytest.mark.parametrize("state", ["accepted", "expired", "revoked", "draft"])
def test_what_is_not_open_cannot_be_declined(state: str) -> None:
    invitation = make_invitation(state=state)
    before = everything()
    with pytest.raises(InvitationOver):
        actions.decline_invitation(invitation_id=invitation.pk, now=NOW)
    assert everything() == before


def test_a_draft_is_thrown_away_without_a_letter_and_an_offer_taken_back_with_one() -> None:
    cohort = make_cohort()
    draft = make_invitation(cohort=cohort, state=InvitationState.DRAFT)
    offer = make_invitation(cohort=cohort)
    for invitation in (draft, offer):
        actions.revoke_invitation(
            invitation_id=invitation.pk, by=make_user(), why="fel person", now=NOW
        )
    assert states(draft, offer) == ["revoked", "revoked"]
    assert whys(offer) == ["fel person"]
    assert letters() == [f"invitation/{offer.pk}/invitation_revoked/{STAMP}"]


@pytest.mark.parametrize("state", ["accepted", "declined", "expired", "revoked"])
def test_what_has_been_answered_cannot_be_taken_back(state: str) -> None:
    invitation = make_invitation(state=state)
    before = everything()
    with pytest.raises(InvitationOver):
        actions.revoke_invitation(invitation_id=invitation.pk, by=make_user(), why="", now=NOW)
    assert everything()["cohorts.Invitation"] == before["cohorts.Invitation"]


def test_invitations_lapse_at_their_deadline_and_people_are_told() -> None:
    over = make_invitation(expires_at=NOW)
    still = make_invitation(expires_at=NOW + SECOND)
    assert actions.lapse_invitations(now=NOW) == 1
    assert actions.lapse_invitations(now=NOW) == 0
    assert states(over, still) == ["expired", "released"]
    assert history(over) == [("released", "expired", "clock")]
    assert letters() == [f"invitation/{over.pk}/invitation_expired/{STAMP}"]


def test_an_open_invitation_gets_ten_days_more() -> None:
    invitation = make_invitation(expires_at=NOW + DAY)
    facilitator = invitation.cohort.facilitator
    refusal = actions.extend_invitation(invitation_id=invitation.pk, by=facilitator, now=NOW)
    assert (refusal, read_again(invitation).expires_at) == (None, NOW + 10 * DAY)
    assert (history(invitation), whys(invitation)) == (
        [("released", "released", "user")],
        ["extended"],
    )


def test_a_lapsed_invitation_is_opened_again_if_a_seat_is_free() -> None:
    cohort = make_cohort(seats=2)
    lapsed = make_invitation(cohort=cohort, state=InvitationState.EXPIRED)
    make_invitation(cohort=cohort)
    by = cohort.facilitator
    assert actions.extend_invitation(invitation_id=lapsed.pk, by=by, now=NOW) is None
    assert (states(lapsed), len(letters())) == (["released"], 1)


def test_a_lapsed_invitation_stays_so_when_the_group_is_full() -> None:
    cohort = make_cohort(seats=2)
    lapsed = make_invitation(cohort=cohort, state=InvitationState.EXPIRED)
    make_invitation(cohort=cohort)
    make_enrolment(cohort=cohort)
    before = everything()
    by = cohort.facilitator
    refusal = actions.extend_invitation(invitation_id=lapsed.pk, by=by, now=NOW)
    assert (refusal, everything()) == (SeatRefusal.FULL, before)


@pytest.mark.parametrize("state", ["accepted", "declined", "revoked", "draft"])
def test_what_has_been_answered_cannot_be_extended(state: str) -> None:
    invitation = make_invitation(state=state)
    with pytest.raises(InvitationOver):
        actions.extend_invitation(invitation_id=invitation.pk, by=make_user(), now=NOW)
    assert states(invitation) == [state]


def test_leaving_ends_the_seat_with_a_receipt_and_twice_is_once() -> None:
    enrolment, user = make_enrolment(), make_user()
    for _ in range(2):
        actions.leave_cohort(enrolment_id=enrolment.pk, actor=acting(user), why="flyttar", now=NOW)
    assert history(enrolment) == [("active", "withdrawn", "user")]
    assert whys(enrolment) == ["flyttar"]
    assert letters() == [f"enrolment/{enrolment.pk}/left"]


@pytest.mark.parametrize(
    ("state", "ends"),
    [
        ("offered", "sat_out"),
        ("not_started", "dropped"),
        ("started", "dropped"),
        ("finished", "finished"),
        ("verified", "verified"),
        ("lapsed", "lapsed"),
    ],
)
def test_leaving_ends_what_was_not_finished_and_keeps_what_was(state: str, ends: str) -> None:
    cohort = make_cohort(state=CohortState.RUNNING, round_state=RoundState.RUNNING)
    enrolment = make_enrolment(cohort=cohort)
    participation = enrolment.participations.create(round=cohort.rounds.get(), state=state)
    actions.leave_cohort(enrolment_id=enrolment.pk, actor=LINK, why="", now=NOW)
    assert read_again(participation).state == ends


@pytest.mark.parametrize("state", ["completed", "removed", "transferred"])
def test_a_seat_that_has_ended_in_another_way_cannot_be_left(state: str) -> None:
    enrolment = make_enrolment(state=state)
    before = everything()
    with pytest.raises(MoveRefused):
        actions.leave_cohort(enrolment_id=enrolment.pk, actor=LINK, why="", now=NOW)
    assert everything() == before


def test_a_reminder_goes_once_three_days_before_the_deadline() -> None:
    invitation = make_invitation(expires_at=NOW + 10 * DAY)
    reminded = {}
    for days in (10, 4, 3, 2, 1, 0):
        actions.remind_of_invitations(now=NOW + 10 * DAY - days * DAY)
        reminded[days] = len(letters())
    assert reminded == {10: 0, 4: 0, 3: 1, 2: 1, 1: 1, 0: 1}
    assert letters() == [f"invitation/{invitation.pk}/reminder/20260320"]


def test_an_invitation_that_was_just_sent_is_not_reminded_of_the_same_day() -> None:
    make_invitation(expires_at=NOW + 2 * DAY, released_at=NOW)
    assert actions.remind_of_invitations(now=NOW + DAY - SECOND) == 0
    assert actions.remind_of_invitations(now=NOW + DAY) == 1
