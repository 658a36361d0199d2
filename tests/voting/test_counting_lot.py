"""The neutral order and the lot: what they decide, and that nobody can turn them."""

from hashlib import sha256
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.voting.elections import election, elections
from voting.counting import Election, Rule, ballots_digest, commitment, count
from voting.counting.ballots import Strength
from voting.counting.duels import duels
from voting.counting.lot import drawn
from voting.counting.methods import standing
from voting.counting.neutral import merits, places
from voting.counting.ranked_pairs import lock
from voting.counting.standing import full_order
from voting.counting.tally import tally
from voting.counting.tied import MOST_LOTS, tied_in_ranked_pairs

pytestmark = pytest.mark.pure

EVEN = [(2, "å b"), (2, "b å")]
RING = [(1, "a b c d"), (1, "b c d a"), (1, "c d a b"), (1, "d a b c")]


def hexed(text: str) -> str:
    return sha256(text.encode("utf-8")).hexdigest()


def test_the_lot_is_the_published_formula() -> None:
    bound = hexed("frö|0123")

    assert drawn(["å", "b"], vote_id="7", seed="frö", ballots_digest="0123") == [
        hexed(f"regai-lot-v1|7|{bound}|å"),
        hexed(f"regai-lot-v1|7|{bound}|b"),
    ]
    assert commitment("frö") == hexed("frö")


@pytest.mark.parametrize(
    ("times", "open_count", "digest_is_known"),
    [(2, False, False), (3, False, True), (2, True, True)],
)
def test_the_lot_is_bound_to_the_ballots_where_they_are_published(
    times: int, open_count: bool, digest_is_known: bool
) -> None:
    counted = election("åb", [(n * times // 2, written) for n, written in EVEN * 2])
    digest = ballots_digest(counted) if digest_is_known else ""
    lot = drawn("åb", vote_id="v", seed="s", ballots_digest=digest)
    result = count(counted, seed="s", vote_id="v", open_count=open_count)

    assert result.order == tuple((option,) for _, option in sorted(zip(lot, "åb", strict=True)))
    assert (result.lot_mattered, result.tied) == (True, ("b", "å"))


@given(elections(), st.text("xyz", max_size=3), st.sampled_from(Rule))
def test_the_lot_matters_where_the_reversed_lot_gives_another_order(
    counted: Election, seed: str, rule: Rule
) -> None:
    result = count(counted, rule=rule, seed=seed)
    if result.winner is None:
        assert (result.lot_mattered, result.neutral_order) == (False, ())
        return
    merit = merits(tally(counted))
    n_ballots = result.n_ballots
    digest = ballots_digest(counted) if n_ballots >= 10 else ""
    lot = drawn(counted.options, vote_id="", seed=seed, ballots_digest=digest)
    back = places(merit, lot, reverse=True)

    assert _order(counted, rule, places(merit, lot)) == result.order
    assert result.lot_mattered == (_order(counted, rule, back) != result.order)


def _order(counted: Election, rule: Rule, place: list[int]) -> tuple[tuple[str, ...], ...]:
    table = tally(counted)
    over = standing(rule, table, duels(table.over, Strength.MARGINS), place)
    return tuple((counted.options[a],) for a in full_order(over, place))


@given(elections(most=5), st.sampled_from(Strength))
def test_the_tied_are_those_whom_some_lot_lets_win(counted: Election, strength: Strength) -> None:
    result = count(counted, strength=strength)
    if result.winner is None:
        return
    table = tally(counted)
    won = duels(table.over, strength)
    merit = merits(table)
    winners = set()
    for lot in permutations("12345"[: len(counted.options)]):
        place = places(merit, lot)
        winners.add(counted.options[full_order(lock(won, place).over, place)[0]])

    assert result.tied == tuple(sorted(winners))


@pytest.mark.parametrize("n", [7, 8, 12])
def test_everybody_in_an_even_ring_is_tied_however_large_it_is(n: int) -> None:
    options = "abcdefghijkl"[:n]
    ballots = [(1, " ".join(options[i:] + options[:i])) for i in range(n)]
    result = count(election(options, ballots), seed="s")

    assert (result.tied, result.lot_mattered) == (tuple(options), True)


@settings(max_examples=30)
@given(elections(least=2, most=4, unranked="last"))
def test_the_winner_is_always_one_of_the_tied(counted: Election) -> None:
    for rule in Rule:
        first = count(counted, rule=rule)
        winners = {count(counted, rule=rule, seed=str(seed)).winner for seed in range(12)}

        assert first.winner is None or winners <= set(first.tied)


def test_with_enough_seeds_each_of_the_tied_wins_at_some() -> None:
    counted = election("abcd", RING)
    winners = {count(counted, seed=str(seed)).winner for seed in range(60)}

    assert winners == set(count(counted).tied) == set("abcd")


def test_equals_above_the_limit_are_put_in_turns() -> None:
    options = "abcdefgh"
    table = tally(election(options, [(1, " ".join(options[i:] + options[:i])) for i in range(8)]))
    won = duels(table.over, Strength.MARGINS)
    merit = merits(table)

    assert MOST_LOTS < 40320
    assert tied_in_ranked_pairs(table.over, won, merit, [list(range(8))]) == set(range(8))
