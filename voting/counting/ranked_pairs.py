"""Ranked pairs: the clearest win first.

Duels are locked from the clearest win down; one that would close a ring is skipped. Wins that
are equally clear are ordered by the winner's place in the neutral order, then by the loser's.
The loser's place cannot change what is locked, only the order of the trace: a ring that a duel
would close leads *to* its winner, and another duel of the same winner leads away from it.

Example: A over B by 8, B over C by 6, C over A by 4. The first two are locked; the third would
close the ring and is skipped. A wins.

**Source:** T. N. Tideman, Independence of clones as a criterion for voting rules, 1987; ties as
in T. M. Zavist and T. N. Tideman, Complete independence of clones in the ranked pairs rule, 1989,
with the neutral order in place of a random voter's.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from voting.counting.duels import Duel


@dataclass(frozen=True, slots=True)
class Locked:
    """The trace, and what stands over what when all duels are gone through."""

    locked: tuple[Duel, ...]
    skipped: tuple[Duel, ...]
    over: tuple[int, ...]


def lock(duels: Iterable[Duel], place: Sequence[int]) -> Locked:
    """Return the duels that hold and those that would close a ring, in the order gone through."""
    locked = []
    skipped = []
    over = [0] * len(place)
    inward = sorted(duels, key=lambda duel: (-duel.strength, place[duel.winner], place[duel.loser]))
    for duel in inward:
        winner, loser, _ = duel
        if over[loser] >> winner & 1:
            skipped.append(duel)
            continue
        locked.append(duel)
        if not over[winner] >> loser & 1:
            below = over[loser] | 1 << loser
            for a, bits in enumerate(over):
                if a == winner or bits >> winner & 1:
                    over[a] |= below
    return Locked(tuple(locked), tuple(skipped), tuple(over))
