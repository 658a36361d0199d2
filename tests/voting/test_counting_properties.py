"""What holds for every election, whatever the ballots."""

import random
from itertools import combinations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.voting.elections import elections, large_elections, renamed
from voting.counting import Ballot, Election, Ranking, Rule, Strength, ballots_digest, count
from voting.counting.neutral import merits
from voting.counting.tally import tally

pytestmark = pytest.mark.pure

CONDORCET = [Rule.RANKED_PAIRS, Rule.SCHULZE, Rule.MINIMAX, Rule.COPELAND]
SMITH = [Rule.RANKED_PAIRS, Rule.SCHULZE, Rule.COPELAND]


def no_margins_tie(counted: Election) -> bool:
    table = count(counted).pairwise
    margins = [abs(table[a][b] - table[b][a]) for a, b in combinations(counted.options, 2)]
    return len({0, *margins}) == len(margins) + 1


@given(elections(), st.sampled_from(Rule), st.sampled_from(Strength), st.permutations("uvwxyz"))
def test_renaming_the_options_renames_the_result_where_the_lot_does_not_decide(
    counted: Election, rule: Rule, strength: Strength, new: list[str]
) -> None:
    names = dict(zip(counted.options, new, strict=False))
    before = count(counted, rule=rule, strength=strength)
    after = count(renamed(counted, names), rule=rule, strength=strength)

    assert set(after.tied) == {names[option] for option in before.tied}
    if len(before.tied) == 1 and before.winner:
        assert after.winner == names[before.winner]
    if len(merits(tally(counted))) == len(set(merits(tally(counted)))):
        assert after.order == tuple(tuple(sorted(names[o] for o in t)) for t in before.order)


@given(elections(), st.sampled_from(Rule), st.randoms(use_true_random=False))
def test_the_order_of_ballots_and_options_does_not_matter(
    counted: Election, rule: Rule, rng: random.Random
) -> None:
    options = list(counted.options)
    ballots: list[Ballot] = [(1, r) for count_, r in counted.ballots for _ in range(count_)]
    rng.shuffle(options)
    rng.shuffle(ballots)
    turned = [(n, tuple(tuple(reversed(tier)) for tier in tiers)) for n, tiers in ballots]
    other = Election(tuple(options), turned, counted.unranked)

    assert count(other, rule=rule) == count(counted, rule=rule)
    assert ballots_digest(other) == ballots_digest(counted)


@given(elections(), st.sampled_from(CONDORCET), st.sampled_from(Strength))
def test_who_beats_everybody_wins(counted: Election, rule: Rule, strength: Strength) -> None:
    result = count(counted, rule=rule, strength=strength)
    assume(result.condorcet_winner is not None and result.winner is not None)

    assert (result.winner, result.tied) == (result.condorcet_winner, (result.condorcet_winner,))


@given(elections(), st.sampled_from(SMITH), st.sampled_from(Strength))
def test_the_winner_is_in_the_smith_set(counted: Election, rule: Rule, strength: Strength) -> None:
    result = count(counted, rule=rule, strength=strength)

    assert set(result.tied) <= set(result.smith_set) or result.winner is None


@given(elections(most=5))
def test_the_smith_set_is_the_smallest_that_wins_every_duel_outwards(counted: Election) -> None:
    result = count(counted)
    table = result.pairwise
    dominant = [
        inside
        for size in range(1, len(counted.options) + 1)
        for inside in combinations(sorted(counted.options), size)
        if all(
            table[a][b] > table[b][a] for a in inside for b in counted.options if b not in inside
        )
    ]

    assert result.smith_set == dominant[0]


@given(large_elections(), st.data())
def test_raising_the_winner_keeps_it_where_no_margins_tie(
    counted: Election, data: st.DataObject
) -> None:
    assume(no_margins_tie(counted))
    winner = count(counted).winner
    assert winner is not None
    raised = [(n, data.draw(raisings(tiers, winner))) for n, tiers in counted.ballots]
    after = Election(counted.options, raised, counted.unranked)
    assume(no_margins_tie(after))

    assert count(after).winner == winner


@st.composite
def raisings(draw: st.DrawFn, tiers: Ranking, option: str) -> Ranking:
    """Return the ranking with the option in a better place of its own, or as it was."""
    at = next((i for i, tier in enumerate(tiers) if option in tier), len(tiers))
    to = draw(st.integers(0, at))
    if draw(st.booleans()):
        return tiers
    others = [tuple(o for o in tier if o != option) for tier in tiers]
    return tuple(tier for tier in [*others[:to], (option,), *others[to:]] if tier)


@given(large_elections(), st.data())
def test_a_clone_leaves_the_winner_or_its_clone_the_winner_where_no_margins_tie(
    counted: Election, data: st.DataObject
) -> None:
    assume(no_margins_tie(counted))
    winner = count(counted).winner
    option = data.draw(st.sampled_from(counted.options))
    cloned = [(n, data.draw(clonings(tiers, option))) for n, tiers in counted.ballots]
    after = count(Election((*counted.options, "z"), cloned, counted.unranked))

    assert after.winner == winner or {winner, after.winner} == {option, "z"}


@st.composite
def clonings(draw: st.DrawFn, tiers: Ranking, option: str) -> Ranking:
    """Return the ranking with z beside the option: just before, in the same place, or after."""
    if not any(option in tier for tier in tiers):
        return tiers
    where = draw(st.sampled_from(["before", "beside", "after"]))
    new: list[tuple[str, ...]] = []
    for tier in tiers:
        if option not in tier:
            new.append(tier)
        elif where == "beside" or len(tier) > 1:
            new.append((*tier, "z"))
        else:
            new += [("z",), tier] if where == "before" else [tier, ("z",)]
    return tuple(new)
