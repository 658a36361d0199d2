"""The rules that give each option a number; the highest wins."""

from collections.abc import Iterable

from voting.counting.duels import Duel
from voting.counting.tally import Tally

PLAIN_MAJORITY = 2
"""Options; with two of them every rule is plain majority."""


def approval(tally: Tally) -> list[int]:
    """Return how many ballots rank each option, at whatever place.

    With two options "A, then B" would approve both and undo the voter's choice, so there it is
    how many put one over the other.
    """
    if len(tally.over) == PLAIN_MAJORITY:
        return [sum(row) for row in tally.over]
    return list(tally.ranked)


def copeland(duels: Iterable[Duel], n: int) -> list[int]:
    """Return the duels won less the duels lost of each option."""
    scores = [0] * n
    for winner, loser, _ in duels:
        scores[winner] += 1
        scores[loser] -= 1
    return scores


def minimax(duels: Iterable[Duel], n: int) -> list[int]:
    """Return minus the strength of each option's clearest defeat, 0 if it has none."""
    scores = [0] * n
    for _, loser, strength in duels:
        scores[loser] = min(scores[loser], -strength)
    return scores
