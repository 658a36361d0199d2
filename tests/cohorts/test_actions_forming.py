"""Opening a cohort, proposing people, adding one by hand, calling it off, ending it."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from accounts.rules import MoveRefused, Role
from cohorts.actions import forming
from cohorts.actions.forming import CohortPlan
from cohorts.models import Cohort, Interest, Invitation
from cohorts.rules import CohortState, InvitationState
from cohorts.rules.enrolments import SeatRefusal
from tests.aftermath import (
    everything,
    history,
    letters,
    members_letters,
    members_receivers,
    read_again,
    whys,
)
from tests.factories import (
    NOW,
    make_cohort,
    make_company,
    make_course,
    make_enrolment,
    make_interest,
    make_invitation,
    make_meeting,
    make_place,
    make_programme,
    make_user,
)

pytestmark = pytest.mark.django_db(transaction=True)

SECOND = timedelta(seconds=1)


def opened(**fields: object) -> Cohort:
    make_place("mala")
    plan = {
        "name": "Malå våren",
        "place": "mala",
        "language": "sv",
        "time": "1-lunch",
        "seats": 12,
        "least": 6,
        "starts_on": date(2026, 4, 7),
        "course_id": make_course(price_sek=Decimal(900)).pk,
    }
    leader = make_user(role=Role.FACILITATOR)
    return forming.open_cohort(
        programme=make_programme(),
        plan=CohortPlan(**{**plan, **fields}),  # type: ignore[arg-type]  # mixed values by name
        facilitator=leader,
        by=leader,
        now=NOW,
    )


def propose(cohort: Cohort) -> int:
    return forming.propose_people(cohort_id=cohort.pk, by=cohort.facilitator, now=NOW)


def add(cohort: Cohort, interest: Interest) -> SeatRefusal | None:
    return forming.add_by_hand(
        cohort_id=cohort.pk, interest_id=interest.pk, by=cohort.facilitator, now=NOW
    )


def drafted(cohort: Cohort) -> list[int]:
    drafts = cohort.invitations.filter(state=InvitationState.DRAFT).order_by("id")
    return list(drafts.values_list("interest_id", flat=True))


def test_a_cohort_opens_as_a_draft_with_its_first_course_chosen_at_todays_price() -> None:
    cohort = opened()
    round_ = cohort.rounds.get()
    assert (cohort.state, cohort.place_id, cohort.seats) == (CohortState.DRAFT, "mala", 12)
    assert (round_.state, round_.price_sek) == ("chosen", Decimal(900))
    assert history(cohort) == [("", "draft", "user")]
    assert history(round_) == [("", "proposed", "user"), ("proposed", "chosen", "user")]
    assert letters() == []


def test_a_proposal_fills_the_free_seats_in_line_with_reasons_and_sends_nothing() -> None:
    cohort = make_cohort(seats=3)
    make_enrolment(cohort=cohort)
    later = make_interest(registered_at=NOW + 2 * SECOND, places=("mala", "umea"))
    first = make_interest(registered_at=NOW + SECOND, times=["1-lunch"])
    make_interest(registered_at=NOW + 3 * SECOND, places=("mala", "umea"))
    assert propose(cohort) == 2
    drafts = cohort.invitations.order_by("id")
    assert [(draft.interest_id, draft.reasons) for draft in drafts] == [
        (first.pk, ["place", "time", "language"]),
        (later.pk, ["second_place", "any_time", "language"]),
    ]
    assert letters() == []


def test_proposing_again_keeps_the_drafts_and_adds_no_more_than_the_seats() -> None:
    cohort = make_cohort(seats=2)
    by_hand = make_interest(registered_at=NOW + 9 * SECOND)
    first = make_interest(registered_at=NOW + SECOND)
    make_interest(registered_at=NOW + 2 * SECOND)
    add(cohort, by_hand)
    assert propose(cohort) == 1
    assert propose(cohort) == 0
    assert drafted(cohort) == [by_hand.pk, first.pk]


def test_at_most_three_of_a_company_are_proposed_and_those_who_are_in_count() -> None:
    cohort, company = make_cohort(), make_company()
    make_enrolment(cohort=cohort, interest=make_interest(company=company))
    for _ in range(4):
        make_interest(company=company)
    outsider = make_interest()
    assert propose(cohort) == 3
    assert outsider.pk in drafted(cohort)
    assert cohort.invitations.filter(interest__company=company).count() == 2


def test_a_person_chosen_by_hand_is_a_draft_with_that_reason() -> None:
    cohort, interest = make_cohort(), make_interest(language="en", places=("mala",))
    assert add(cohort, interest) is None
    draft = Invitation.objects.get()
    assert (draft.interest, draft.reasons) == (interest, ["by_hand"])
    assert history(draft) == [("", "draft", "user")]
    assert letters() == []


@pytest.mark.parametrize("state", ["draft", "released"])
def test_nobody_is_added_twice(state: str) -> None:
    cohort = make_cohort()
    invitation = make_invitation(cohort=cohort, state=state)
    member = make_enrolment(cohort=cohort)
    before = everything()
    assert add(cohort, invitation.interest) is SeatRefusal.ALREADY_IN
    assert add(cohort, member.interest) is SeatRefusal.ALREADY_IN
    assert everything() == before


def test_who_declined_may_be_asked_again_by_hand() -> None:
    cohort = make_cohort()
    declined = make_invitation(cohort=cohort, state=InvitationState.DECLINED)
    assert add(cohort, declined.interest) is None
    assert drafted(cohort) == [declined.interest_id]


@pytest.mark.parametrize("state", ["unverified", "paused", "withdrawn", "expired"])
def test_only_an_active_interest_is_added(state: str) -> None:
    cohort, interest = make_cohort(), make_interest(state=state)
    before = everything()
    assert add(cohort, interest) is SeatRefusal.INTEREST_NOT_ACTIVE
    assert everything() == before


@pytest.mark.parametrize("state", ["cancelled", "completed", "archived"])
def test_nobody_is_added_to_a_cohort_that_is_over(state: str) -> None:
    cohort, interest = make_cohort(state=state), make_interest()
    before = everything()
    assert add(cohort, interest) is SeatRefusal.COHORT_OVER
    assert everything() == before


def test_another_programmes_people_are_not_there_for_this_cohort() -> None:
    other = make_programme(slug="other", name="Annat projekt", runs_cohorts=False)
    cohort, stranger = make_cohort(), make_interest(programme=other)
    with pytest.raises(Interest.DoesNotExist):
        add(cohort, stranger)


def test_a_cohort_that_is_called_off_takes_everything_with_it_and_tells_everybody() -> None:
    cohort = make_cohort()
    member = make_enrolment(cohort=cohort)
    offer = make_invitation(cohort=cohort)
    draft = make_invitation(cohort=cohort, state=InvitationState.DRAFT)
    meeting = make_meeting(round=cohort.rounds.get())
    by = cohort.facilitator
    forming.cancel_cohort(cohort_id=cohort.pk, by=by, why="För få deltagare.", now=NOW)
    assert history(cohort) == [("forming", "cancelled", "user")]
    assert whys(cohort) == ["För få deltagare."]
    assert [history(one) for one in (offer, draft, meeting)] == [
        [("released", "revoked", "user")],
        [("draft", "revoked", "user")],
        [("scheduled", "cancelled", "user")],
    ]
    assert read_again(meeting).sequence == 1
    assert sorted(members_receivers()) == sorted([member.interest.email, offer.interest.email])
    assert read_again(member).state == "active"


@pytest.mark.parametrize("state", ["running", "completed", "archived", "cancelled"])
def test_what_runs_or_is_over_cannot_be_called_off(state: str) -> None:
    cohort = make_cohort(state=state)
    before = everything()
    with pytest.raises(MoveRefused):
        forming.cancel_cohort(cohort_id=cohort.pk, by=cohort.facilitator, why="x", now=NOW)
    assert everything() == before


def test_the_members_of_a_completed_cohort_have_completed_it_and_nothing_stays_open() -> None:
    cohort = make_cohort(state=CohortState.RUNNING)
    member = make_enrolment(cohort=cohort)
    left = make_enrolment(cohort=cohort, state="withdrawn")
    offer = make_invitation(cohort=cohort)
    forming.complete_cohort(cohort_id=cohort.pk, by=cohort.facilitator, now=NOW)
    assert history(member) == [("active", "completed", "user")]
    assert (history(left), read_again(left).state) == ([], "withdrawn")
    assert history(offer) == [("released", "revoked", "user")]
    told = members_letters()
    assert [key for key in told if f"invitation/{offer.pk}/" in key] == told


def test_a_running_cohort_is_completed_and_no_other() -> None:
    running, forming_still = make_cohort(state=CohortState.RUNNING), make_cohort()
    forming.complete_cohort(cohort_id=running.pk, by=running.facilitator, now=NOW)
    assert history(running) == [("running", "completed", "user")]
    with pytest.raises(MoveRefused):
        forming.complete_cohort(cohort_id=forming_still.pk, by=running.facilitator, now=NOW)
