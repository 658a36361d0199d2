"""The table of duels, counted by pieces, against a plain count."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.voting.elections import election, elections, plain_pairwise
from voting.counting import Election, NotABallot, NotAnElection, Unranked, count
from voting.counting.tally import tally

pytestmark = pytest.mark.pure


@given(elections(least=0, most=6))
def test_the_table_equals_a_plain_count(counted: Election) -> None:
    assert count(counted).pairwise == plain_pairwise(counted)


@given(elections(least=0, most=6), st.integers(0, 5), st.integers(0, 5))
def test_the_table_depends_neither_on_what_is_cut_nor_on_how_often_pieces_are_folded(
    counted: Election, few: int, cache: int
) -> None:
    assert tally(counted, few=few, cache=cache) == tally(counted)


@pytest.mark.parametrize("unranked", Unranked)
def test_many_options_and_more_pieces_than_are_kept(unranked: Unranked) -> None:
    rng = random.Random(7)
    options = tuple(f"option {i}" for i in range(23))
    ballots = [
        (rng.randint(1, 10**6), tuple((o,) for o in rng.sample(options, rng.randint(0, 23))))
        for _ in range(300)
    ]
    counted = Election(options, ballots, unranked)
    table = plain_pairwise(counted)

    assert tally(counted, few=20, cache=100).over == tuple(
        tuple(table[a].get(b, 0) for b in options) for a in options
    )


def test_blank_ballots_count_in_the_turnout_and_prefer_nothing() -> None:
    result = count(election("ab", [(3, ""), (1, "b")]))

    assert (result.n_ballots, result.blanks, result.winner) == (4, 3, "b")


def test_a_line_of_no_ballots_changes_nothing() -> None:
    with_none = count(election("ab", [(0, "a"), (1, "b")]))

    assert with_none == count(election("ab", [(1, "b")]))


def test_only_a_ballot_that_ranks_one_option_alone_first_counts_as_such() -> None:
    result = count(election("abc", [(2, "a b"), (3, "ab c"), (4, "")]))

    assert result.alone_first == {"a": 2, "b": 0, "c": 0}
    assert result.approvals == {"a": 5, "b": 5, "c": 3}


@pytest.mark.parametrize(
    ("ballots", "fault"),
    [
        ([(1, "a x")], "expected one of the options, found 'x'"),
        ([(1, "a b a")], "expected each option once, found one of ('a',) twice"),
        ([(1, "aa")], "expected each option once, found one of ('a', 'a') twice"),
        ([(-1, "a")], "expected a number of ballots of at least 0, found -1"),
        ([(2**64, "a")], "expected under 2**64 ballots, found 18446744073709551616"),
    ],
)
def test_a_ballot_that_cannot_be_counted_is_refused(
    ballots: list[tuple[int, str]], fault: str
) -> None:
    for few in (0, 1):
        with pytest.raises(NotABallot) as refused:
            tally(election("abc", ballots), few=few)

        assert str(refused.value) == fault


@pytest.mark.parametrize("few", [0, 1])
def test_an_empty_place_is_refused(few: int) -> None:
    with pytest.raises(NotABallot, match="at least one option in each place"):
        tally(Election(("a",), [(1, ((), ("a",)))]), few=few)


@pytest.mark.parametrize("options", [("a", "a"), ("a", ""), ("a", "\ud800")])
def test_options_that_cannot_be_told_apart_or_written_are_refused(options: tuple[str, ...]) -> None:
    with pytest.raises(NotAnElection):
        Election(options, ())


def test_ballots_that_are_used_up_by_one_reading_are_refused() -> None:
    with pytest.raises(NotAnElection, match="read again"):
        Election(("a",), iter([(1, (("a",),))]))
