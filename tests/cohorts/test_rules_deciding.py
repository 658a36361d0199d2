"""What is said to have decided a vote that nobody won against all the others."""

from dataclasses import asdict

import pytest

from cohorts.rules.deciding import Decided, DecidedBy, decided
from voting import counting
from voting.rules import Rule

pytestmark = pytest.mark.pure


def found(rule: Rule, *written: str) -> tuple[Decided, str | None]:
    """Count votes "A BC" and the like; return what decided, and who won."""
    election = counting.Election(
        options=("A", "B", "C"),
        ballots=[counting.ballot_from(1, [list(tier) for tier in v.split()]) for v in written],
    )
    kept = asdict(
        counting.published(counting.count(election, rule=counting.Rule(rule)), open_count=True)
    )
    assert kept["condorcet_winner"] is None
    return decided(rule, kept), kept["winner"]


RING = (*["A B C"] * 4, *["B C A"] * 3, *["C A B"] * 2)


@pytest.mark.parametrize(
    ("rule", "written", "by", "among", "winner"),
    [
        (Rule.RANKED_PAIRS, RING, DecidedBy.CLEAREST_WINS, "", "A"),
        (Rule.SCHULZE, RING, DecidedBy.CHAINS, "", "A"),
        (Rule.RANKED_PAIRS, ("A B C", "B C A", "C A B"), DecidedBy.EVEN_WINS, "", None),
        (Rule.SCHULZE, ("A B C", "B C A", "C A B"), DecidedBy.LOT, "ABC", None),
        (Rule.RANKED_PAIRS, ("A B C", "B C A"), DecidedBy.POINTS, "AB", "B"),
        (Rule.RANKED_PAIRS, ("A B C", "B A C"), DecidedBy.LOT, "AB", None),
        (Rule.APPROVAL, ("A", "AB", "BC"), DecidedBy.ALONE_FIRST, "AB", "A"),
        (Rule.APPROVAL, ("A", "B"), DecidedBy.LOT, "AB", None),
    ],
)
def test_only_wins_that_were_locked_are_said_to_have_decided(
    rule: Rule, written: tuple[str, ...], by: DecidedBy, among: str, winner: str | None
) -> None:
    """Where the lot, or the order of equals, chose, any winner will do."""
    said, won = found(rule, *written)
    assert (said.by, "".join(sorted(said.among))) == (by, among)
    assert won == (winner or won)
    if among:
        assert said.among[0] == won
