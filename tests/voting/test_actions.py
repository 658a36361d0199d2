"""Casting a vote, changing it with its receipt, and every reason why a vote is not taken."""

from collections import Counter
from datetime import datetime, timedelta

import pytest

from accounts.models import User
from tests.aftermath import everything
from tests.factories import NOW, make_user
from tests.voting.booths import CLOSES, DAY, ballot_among, close, voters
from voting.actions import NotOnTheRoll, cast_vote
from voting.models import Ballot, RollEntry, Vote
from voting.queries import has_voted, is_counted, options_for, receipt_hash, turnout_of
from voting.rules import Ranking, VoteRefusal, receipt_letters

pytestmark = pytest.mark.django_db(transaction=True)

SECOND = timedelta(seconds=1)
MINE = "3467-9ACD-EFGH-JKMN-PQRT"
OTHER = "UVWX-Y346-79AC-DEFG-HJKM"


def cast(
    ballot: Ballot,
    voter: User,
    ranking: Ranking,
    *,
    receipt: str = MINE,
    now: datetime = NOW + DAY,
) -> VoteRefusal | None:
    return cast_vote(ballot_id=ballot.pk, voter=voter, ranking=ranking, receipt=receipt, now=now)


def rankings(ballot: Ballot) -> list[Ranking]:
    return sorted(ballot.votes.values_list("ranking", flat=True))


def test_a_vote_is_a_ranking_with_the_hash_of_its_receipt_and_a_mark_on_the_roll() -> None:
    ballot = ballot_among()
    voter = voters(ballot)[0]
    assert cast(ballot, voter, [["b", "a"], [], ["c"]]) is None
    vote = Vote.objects.get()
    assert vote.ranking == [["a", "b"], ["c"]]
    assert vote.receipt_hash == receipt_hash(ballot, str(receipt_letters(MINE)))
    assert has_voted(ballot, voter)
    assert turnout_of(ballot) == (1, 3)
    row = Vote.objects.values_list().get()
    assert [value for value in row if "3467" in str(value)] == []


def test_the_same_receipt_again_is_the_same_success_and_changes_the_vote() -> None:
    ballot = ballot_among()
    voter = voters(ballot)[0]
    for ranking in ([["a"]], [["a"]], [["c"], ["a"]]):
        assert cast(ballot, voter, ranking) is None
    assert rankings(ballot) == [[["c"], ["a"]]]
    assert turnout_of(ballot) == (1, 3)


def test_a_receipt_is_taken_however_it_is_typed() -> None:
    ballot = ballot_among()
    voter = voters(ballot)[0]
    cast(ballot, voter, [["a"]])
    assert cast(ballot, voter, [["b"]], receipt=f" {MINE.lower().replace('-', ' ')} ") is None
    assert rankings(ballot) == [[["b"]]]


def test_a_blank_vote_counts_in_the_turnout() -> None:
    ballot = ballot_among()
    assert cast(ballot, voters(ballot)[0], []) is None
    assert (rankings(ballot), turnout_of(ballot)) == ([[]], (1, 3))


@pytest.mark.parametrize(
    ("ranking", "receipt", "now", "refusal"),
    [
        ([["a"]], MINE, NOW - SECOND, VoteRefusal.NOT_OPEN),
        ([["a"]], MINE, CLOSES, VoteRefusal.CLOSED),
        ([["a"]], MINE, CLOSES + DAY, VoteRefusal.CLOSED),
        ([["x"]], MINE, NOW + DAY, VoteRefusal.UNKNOWN_OPTION),
        ([["a"], ["a"]], MINE, NOW + DAY, VoteRefusal.OPTION_TWICE),
        ([["a"]], "", NOW + DAY, VoteRefusal.RECEIPT_SHAPE),
        ([["a"]], "3467", NOW + DAY, VoteRefusal.RECEIPT_SHAPE),
    ],
)
def test_a_vote_that_is_not_taken_writes_nothing(
    ranking: Ranking, receipt: str, now: datetime, refusal: VoteRefusal
) -> None:
    ballot = ballot_among()
    voter = voters(ballot)[0]
    before = everything()
    assert cast(ballot, voter, ranking, receipt=receipt, now=now) is refusal
    assert everything() == before


def test_a_lost_receipt_means_no_change() -> None:
    ballot = ballot_among()
    voter = voters(ballot)[0]
    cast(ballot, voter, [["a"]])
    before = everything()
    refusal = cast(ballot, voter, [["b"]], receipt=OTHER)
    assert (refusal, everything()) == (VoteRefusal.RECEIPT_UNKNOWN, before)


def test_nobody_votes_for_the_first_time_with_somebody_elses_receipt() -> None:
    ballot = ballot_among()
    first, second, _ = voters(ballot)
    cast(ballot, first, [["a"]])
    before = everything()
    refusal = cast(ballot, second, [["b"]])
    assert (refusal, everything()) == (VoteRefusal.RECEIPT_TAKEN, before)


def test_a_receipt_of_one_ballot_is_unknown_in_another() -> None:
    one, other = ballot_among(), ballot_among()
    cast(one, voters(one)[0], [["a"]])
    assert is_counted(one, str(receipt_letters(MINE)))
    assert not is_counted(other, str(receipt_letters(MINE)))
    assert cast(other, voters(other)[0], [["b"]]) is None


def test_who_is_not_on_the_roll_cannot_vote() -> None:
    ballot = ballot_among()
    stranger = make_user()
    before = everything()
    with pytest.raises(NotOnTheRoll):
        cast(ballot, stranger, [["a"]])
    with pytest.raises(NotOnTheRoll):
        cast_vote(ballot_id=0, voter=stranger, ranking=[], receipt=MINE, now=NOW)
    assert everything() == before


def test_every_cast_writes_all_votes_anew_so_that_no_row_is_older_than_another() -> None:
    ballot = ballot_among()
    first, second, third = voters(ballot)
    cast(ballot, first, [["a"]])
    before = set(Vote.objects.values_list("pk", flat=True))
    cast(ballot, second, [["b"]], receipt=OTHER)
    assert before & set(Vote.objects.values_list("pk", flat=True)) == set()
    assert rankings(ballot) == [[["a"]], [["b"]]]
    assert {has_voted(ballot, first), has_voted(ballot, second)} == {True}
    assert not has_voted(ballot, third)


def test_nothing_closes_before_its_time() -> None:
    ballot = ballot_among()
    before = everything()
    assert close(ballot, now=CLOSES - SECOND) is None
    assert everything() == before


def test_the_close_counts_tells_what_a_small_ballot_may_tell_and_draws_new_rows() -> None:
    ballot = ballot_among()
    first, second, _ = voters(ballot)
    cast(ballot, first, [["b"], ["a"]])
    cast(ballot, second, [["b"]], receipt=OTHER)
    before = set(Vote.objects.values_list("pk", flat=True))
    assert close(ballot) == "b"
    closed = Ballot.objects.get()
    assert (closed.state, closed.turnout, closed.counted_at) == ("decided", 2, CLOSES)
    assert before & set(Vote.objects.values_list("pk", flat=True)) == set()
    assert closed.result is not None
    assert {name for name, value in closed.result.items() if value not in (None, [], {})} >= {
        "winner"
    }
    assert closed.result.get("pairwise") is None
    assert closed.result.get("order") is None


def test_a_closed_ballot_closes_only_once() -> None:
    ballot = ballot_among()
    cast(ballot, voters(ballot)[0], [["b"]])
    close(ballot)
    before = everything()
    assert close(ballot) is None
    assert everything() == before


def test_below_the_quorum_the_ballot_is_void_and_nobody_wins() -> None:
    ballot = ballot_among(people=5)
    cast(ballot, voters(ballot)[0], [["b"]])
    assert close(ballot) is None
    assert Ballot.objects.get().state == "void"


def test_blank_votes_alone_choose_nothing() -> None:
    ballot = ballot_among(people=2)
    cast(ballot, voters(ballot)[0], [])
    assert close(ballot) is None
    assert Ballot.objects.get().state == "void"


def test_each_voter_has_an_order_of_options_of_their_own_and_the_same_at_each_visit() -> None:
    ballot = ballot_among(people=40, options="abcd")
    people = voters(ballot)
    orders = [tuple(option.key for option in options_for(ballot, one)) for one in people]
    again = [tuple(option.key for option in options_for(ballot, one)) for one in people]
    assert orders == again
    assert len(set(orders)) > 1
    assert max(Counter(order[0] for order in orders).values()) < len(people)


def test_the_roll_holds_no_time_and_no_choice() -> None:
    columns = {field.name for field in RollEntry._meta.get_fields()}
    assert columns == {"id", "ballot", "voter", "has_voted", "reminders"}
    assert {field.name for field in Vote._meta.get_fields()} == {
        "id",
        "ballot",
        "ranking",
        "receipt_hash",
    }
