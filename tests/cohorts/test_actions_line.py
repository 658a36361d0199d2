"""A seat that comes free, in whichever way, goes once to the same next person in line."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from accounts.steps import LINK, acting
from cohorts.actions import freeing, interests, seats
from cohorts.models import Cohort, Interest, Invitation
from cohorts.rules import CohortState, InterestState, InvitationState
from cohorts.rules.enrolments import AUTOMATIC_OFFERS_STOP
from outbox.models import Message
from tests.aftermath import history, letters
from tests.factories import (
    NOW,
    make_cohort,
    make_enrolment,
    make_interest,
    make_invitation,
    make_meeting,
    make_user,
)

pytestmark = pytest.mark.django_db(transaction=True)

DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)


def declines(taken: Invitation) -> None:
    seats.decline_invitation(invitation_id=taken.pk, now=NOW)


def withdraws(taken: Invitation) -> None:
    interests.withdraw_interest(interest_id=taken.interest_id, generation=1, now=NOW)


def is_revoked(taken: Invitation) -> None:
    seats.revoke_invitation(invitation_id=taken.pk, by=make_user(), why="", now=NOW)


def lapses(taken: Invitation) -> None:
    Invitation.objects.filter(pk=taken.pk).update(expires_at=NOW)
    seats.lapse_invitations(now=NOW)


def accepts_and_leaves(taken: Invitation) -> None:
    enrolment = seats.accept_invitation(
        invitation_id=taken.pk, login_email="leaver@example.org", needs="", now=NOW
    )
    seats.leave_cohort(enrolment_id=enrolment.pk, actor=LINK, why="", now=NOW)


def are_freed_in_bulk(taken: Invitation) -> None:
    freeing.free_several(
        cohort_id=taken.cohort_id,
        enrolment_ids=[],
        invitation_ids=[taken.pk],
        by=make_user(),
        why="x",
        now=NOW,
    )


def accepts_another_group(taken: Invitation) -> None:
    elsewhere = make_cohort(place="digital", seats=2)
    other = make_invitation(cohort=elsewhere, interest=taken.interest)
    seats.accept_invitation(
        invitation_id=other.pk, login_email="elsewhere@example.org", needs="", now=NOW
    )


WAYS = [
    declines,
    withdraws,
    is_revoked,
    lapses,
    accepts_and_leaves,
    are_freed_in_bulk,
    accepts_another_group,
]


def offered(cohort: Cohort) -> list[int]:
    """Return who has an open invitation to a cohort, in the order the invitations were made."""
    open_ones = cohort.invitations.filter(state=InvitationState.RELEASED).order_by("id")
    return list(open_ones.values_list("interest_id", flat=True))


@pytest.fixture
def full() -> Cohort:
    """A cohort of four seats: three people in it, the fourth seat offered."""
    cohort = make_cohort(seats=4)
    for _ in range(3):
        make_enrolment(cohort=cohort)
    return cohort


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_every_way_a_seat_comes_free_offers_it_to_the_same_next_person_once(
    way: Callable[[Invitation], None], full: Cohort
) -> None:
    taken = make_invitation(cohort=full)
    make_interest(registered_at=NOW + 2 * SECOND)
    first = make_interest(registered_at=NOW + SECOND)
    make_interest(registered_at=NOW + 3 * SECOND)
    way(taken)
    assert offered(full) == [first.pk]
    (fresh,) = full.invitations.filter(state=InvitationState.RELEASED)
    assert fresh.reasons == ["next_in_line"]
    assert history(fresh) == [("", "draft", "clock"), ("draft", "released", "clock")]
    assert [key for key in letters() if key.startswith(f"invitation/{fresh.pk}/")] == [
        f"invitation/{fresh.pk}/released/{NOW:%Y%m%dT%H%M}"
    ]


def test_the_line_is_priority_then_rank_of_the_place_then_the_day_then_the_id() -> None:
    cohort = make_cohort(seats=8)
    taken = make_invitation(cohort=cohort)
    late = make_interest(registered_at=NOW + DAY)
    twin_one = make_interest(registered_at=NOW)
    twin_two = make_interest(registered_at=NOW)
    second_place = make_interest(places=("mala", "umea"), registered_at=NOW - DAY)
    third_place = make_interest(places=("mala", "skelleftea", "umea"), registered_at=NOW - 2 * DAY)
    first = make_interest(priority=1, places=("mala", "umea"), registered_at=NOW + 2 * DAY)
    declines(taken)
    assert offered(cohort) == [
        person.pk for person in (first, twin_one, twin_two, late, second_place, third_place)
    ]


def test_who_does_not_fit_is_not_in_line(full: Cohort) -> None:
    taken = make_invitation(cohort=full)
    make_interest(language="en")
    make_interest(places=("mala",))
    make_interest(times=["2-morning"])
    for state in InterestState:
        if state is not InterestState.ACTIVE:
            make_interest(state=state)
    make_invitation(cohort=make_cohort())  # is asked elsewhere
    make_enrolment(cohort=make_cohort(state=CohortState.CONFIRMED))  # has a seat elsewhere
    declines(taken)
    assert offered(full) == []


def test_who_has_been_through_another_cohort_is_in_line_again(full: Cohort) -> None:
    taken = make_invitation(cohort=full)
    again = make_enrolment(cohort=make_cohort(state=CohortState.COMPLETED)).interest
    declines(taken)
    assert offered(full) == [again.pk]


def test_whoever_can_meet_at_that_time_or_at_any_time_is_in_line(full: Cohort) -> None:
    taken = make_invitation(cohort=full)
    this_time = make_interest(times=["0-morning", "1-lunch"])
    declines(taken)
    assert offered(full) == [this_time.pk]


def test_nobody_is_offered_the_same_cohort_twice(full: Cohort) -> None:
    taken = make_invitation(cohort=full)
    declines(taken)
    assert offered(full) == []
    assert full.invitations.count() == 1


def test_a_person_gets_one_offer_at_a_time_even_if_two_cohorts_would_suit() -> None:
    one, other = make_cohort(seats=2), make_cohort(seats=2)
    first, second = make_invitation(cohort=one), make_invitation(cohort=other)
    waiting = make_interest()
    declines(first)
    declines(second)
    # Who has said no to one cohort is offered the other.
    assert offered(one) == [waiting.pk]
    assert offered(other) == [first.interest_id]


@pytest.mark.parametrize("state", ["draft", "running", "completed", "cancelled"])
def test_nothing_is_offered_by_itself_before_a_cohort_forms_or_once_it_runs(
    state: str, full: Cohort
) -> None:
    taken = make_invitation(cohort=full)
    make_interest()
    Cohort.objects.filter(pk=full.pk).update(state=state)
    declines(taken)
    assert offered(full) == []


@pytest.mark.parametrize(("short_of", "offers"), [(timedelta(), 1), (SECOND, 0)])
def test_automatic_offers_stop_five_days_before_the_first_meeting(
    short_of: timedelta, offers: int, full: Cohort
) -> None:
    starts_at = NOW + AUTOMATIC_OFFERS_STOP - short_of
    make_meeting(round=full.rounds.get(), starts_at=starts_at)
    taken = make_invitation(cohort=full)
    make_interest()
    declines(taken)
    assert len(offered(full)) == offers


def test_a_yes_declines_the_other_offers_in_the_order_of_the_groups_and_says_so() -> None:
    groups = [make_cohort(seats=2, name=f"Grupp {n}") for n in (1, 2, 3)]
    person, waiting = make_interest(), [make_interest() for _ in range(2)]
    first, second, third = [make_invitation(cohort=one, interest=person) for one in groups]
    draft = make_invitation(interest=person, state=InvitationState.DRAFT)
    seats.accept_invitation(invitation_id=second.pk, login_email=person.email, needs="", now=NOW)
    assert history(first) == history(third) == [("released", "declined", "link")]
    assert history(draft) == [("draft", "revoked", "link")]
    assert [offered(groups[0]), offered(groups[2])] == [[waiting[0].pk, waiting[1].pk], []]
    welcome = Message.objects.get(key=f"invitation/{second.pk}/accepted")
    assert "Du var också inbjuden till Grupp 1, Grupp 3." in welcome.text


def test_as_many_are_offered_as_seats_are_free_and_no_more(full: Cohort) -> None:
    taken = make_invitation(cohort=full)
    people = [make_interest(registered_at=NOW + n * SECOND) for n in range(3)]
    Cohort.objects.filter(pk=full.pk).update(seats=5)
    declines(taken)
    assert offered(full) == [people[0].pk, people[1].pk]


def test_an_administrator_who_ends_an_interest_passes_its_seat_on_too(full: Cohort) -> None:
    taken = make_invitation(cohort=full)
    waiting = make_interest()
    interests.withdraw_interest(
        interest_id=taken.interest_id, generation=1, now=NOW, actor=acting(make_user()), why="x"
    )
    assert offered(full) == [waiting.pk]
    assert Interest.objects.get(pk=taken.interest_id).state == InterestState.WITHDRAWN
