"""Schulze: a wins over b if its best chain of won duels to b is stronger than the one back.

A chain is as strong as its weakest duel.

**Source:** M. Schulze, A new monotonic, clone-independent, reversal symmetric, and
Condorcet-consistent single-winner election method, 2011, section 2.
"""

from collections.abc import Iterable

from voting.counting.duels import Duel


def schulze(duels: Iterable[Duel], n: int) -> list[int]:
    """Return who stands over whom."""
    path = [[0] * n for _ in range(n)]
    for winner, loser, strength in duels:
        path[winner][loser] = strength
    for through in range(n):
        onward = path[through]
        for a in range(n):
            first = path[a][through]
            if not first or a == through:
                continue
            row = path[a]
            for b in range(n):
                chain = min(first, onward[b])
                if b != a and chain > row[b]:
                    row[b] = chain
    return [sum(1 << b for b in range(n) if path[a][b] > path[b][a]) for a in range(n)]
