"""The neutral order of the options, which settles what a rule leaves equal.

First the points of Borda, then the ballots that rank an option alone first, and only then the
lot: in small elections that leaves at most three votes in a thousand to the lot, where the lot
alone would decide ten to forty in a hundred. It looks at no name and no order of the list, so
whoever renames the options only renames the result.
"""

from collections.abc import Sequence

from voting.counting.tally import Tally

Merit = tuple[int, int]
"""Twice the Borda points, and the ballots that rank it alone first."""


def merits(tally: Tally) -> list[Merit]:
    """Return the merit of each option, as whole numbers.

    Twice the points: 2 for each option below and 1 for each beside, on each ballot. Where
    options that are left out meet nobody, a ballot gives 1 a duel only for those it ranks, so
    that the order is that of duels won less duels lost; there it is nobody's Borda count.
    """
    return [
        (points, alone) for points, alone in zip(twice_borda(tally), tally.alone_first, strict=True)
    ]


def twice_borda(tally: Tally) -> list[int]:
    """Return twice the Borda points of each option."""
    over = tally.over
    n = len(over)
    even = tally.n_ballots * (n - 1)
    return [sum(over[a]) - sum(over[b][a] for b in range(n)) + even for a in range(n)]


def places(merit: Sequence[Merit], drawn: Sequence[str], *, reverse: bool = False) -> list[int]:
    """Return the place of each option in the neutral order, 0 the first.

    ``reverse`` turns the lot around, and nothing else.
    """
    lot = sorted(range(len(merit)), key=drawn.__getitem__, reverse=reverse)
    ordered = sorted(lot, key=merit.__getitem__, reverse=True)
    # `reverse=True` keeps the order of equals, so the lot stands where merits are equal.
    place = [0] * len(merit)
    for i, option in enumerate(ordered):
        place[option] = i
    return place


def even_merits(merit: Sequence[Merit]) -> bool:
    """Return whether the lot has anything to decide at all."""
    return len(set(merit)) < len(merit)
