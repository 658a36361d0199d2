"""Everybody votes in the same moment, reminders go out meanwhile, and every receipt is counted."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.db import transaction

from accounts.models import User
from tests.at_once import at_once
from tests.factories import NOW
from tests.voting.booths import CLOSES, DAY, ballot_among, voters
from voting.actions import cast_vote
from voting.models import Ballot
from voting.queries import is_counted, turnout_of
from voting.rules import VoteRefusal, new_receipt, receipt_letters
from voting.steps import close_and_count, remind_on_roll

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]

VOTERS = 40


@pytest.fixture
def ballot() -> Ballot:
    """An open ballot of three options among forty people."""
    return ballot_among(VOTERS)


def cast(ballot: Ballot, voter: User, receipt: str) -> VoteRefusal | None:
    ranking = [["abc"[voter.pk % 3]]]
    return cast_vote(
        ballot_id=ballot.pk, voter=voter, ranking=ranking, receipt=receipt, now=NOW + DAY
    )


def remind(ballot: Ballot) -> None:
    with transaction.atomic():
        remind_on_roll(ballot, number=1)


def test_every_vote_cast_in_the_same_moment_is_counted_while_reminders_go_out(
    ballot: Ballot,
) -> None:
    receipts = [new_receipt() for _ in range(VOTERS)]
    people = voters(ballot)
    calls: list[Callable[[], Any]] = [
        partial(cast, ballot, *pair) for pair in zip(people, receipts, strict=True)
    ]
    calls += [partial(remind, ballot)] * 4
    assert at_once(calls) == [None] * len(calls)
    assert turnout_of(ballot) == (VOTERS, VOTERS)
    assert ballot.votes.count() == VOTERS
    counted = [is_counted(ballot, str(receipt_letters(receipt))) for receipt in receipts]
    assert counted == [True] * VOTERS


def test_one_person_who_votes_ten_times_at_once_has_one_vote(ballot: Ballot) -> None:
    voter, receipt = voters(ballot)[0], new_receipt()
    assert at_once([partial(cast, ballot, voter, receipt)] * 10) == [None] * 10
    assert (ballot.votes.count(), turnout_of(ballot)) == (1, (1, VOTERS))


def test_one_person_with_ten_receipts_at_once_has_one_vote(ballot: Ballot) -> None:
    voter = voters(ballot)[0]
    outcomes = at_once([partial(cast, ballot, voter, new_receipt()) for _ in range(10)])
    assert sorted(map(str, outcomes)) == ["None", *["receipt_unknown"] * 9]
    assert ballot.votes.count() == 1


def test_a_vote_and_the_close_in_the_same_moment_agree(ballot: Ballot) -> None:
    def close() -> None:
        with transaction.atomic():
            close_and_count(ballot.pk, now=CLOSES)

    calls: list[Callable[[], Any]] = [
        partial(cast, ballot, voter, new_receipt()) for voter in voters(ballot)[:20]
    ]
    outcomes = at_once([*calls, close])
    taken = outcomes[:-1].count(None)
    assert set(outcomes) <= {None, VoteRefusal.CLOSED}
    assert Ballot.objects.get().turnout == taken
    assert ballot.votes.count() == taken


def test_no_row_of_the_roll_or_the_votes_is_older_than_another_in_the_database(
    ballot: Ballot,
) -> None:
    for voter in voters(ballot)[:8]:
        cast(ballot, voter, new_receipt())
    ages = {
        table: set(rows.extra(select={"age": "xmin::text"}).values_list("age", flat=True))
        for table, rows in {"votes": ballot.votes.all(), "roll": ballot.roll.all()}.items()
    }
    assert len(ages["votes"] | ages["roll"]) == 1
