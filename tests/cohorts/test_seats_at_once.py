"""Twelve seats and everybody at once, ten times over: never more than twelve, seen from outside."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from random import Random
from threading import Event, Thread
from typing import Any

import pytest
from django.db import connection

from accounts.models import User
from accounts.rules import MoveRefused
from accounts.steps import LINK
from cohorts.actions import seats
from cohorts.actions.interests import withdraw_interest
from cohorts.actions.seats import InvitationOver
from cohorts.models import Cohort, Enrolment, Interest, Invitation
from cohorts.rules import EnrolmentState, InvitationState
from cohorts.rules.enrolments import SeatRefusal
from cohorts.words import SEAT_REFUSALS
from regai.invariants import violations
from tests.aftermath import letters
from tests.at_once import at_once, faults
from tests.factories import (
    NOW,
    make_cohort,
    make_company,
    make_enrolment,
    make_interest,
    make_invitation,
    make_user,
)

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]

SEATS, DRAFTS, TIMES = 12, 40, 10
REFUSALS = (InvitationOver, MoveRefused)
TAKEN = """
SELECT (SELECT count(*) FROM cohorts_enrolment WHERE cohort_id = %(id)s AND state = 'active')
     + (SELECT count(*) FROM cohorts_invitation WHERE cohort_id = %(id)s AND state = 'released')
"""


@contextmanager
def watched(cohort: Cohort) -> Iterator[list[int]]:
    """Count seats given and offered again and again, on a connection of the watcher's own."""
    seen: list[int] = []
    over = Event()

    def look() -> None:
        try:
            with connection.cursor() as cursor:
                while not over.is_set():
                    cursor.execute(TAKEN, {"id": cohort.pk})
                    seen.append(cursor.fetchone()[0])
        finally:
            connection.close()

    watcher = Thread(target=look)
    watcher.start()
    try:
        yield seen
    finally:
        over.set()
        watcher.join()


def release(cohort: Cohort, draft: Invitation) -> SeatRefusal | None:
    (outcome,) = seats.release_invitations(
        cohort_id=cohort.pk, invitation_ids=[draft.pk], by=cohort.facilitator, now=NOW
    )
    return outcome.refusal


def accept(invitation: Invitation) -> Enrolment:
    return seats.accept_invitation(
        invitation_id=invitation.pk, login_email=invitation.interest.email, needs="", now=NOW
    )


def everybody(cohort: Cohort, by: User, chance: Random) -> list[Callable[[], Any]]:
    """Return what everybody does to twelve offers: yes twice, no, expiry, longer, back, leaving."""
    offers = list(cohort.invitations.filter(state=InvitationState.RELEASED))
    chance.shuffle(offers)
    lapsed = [one.pk for one in offers[9:11]]
    Invitation.objects.filter(pk__in=lapsed).update(expires_at=NOW)
    calls: list[Callable[[], Any]] = [partial(accept, one) for one in offers[:7] * 2]
    calls += [partial(seats.decline_invitation, invitation_id=o.pk, now=NOW) for o in offers[5:9]]
    calls += [partial(seats.lapse_invitations, now=NOW)] * 2
    calls += [
        partial(seats.extend_invitation, invitation_id=o.pk, by=by, now=NOW) for o in offers[6:12]
    ]
    calls += [
        partial(seats.revoke_invitation, invitation_id=o.pk, by=by, why="", now=NOW)
        for o in offers[4:12:3]
    ]
    drafts = cohort.invitations.filter(state=InvitationState.DRAFT)[:6]
    calls += [partial(release, cohort, draft) for draft in drafts]
    chance.shuffle(calls)
    return calls


@pytest.mark.parametrize("time", range(TIMES))
def test_twelve_seats_are_never_thirteen(time: int) -> None:
    by = make_user()
    company = make_company()
    cohort = make_cohort(seats=SEATS, facilitator=by)
    drafts = [
        make_invitation(
            cohort=cohort, interest=make_interest(company=company), state=InvitationState.DRAFT
        )
        for _ in range(DRAFTS)
    ]
    for _ in range(3):
        make_interest(company=company)

    with watched(cohort) as seen:
        outcomes = at_once([partial(release, cohort, draft) for draft in drafts])
        assert Counter(outcomes) == {None: SEATS, SeatRefusal.FULL: DRAFTS - SEATS}
        assert str(SEAT_REFUSALS[SeatRefusal.FULL]) != ""
        assert len(letters()) == SEATS
        answers = at_once(everybody(cohort, by, Random(time)))

    assert faults(answers, but=REFUSALS) == []
    assert (max(seen), seen[-1] > 0, len(seen) > TIMES) == (SEATS, True, True)
    people = Counter(Enrolment.objects.values_list("interest", flat=True))
    assert set(people.values()) == {1}
    assert [*violations(["seats", "states", "letters"])] == []


@pytest.mark.parametrize("time", range(3))
def test_two_groups_that_free_seats_in_the_same_moment_never_ask_the_same_person(
    time: int,
) -> None:
    groups = [make_cohort(seats=4, least=1) for _ in range(3)]
    taken = [make_invitation(cohort=group) for group in groups for _ in range(4)]
    members = [make_enrolment(cohort=make_cohort(seats=2, least=1)) for _ in range(2)]
    for _ in range(9):
        make_interest()
    calls: list[Callable[[], Any]] = [
        partial(seats.decline_invitation, invitation_id=one.pk, now=NOW) for one in taken
    ]
    calls += [
        partial(seats.leave_cohort, enrolment_id=one.pk, actor=LINK, why="", now=NOW)
        for one in members
    ]
    Random(time).shuffle(calls)
    assert faults(at_once(calls)) == []
    asked = Counter(
        Invitation.objects.filter(state=InvitationState.RELEASED).values_list("interest", flat=True)
    )
    assert set(asked.values()) == {1}


def test_whoever_accepts_several_offers_at_once_gets_one_seat_and_the_rest_go_on() -> None:
    groups = [make_cohort(seats=2, least=1) for _ in range(4)]
    person = make_interest()
    offers = [make_invitation(cohort=group, interest=person) for group in groups]
    waiting = [make_interest(registered_at=NOW + timedelta(days=n)) for n in range(3)]
    outcomes = at_once([partial(accept, offer) for offer in offers])
    assert faults(outcomes, but=InvitationOver) == []
    (seat,) = Enrolment.objects.filter(interest=person, state=EnrolmentState.ACTIVE)
    asked = Invitation.objects.filter(state=InvitationState.RELEASED)
    assert set(asked.values_list("interest", flat=True)) == {one.pk for one in waiting}
    assert seat.cohort_id not in asked.exclude(interest__in=waiting).values_list(
        "cohort", flat=True
    )
    assert [*violations(["seats", "states"])] == []


def test_nobody_who_ends_the_interest_in_that_moment_is_left_with_an_offer() -> None:
    group = make_cohort(seats=6, least=1)
    taken = [make_invitation(cohort=group) for _ in range(6)]
    waiting = [make_interest() for _ in range(6)]
    calls: list[Callable[[], Any]] = [
        partial(seats.decline_invitation, invitation_id=one.pk, now=NOW) for one in taken
    ]
    calls += [partial(withdraw, one) for one in waiting]
    assert faults(at_once(calls)) == []
    assert [*violations(["seats"])] == []
    assert Interest.objects.filter(state="withdrawn").count() == len(waiting)


def withdraw(interest: Interest) -> None:
    withdraw_interest(interest_id=interest.pk, generation=1, now=NOW)
