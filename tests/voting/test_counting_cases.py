"""The worked elections: real ones, published examples, and edges."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from voting.counting import Election, Rule, Strength, Unranked, ballot_from, count

pytestmark = pytest.mark.pure

CASES = json.loads((Path(__file__).parents[1] / "cases" / "votes.json").read_text())["cases"]
IDS = [case["id"] for case in CASES]


def build(case: dict[str, Any]) -> Election:
    options = case["options"]
    ballots = [ballot_from(n, tiers, set(options)) for n, tiers in case["ballots"]]
    return Election(tuple(options), ballots, Unranked(case["unranked"]), case["id"])


def with_possible() -> Iterator[tuple[str, Strength]]:
    for case in CASES:
        for strength in Strength:
            if f"ranked_pairs_{strength}_possible" in case["computed"]:
                yield case["id"], strength


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_the_table_is_the_expected_one(case: dict[str, Any]) -> None:
    result = count(build(case)).as_json()
    expected = case["computed"]

    assert {name: result[name] for name in ("n_ballots", "pairwise")} == {
        name: expected[name] for name in ("n_ballots", "pairwise")
    }


@pytest.mark.parametrize("case", CASES, ids=IDS)
@pytest.mark.parametrize("strength", Strength)
def test_what_other_rules_say_is_as_expected(case: dict[str, Any], strength: Strength) -> None:
    result = count(build(case), strength=strength).as_json()
    expected = case["computed"]

    assert {
        "condorcet_winner": result["condorcet_winner"],
        "smith_set": result["smith_set"],
        "others": result["others"],
    } == {
        "condorcet_winner": expected["condorcet_winner"],
        "smith_set": expected["smith_set"],
        "others": {
            "schulze": expected[f"schulze_{strength}"],
            "minimax": expected[f"minimax_{strength}"],
            "copeland": expected["copeland"],
            "borda": expected.get("borda"),
        },
    }


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_the_points_of_borda_are_as_expected(case: dict[str, Any]) -> None:
    points = case["computed"].get("borda_points")
    if points is None:
        assert case["unranked"] == "no_opinion"
        return
    result = count(build(case))

    assert dict(result.twice_borda) == {option: 2 * score for option, score in points.items()}


@pytest.mark.parametrize(("name", "strength"), list(with_possible()))
def test_the_winner_by_ranked_pairs_is_a_possible_one(name: str, strength: Strength) -> None:
    case = CASES[IDS.index(name)]
    possible = set(case["computed"][f"ranked_pairs_{strength}_possible"])
    result = count(build(case), strength=strength)

    assert (result.winner in possible, set(result.tied) - possible) == (True, set())
    if len(possible) == 1:
        assert ({result.winner}, set(result.tied)) == (possible, possible)


@pytest.mark.parametrize(
    "case", [c for c in CASES if "winner" in c["computed"]], ids=lambda c: c["id"]
)
@pytest.mark.parametrize("rule", Rule)
def test_nobody_wins_where_nobody_prefers_anything(case: dict[str, Any], rule: Rule) -> None:
    result = count(build(case), rule=rule)
    everybody = tuple(sorted(case["options"]))

    assert (result.winner, result.tied, result.order, result.lot_mattered) == (
        None,
        everybody,
        (everybody,) if everybody else (),
        False,
    )


@pytest.mark.parametrize("case", CASES, ids=IDS)
@pytest.mark.parametrize("rule", [Rule.SCHULZE, Rule.MINIMAX, Rule.COPELAND, Rule.BORDA])
def test_a_rule_chosen_for_the_count_chooses_among_its_own_winners(
    case: dict[str, Any], rule: Rule
) -> None:
    result = count(build(case), rule=rule)
    own = getattr(result.others, rule.value)

    if result.winner is None:
        assert own is None or set(own) == set(case["options"])
    else:
        assert (result.winner in own, set(result.tied) - set(own)) == (True, set())
