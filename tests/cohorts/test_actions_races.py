"""What row locks are for: seats, sign-ups and aid when everybody acts in the same moment."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from django.db import transaction

from accounts.rules import MoveRefused
from accounts.steps import CLOCK, LINK
from cohorts.actions import fees, interests, rounds, seats, votes
from cohorts.actions.interests import InterestAnswers
from cohorts.actions.seats import InvitationOver
from cohorts.models import Cohort, Enrolment, Interest, Invitation, Participation
from cohorts.rules import CohortState, InvitationState, RoundState
from cohorts.rules.enrolments import SeatRefusal
from cohorts.rules.fees import ConfirmRefusal
from cohorts.rules.votes import VotePlan
from cohorts.steps.fees import offer_round
from companies.models import Company
from companies.numbers import read
from deminimis.models import LedgerEntry
from tests.aftermath import letters
from tests.at_once import at_once, faults
from tests.factories import (
    NOW,
    make_certificate,
    make_cohort,
    make_course,
    make_declared_aid,
    make_enrolment,
    make_interest,
    make_invitation,
    make_place,
    make_programme,
    make_rate,
)
from voting.models import Ballot

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]

SEATS = 12
DAY = timedelta(days=1)


def taken(cohort: Cohort) -> int:
    """Return how many seats are enrolled or offered."""
    enrolled = cohort.enrolments.filter(state="active").count()
    return enrolled + cohort.invitations.filter(state=InvitationState.RELEASED).count()


def release(cohort: Cohort, draft: Invitation) -> SeatRefusal | None:
    (outcome,) = seats.release_invitations(
        cohort_id=cohort.pk, invitation_ids=[draft.pk], by=cohort.facilitator, now=NOW
    )
    return outcome.refusal


def accept(invitation: Invitation) -> Enrolment:
    return seats.accept_invitation(
        invitation_id=invitation.pk, login_email=invitation.interest.email, needs="", now=NOW
    )


def test_forty_facilitators_release_forty_drafts_for_twelve_seats() -> None:
    cohort = make_cohort(seats=SEATS)
    drafts = [make_invitation(cohort=cohort, state=InvitationState.DRAFT) for _ in range(40)]
    outcomes = at_once([partial(release, cohort, draft) for draft in drafts])
    assert Counter(outcomes) == {None: SEATS, SeatRefusal.FULL: 40 - SEATS}
    assert taken(cohort) == SEATS
    assert len(letters()) == SEATS


def test_the_last_seat_is_given_once_when_two_release_the_same_drafts() -> None:
    cohort = make_cohort(seats=2)
    make_enrolment(cohort=cohort)
    drafts = [make_invitation(cohort=cohort, state=InvitationState.DRAFT) for _ in range(2)]
    everything = {"cohort_id": cohort.pk, "by": cohort.facilitator, "now": NOW}
    ids = [draft.pk for draft in drafts]
    at_once(
        [
            partial(seats.release_invitations, invitation_ids=order, **everything)  # type: ignore[arg-type]  # mixed values
            for order in (ids, ids[::-1])
        ]
    )
    assert taken(cohort) == 2


def test_seats_never_exceed_their_number_whatever_everybody_does_at_once() -> None:
    cohort = make_cohort(seats=SEATS)
    for _ in range(20):
        make_interest()
    offers = [make_invitation(cohort=cohort) for _ in range(SEATS)]
    Invitation.objects.filter(pk__in=[one.pk for one in offers[8:10]]).update(expires_at=NOW)
    lapsed = [make_invitation(cohort=cohort, state=InvitationState.EXPIRED) for _ in range(3)]
    by = cohort.facilitator
    calls: list[Callable[[], Any]] = [partial(accept, one) for one in offers[:6] * 2]
    calls += [partial(seats.decline_invitation, invitation_id=o.pk, now=NOW) for o in offers[4:8]]
    calls += [
        partial(seats.revoke_invitation, invitation_id=o.pk, by=by, why="", now=NOW)
        for o in (offers[5], offers[10])
    ]
    calls += [
        partial(interests.withdraw_interest, interest_id=o.interest_id, generation=1, now=NOW)
        for o in (offers[0], offers[6], offers[11])
    ]
    calls += [partial(seats.extend_invitation, invitation_id=o.pk, by=by, now=NOW) for o in lapsed]
    calls += [partial(seats.lapse_invitations, now=NOW)] * 2
    outcomes = at_once(calls)
    assert faults(outcomes, but=(InvitationOver, MoveRefused)) == []
    assert taken(cohort) <= SEATS
    assert Counter(Counter(Enrolment.objects.values_list("interest", flat=True)).values()) == {
        1: Enrolment.objects.count()
    }
    # Nothing that came free was kept from the line.
    waiting = Interest.objects.filter(state="active", invitations=None, enrolments=None)
    assert taken(cohort) == SEATS or not waiting.exists()


def test_accepting_and_withdrawing_at_once_never_wait_for_each_other() -> None:
    cohorts = [make_cohort(seats=2) for _ in range(10)]
    offers = [make_invitation(cohort=cohort) for cohort in cohorts]
    calls: list[Callable[[], Any]] = []
    for offer in offers:
        withdraw = partial(
            interests.withdraw_interest, interest_id=offer.interest_id, generation=1, now=NOW
        )
        calls += [partial(accept, offer), withdraw]
    outcomes = at_once(calls)
    assert faults(outcomes, but=InvitationOver) == []
    assert {taken(cohort) for cohort in cohorts} <= {0, 1, 2}


def test_leaving_and_accepting_at_once_leave_nobody_without_a_seat_that_is_free() -> None:
    cohort = make_cohort(seats=4)
    members = [make_enrolment(cohort=cohort) for _ in range(2)]
    offers = [make_invitation(cohort=cohort) for _ in range(2)]
    for _ in range(4):
        make_interest()
    calls: list[Callable[[], Any]] = [partial(accept, one) for one in offers]
    calls += [
        partial(seats.leave_cohort, enrolment_id=one.pk, actor=LINK, why="", now=NOW)
        for one in members * 2
    ]
    assert faults(at_once(calls)) == []
    assert taken(cohort) == 4


def test_a_form_that_is_sent_twenty_times_at_once_is_one_person() -> None:
    make_programme()
    make_place("umea")
    answers = InterestAnswers(
        name="Anna Ek",
        email="anna@example.org",
        company="Malå Trä AB",
        number=read("599000-0019"),
        places=("umea",),
        times=(),
        language="sv",
    )
    register = partial(interests.register_interest, answers=answers, now=NOW)
    assert faults(at_once([register] * 20)) == []
    assert (Interest.objects.count(), Company.objects.count(), len(letters())) == (1, 1, 1)


def offered_to(company: Company, many: int) -> list[Participation]:
    """Return offers of a course worth a thousand euro to so many colleagues."""
    make_rate()
    cohort = make_cohort(
        course=make_course(price_sek=Decimal(11000)),
        seats=many,
        least=0,
        state=CohortState.RUNNING,
        round_state=RoundState.FEE_CHECK,
    )
    offers = []
    for _ in range(many):
        member = make_enrolment(cohort=cohort, interest=make_interest(company=company))
        with transaction.atomic():
            offers.append(offer_round(cohort.rounds.get(), member, actor=CLOCK, now=NOW))
    return offers


def confirm(participation: Participation, seen: int) -> ConfirmRefusal | None:
    by = participation.enrolment.user
    return fees.confirm_place(
        participation_id=participation.pk, by=by, seen_decision_id=seen, now=NOW
    )


def test_twenty_colleagues_with_room_for_three_are_granted_exactly_three() -> None:
    certificate = make_certificate(none_received=False)
    make_declared_aid(certificate=certificate, amount=Decimal(297_000))
    offers = offered_to(certificate.company, 20)
    seen = [one.fee_decisions.get(is_current=True).pk for one in offers]
    outcomes = at_once([partial(confirm, *pair) for pair in zip(offers, seen, strict=True)])
    assert Counter(outcomes) == {None: 3, ConfirmRefusal.COST_CHANGED: 17}
    assert LedgerEntry.objects.count() == 3
    assert Participation.objects.filter(state="not_started").count() == 3


def test_one_person_who_says_yes_ten_times_at_once_is_granted_once() -> None:
    (offer,) = offered_to(make_certificate().company, 1)
    seen = offer.fee_decisions.get(is_current=True).pk
    assert at_once([partial(confirm, offer, seen)] * 10) == [None] * 10
    assert LedgerEntry.objects.count() == 1


def test_four_beats_close_a_vote_once() -> None:
    cohort = make_cohort(state=CohortState.RUNNING, round_state=RoundState.RUNNING)
    for _ in range(4):
        make_enrolment(cohort=cohort)
    among = [make_course().pk for _ in range(3)]
    plan = VotePlan(course_ids=among, opens_at=NOW, closes_at=NOW + DAY)
    ballot = votes.call_vote(cohort_id=cohort.pk, plan=plan, by=cohort.facilitator, now=NOW)
    assert isinstance(ballot, Ballot)
    outcomes = at_once([partial(votes.close_votes, now=NOW + DAY)] * 4)
    assert sorted(outcomes) == [0, 0, 0, 1]
    assert len([key for key in letters() if "/ended/" in key]) == 4


def test_a_vote_is_opened_once_by_two_at_once() -> None:
    cohort = make_cohort(state=CohortState.RUNNING, round_state=RoundState.RUNNING)
    for _ in range(2):
        make_enrolment(cohort=cohort)
    among = [make_course().pk for _ in range(2)]
    plan = VotePlan(course_ids=among, opens_at=NOW, closes_at=NOW + DAY)
    call = partial(votes.call_vote, cohort_id=cohort.pk, plan=plan, by=cohort.facilitator, now=NOW)
    assert faults(at_once([call] * 3)) == []
    assert Ballot.objects.count() == 1


def test_a_round_is_started_once_by_two_at_once() -> None:
    cohort = make_cohort(state=CohortState.CONFIRMED)
    members = [make_enrolment(cohort=cohort) for _ in range(3)]
    round_ = cohort.rounds.get()
    start = partial(
        rounds.start_round,
        round_id=round_.pk,
        starts_on=NOW.date(),
        ends_on=NOW.date() + 60 * DAY,
        by=cohort.facilitator,
        now=NOW,
    )
    outcomes = at_once([start] * 3)
    assert faults(outcomes, but=MoveRefused) == []
    assert [type(one) for one in outcomes].count(MoveRefused) == 2
    assert Participation.objects.count() == len(members)
