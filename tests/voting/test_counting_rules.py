"""Each rule on elections that can be checked by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.voting.elections import election, elections
from voting.counting import Election, Rule, Strength, Win, count
from voting.counting.duels import Duel, duels
from voting.counting.ranked_pairs import lock
from voting.counting.tally import tally

pytestmark = pytest.mark.pure


def test_ranked_pairs_locks_from_the_clearest_win_and_skips_what_closes_a_ring() -> None:
    result = count(election("abc", [(7, "a b c"), (5, "c a b"), (6, "b c a")]))

    assert result.locked == (Win("b", "c", 8), Win("a", "b", 6))
    assert result.skipped == (Win("c", "a", 4),)
    assert result.order == (("a",), ("b",), ("c",))
    assert (result.winner, result.tied, result.lot_mattered) == ("a", ("a",), False)


def test_winning_votes_and_margins_may_choose_differently() -> None:
    ballots = [(25, "da c b"), (19, "c a bd"), (11, "db c a"), (8, "c ad b"), (6, "b acd")]
    counted = election("abcd", [*ballots, (4, "ca db")])
    winning = count(counted, strength=Strength.WINNING)

    assert (count(counted).winner, winning.winner) == ("c", "d")
    assert winning.locked[:2] == (Win("c", "b", 56), Win("a", "b", 56))


def test_an_even_duel_is_never_locked() -> None:
    result = count(election("abc", [(2, "a b"), (2, "b a")]))
    first, second, last = (tier[0] for tier in result.order)

    assert result.locked == (Win(first, "c", 4), Win(second, "c", 4))
    assert ({first, second}, last, result.tied) == ({"a", "b"}, "c", ("a", "b"))


def test_equal_wins_are_ordered_by_the_points_of_borda() -> None:
    # s over o and b over s, both by one ballot; s has five points and b four
    result = count(election("obs", [(2, "o b s"), (2, "s o b"), (1, "b s o")]))

    assert result.twice_borda == {"o": 12, "b": 8, "s": 10}
    assert result.locked == (Win("o", "b", 3), Win("s", "o", 1))
    assert result.skipped == (Win("b", "s", 1),)
    assert (result.winner, result.tied, result.lot_mattered) == ("s", ("s",), False)


def test_after_the_points_come_the_ballots_that_rank_an_option_alone_first() -> None:
    result = count(election("abc", [(1, "a b c"), (1, "ab c"), (1, "c"), (1, "c b a")]))

    assert result.twice_borda == {"a": 8, "b": 8, "c": 8}
    assert result.alone_first == {"a": 1, "b": 0, "c": 2}
    assert result.order == (("c",), ("a",), ("b",))
    assert (result.tied, result.lot_mattered) == (("c",), False)


@given(elections(least=3, most=6))
def test_the_losers_place_cannot_change_what_is_locked(counted: Election) -> None:
    won = duels(tally(counted).over, Strength.MARGINS)
    place = list(range(len(counted.options)))
    held = lock(won, place).locked
    best_loser_last = sorted(won, key=lambda duel: (-duel.strength, duel.winner, -duel.loser))

    assert {(duel.winner, duel.loser) for duel in held} == _held(best_loser_last)


def _held(in_order: list[Duel]) -> set[tuple[int, int]]:
    """Return what holds when every duel is tried against all chains of those before it."""
    held: set[tuple[int, int]] = set()
    for duel in in_order:
        reached = {duel.loser}
        while more := {b for a, b in held if a in reached} - reached:
            reached |= more
        if duel.winner not in reached:
            held.add((duel.winner, duel.loser))
    return held


@given(elections(least=2, most=2, unranked="last"), st.sampled_from(Rule))
def test_with_two_options_every_rule_is_plain_majority(counted: Election, rule: Rule) -> None:
    result = count(counted, rule=rule)
    for_a, for_b = result.pairwise["a"]["b"], result.pairwise["b"]["a"]

    if for_a != for_b:
        assert (result.winner, result.tied) == (("a", ("a",)) if for_a > for_b else ("b", ("b",)))
    elif for_a:
        assert result.tied == ("a", "b")
    else:
        assert result.winner is None


def test_approval_counts_the_ballots_that_rank_an_option_at_any_place() -> None:
    result = count(election("abc", [(3, "a"), (2, "b c"), (2, "cb"), (1, "")]), rule=Rule.APPROVAL)

    assert result.approvals == {"a": 3, "b": 4, "c": 4}
    assert (result.winner, result.tied, result.order) == ("b", ("b",), (("b",), ("c",), ("a",)))
    assert (result.locked, result.skipped) == ((), ())


@pytest.mark.parametrize("rule", Rule)
def test_one_option_wins_if_any_ballot_ranks_it(rule: Rule) -> None:
    ranked = count(election("a", [(1, "a"), (2, "")]), rule=rule)
    blank = count(election("a", [(3, "")]), rule=rule)

    assert (ranked.winner, ranked.order, ranked.lot_mattered) == ("a", (("a",),), False)
    assert (blank.winner, blank.order, blank.tied) == (None, (("a",),), ("a",))


def test_where_unranked_means_nothing_borda_is_silent() -> None:
    counted = election("abc", [(5, "a b"), (1, "c a")], unranked="no_opinion")
    by_borda = count(counted, rule=Rule.BORDA)

    assert count(counted).others.borda is None
    assert (by_borda.winner, by_borda.tied, by_borda.lot_mattered) == (None, tuple("abc"), False)
    assert count(counted).winner == "c"


def test_where_unranked_means_nothing_a_ballot_for_one_option_prefers_nothing() -> None:
    result = count(election("ab", [(9, "a")], unranked="no_opinion"), rule=Rule.APPROVAL)

    assert (result.winner, result.tied) == (None, ("a", "b"))
