"""Two options at a time: who wins the duel, and how clearly."""

from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple

from voting.counting.ballots import Strength

Table = Sequence[Sequence[int]]
"""A number for each pair of options, by their index."""


class Duel(NamedTuple):
    """A won duel: the winner's and the loser's index, and the strength of the win (over 0)."""

    winner: int
    loser: int
    strength: int


def duels(over: Table, strength: Strength) -> list[Duel]:
    """Return every duel that somebody wins. An even one has no winner and is not among them."""
    won = []
    for a, b in combinations(range(len(over)), 2):
        winner, loser = (a, b) if over[a][b] > over[b][a] else (b, a)
        margin = over[winner][loser] - over[loser][winner]
        if margin:
            clear = margin if strength is Strength.MARGINS else over[winner][loser]
            won.append(Duel(winner, loser, clear))
    return won


def condorcet_winner(over: Table) -> int | None:
    """Return the option that wins all its duels; one that is alone has none to lose."""
    for a, row in enumerate(over):
        if all(row[b] > over[b][a] for b in range(len(over)) if b != a):
            return a
    return None


def smith_set(over: Table) -> list[int]:
    """Return the fewest options that win every duel against all the others."""
    lost = [
        [b for b in range(len(over)) if b != a and over[a][b] <= over[b][a]]
        for a in range(len(over))
    ]
    smallest = list(range(len(over)))
    for start in range(len(over)):
        inside = {start}
        waiting = [start]
        while waiting:
            new = [b for b in lost[waiting.pop()] if b not in inside]
            inside.update(new)
            waiting.extend(new)
        if len(inside) < len(smallest):
            smallest = sorted(inside)
    return smallest
