"""Who is still equal when only the lot is left: every option that some lot would let win.

For ranked pairs that takes trying the lots, because the order of equals decides which duel is
skipped. Only options of equal merit that stand in one ring of wins can change that, and only in
the Smith set; with real ballots they are none, two or three. Above ``MOST_LOTS`` orders the
question is put to turns and mirror images of one order, each option in the lead once: all that
are named can win, but with eight or more equals in one ring one might be missing.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, permutations, product
from math import factorial, prod

from voting.counting.duels import Duel, Table, smith_set
from voting.counting.neutral import Merit
from voting.counting.ranked_pairs import lock
from voting.counting.standing import Over, unbeaten

MOST_LOTS = 5040
"""Orders of the lot that are tried one by one: seven equals in a ring."""


def best_of(options: Iterable[int], merit: Sequence[Merit]) -> set[int]:
    """Return those of the greatest merit."""
    some = list(options)
    most = max((merit[a] for a in some), default=None)
    return {a for a in some if merit[a] == most}


def tied_in_ranked_pairs(
    over: Table, duels: Sequence[Duel], merit: Sequence[Merit], known: Sequence[Sequence[int]]
) -> set[int]:
    """Return the options that some lot lets win; ``known`` are places that have been drawn."""
    smith = set(smith_set(over))
    inside = [duel for duel in duels if duel.winner in smith and duel.loser in smith]
    groups = _groups(inside, merit)
    lots = prod(factorial(len(group)) for group in groups)
    drawn = _every(groups, merit) if lots <= MOST_LOTS else _turns(groups, merit, known)
    can_win: set[int] = set()
    for place in drawn:
        ends = [a for a in unbeaten(lock(inside, place).over) if a in smith]
        best = best_of(ends, merit)
        for group in groups:
            rivals = sorted(best.intersection(group), key=place.__getitem__)
            best.difference_update(rivals[1:])
        can_win |= best
    return can_win


def _groups(duels: Sequence[Duel], merit: Sequence[Merit]) -> list[list[int]]:
    """Return the options that stand in one ring and have equal merit, where there are several."""
    reach = _reach(duels, len(merit))
    groups: dict[tuple[int, Merit], list[int]] = {}
    for a, bits in enumerate(reach):
        if bits >> a & 1:
            ring = sum(1 << b for b in range(len(reach)) if bits >> b & 1 and reach[b] >> a & 1)
            groups.setdefault((ring, merit[a]), []).append(a)
    return [group for group in groups.values() if len(group) > 1]


def _reach(duels: Sequence[Duel], n: int) -> Over:
    reach = [0] * n
    for winner, loser, _ in duels:
        reach[winner] |= 1 << loser
    for through in range(n):
        for a in range(n):
            if reach[a] >> through & 1:
                reach[a] |= reach[through]
    return reach


def _every(groups: Sequence[Sequence[int]], merit: Sequence[Merit]) -> Iterator[list[int]]:
    for lots in product(*(permutations(group) for group in groups)):
        yield _places(chain.from_iterable(lots), merit)


def _turns(
    groups: Sequence[Sequence[int]], merit: Sequence[Merit], known: Sequence[Sequence[int]]
) -> Iterator[list[int]]:
    for place in known:
        yield list(place)
        for k in range(max(map(len, groups))):
            for step in (1, -1):
                turned = [
                    sorted(group, key=place.__getitem__)[::step][k % len(group) :]
                    + sorted(group, key=place.__getitem__)[::step][: k % len(group)]
                    for group in groups
                ]
                yield _places(chain.from_iterable(turned), merit)


def _places(lot: Iterable[int], merit: Sequence[Merit]) -> list[int]:
    """Return the place of each option when ``lot`` orders equals; the others keep their index."""
    drawn = {a: i for i, a in enumerate(lot)}
    order = sorted(
        range(len(merit)), key=lambda a: (*(-part for part in merit[a]), drawn.get(a, a))
    )
    place = [0] * len(merit)
    for i, a in enumerate(order):
        place[a] = i
    return place
