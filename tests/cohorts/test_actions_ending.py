"""An interest ends: by the person, by the clock. Its seats go to the next in line."""

from datetime import UTC, datetime, timedelta
from threading import Thread
from time import monotonic, sleep

import pytest
from django.db import connection, transaction

from accounts.rules import MoveRefused
from accounts.steps import acting
from cohorts.actions import interests as actions
from cohorts.models import Interest, InterestPlace, Invitation
from cohorts.rules import CohortState, EnrolmentState, InterestState, InvitationState
from outbox.models import Message
from tests.aftermath import everything, history, letters, read_again, whys
from tests.factories import (
    NOW,
    make_cohort,
    make_enrolment,
    make_interest,
    make_invitation,
    make_user,
)

pytestmark = pytest.mark.django_db(transaction=True)

DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)


def withdraw(interest: Interest) -> None:
    actions.withdraw_interest(interest_id=interest.pk, generation=interest.link_generation, now=NOW)


def test_withdrawing_ends_the_interest_with_a_receipt() -> None:
    interest = make_interest()
    withdraw(interest)
    assert (read_again(interest).state, read_again(interest).withdrawn_at) == ("withdrawn", NOW)
    assert history(interest) == [("active", "withdrawn", "link")]
    stamp = f"{NOW:%Y%m%dT%H%M%S.%f}"
    assert letters() == [f"interest/{interest.pk}/interest_withdrawn/{stamp}"]


def test_withdrawing_declines_what_is_open_and_passes_each_seat_on() -> None:
    leaver, next_one = make_interest(), make_interest()
    one, other = make_cohort(seats=2), make_cohort(seats=2)
    released = make_invitation(cohort=one, interest=leaver)
    draft = make_invitation(cohort=other, interest=leaver, state=InvitationState.DRAFT)
    withdraw(leaver)
    assert history(released) == [("released", "declined", "link")]
    assert history(draft) == [("draft", "revoked", "link")]
    assert read_again(released).answered_at == NOW
    fresh = Invitation.objects.exclude(pk__in=[released.pk, draft.pk])
    assert [(i.cohort_id, i.interest_id, i.state) for i in fresh] == [
        (one.pk, next_one.pk, InvitationState.RELEASED)
    ]
    assert [key.split("/")[0] for key in letters()] == ["invitation", "interest"]


def test_an_accepted_seat_is_left_alone_by_a_withdrawal() -> None:
    interest = make_interest()
    enrolment = make_enrolment(interest=interest)
    withdraw(interest)
    assert read_again(enrolment).state == EnrolmentState.ACTIVE


def test_an_administrator_withdraws_for_somebody_with_a_reason() -> None:
    interest, admin = make_interest(), make_user()
    actions.withdraw_interest(
        interest_id=interest.pk,
        generation=1,
        now=NOW,
        actor=acting(admin),
        why="ringde och bad om det",
    )
    assert history(interest) == [("active", "withdrawn", "user")]
    assert whys(interest) == ["ringde och bad om det"]


@pytest.mark.parametrize("state", ["unverified", "withdrawn", "expired", "merged", "anonymised"])
def test_what_is_not_active_or_paused_cannot_be_withdrawn(state: str) -> None:
    interest = make_interest(state=state)
    make_invitation(interest=interest)
    before = everything()
    with pytest.raises(MoveRefused):
        withdraw(interest)
    assert everything() == before


@pytest.mark.parametrize(
    ("on_behalf", "age", "deleted"),
    [
        (False, 7 * DAY, 0),
        (False, 7 * DAY + SECOND, 1),
        (True, 7 * DAY + SECOND, 0),
        (True, 21 * DAY, 0),
        (True, 21 * DAY + SECOND, 1),
    ],
)
def test_a_sign_up_that_nobody_confirmed_is_gone_when_its_link_is(
    on_behalf: bool,
    age: timedelta,
    deleted: int,
) -> None:
    coach = make_user() if on_behalf else None
    make_interest(state=InterestState.UNVERIFIED, on_behalf_by=coach, registered_at=NOW - age)
    assert actions.purge_unconfirmed(now=NOW) == deleted
    assert Interest.objects.count() == 1 - deleted
    assert InterestPlace.objects.count() == 1 - deleted
    assert actions.purge_unconfirmed(now=NOW) == 0


@pytest.mark.postgresql
def test_who_confirms_while_the_unconfirmed_are_deleted_stays() -> None:
    interest = make_interest(state=InterestState.UNVERIFIED, registered_at=NOW - 8 * DAY)
    gone: list[int] = []
    purging = Thread(target=lambda: gone.append(_purge_once()))
    with transaction.atomic():
        Interest.objects.filter(pk=interest.pk).update(state=InterestState.ACTIVE)
        purging.start()
        _wait_for_a_lock()
    purging.join()
    assert (gone, read_again(interest).state) == ([0], InterestState.ACTIVE)


def _purge_once() -> int:
    try:
        return actions.purge_unconfirmed(now=NOW)
    finally:
        connection.close()


def _wait_for_a_lock() -> None:
    """Wait until somebody waits for a row that this transaction holds."""
    until = monotonic() + 20
    with connection.cursor() as cursor:
        while monotonic() < until:
            cursor.execute("SELECT 1 FROM pg_locks WHERE NOT granted")
            if cursor.fetchone():
                return
            sleep(0.02)


def test_nothing_that_was_confirmed_is_ever_purged() -> None:
    for state in InterestState:
        if state is not InterestState.UNVERIFIED:
            make_interest(state=state, registered_at=NOW - 400 * DAY)
    assert actions.purge_unconfirmed(now=NOW) == 0
    assert Interest.objects.count() == len(InterestState) - 1


def expired_after(confirmed_at: datetime, now: datetime) -> int:
    make_interest(confirmed_at=confirmed_at)
    return actions.ask_to_renew(now=now)


@pytest.mark.parametrize(
    ("confirmed_at", "now", "ended"),
    [
        (datetime(2026, 1, 10, 12, tzinfo=UTC), datetime(2026, 10, 10, 11, 59, tzinfo=UTC), 0),
        (datetime(2026, 1, 10, 12, tzinfo=UTC), datetime(2026, 10, 10, 12, tzinfo=UTC), 1),
        (datetime(2026, 5, 31, 12, tzinfo=UTC), datetime(2027, 2, 28, 12, tzinfo=UTC), 0),
        (datetime(2026, 5, 28, 12, tzinfo=UTC), datetime(2027, 2, 28, 12, tzinfo=UTC), 1),
        (datetime(2026, 4, 1, 12, tzinfo=UTC), datetime(2027, 1, 1, 12, tzinfo=UTC), 1),
    ],
)
def test_an_interest_ends_nine_months_after_it_was_last_confirmed(
    confirmed_at: datetime, now: datetime, ended: int
) -> None:
    assert expired_after(confirmed_at, now) == ended
    assert Interest.objects.get().state == ("expired" if ended else "active")


def test_people_are_asked_thirty_and_seven_days_before_and_only_once_each() -> None:
    interest = make_interest(confirmed_at=datetime(2026, 1, 10, 12, tzinfo=UTC))
    ends = datetime(2026, 10, 10, 12, tzinfo=UTC)
    asked = {}
    for days in (31, 30, 29, 8, 7, 1, 0):
        actions.ask_to_renew(now=ends - days * DAY)
        actions.ask_to_renew(now=ends - days * DAY + timedelta(hours=1))
        asked[days] = letters()
    first = f"interest/{interest.pk}/expires-in-30/2026"
    second = f"interest/{interest.pk}/expires-in-7/2026"
    assert asked == {
        31: [],
        30: [first],
        29: [first],
        8: [first],
        7: [first, second],
        1: [first, second],
        0: [first, second],
    }
    assert history(interest) == [("active", "expired", "clock")]


def test_who_renews_is_asked_no_more() -> None:
    interest = make_interest(confirmed_at=datetime(2026, 1, 10, 12, tzinfo=UTC))
    asked_at = datetime(2026, 9, 12, 12, tzinfo=UTC)
    actions.ask_to_renew(now=asked_at)
    actions.renew_interest(interest_id=interest.pk, generation=1, now=asked_at)
    Message.objects.all().delete()
    assert actions.ask_to_renew(now=asked_at + 100 * DAY) == 0
    assert (letters(), read_again(interest).state) == ([], "active")


def test_who_has_a_seat_is_neither_asked_nor_ended() -> None:
    interest = make_interest(confirmed_at=NOW - 400 * DAY)
    make_enrolment(interest=interest, cohort=make_cohort(state=CohortState.RUNNING))
    assert actions.ask_to_renew(now=NOW) == 0
    assert (letters(), read_again(interest).state) == ([], "active")
