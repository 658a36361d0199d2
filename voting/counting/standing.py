"""From "who stands over whom" to one order, and to those whom nobody stands over.

``over[a]`` is a set of bits: those that stand below a. It has no rings; it may leave pairs open.
"""

from collections.abc import Sequence

Over = Sequence[int]


def unbeaten(over: Over) -> list[int]:
    """Return those whom nobody stands over."""
    below = 0
    for bits in over:
        below |= bits
    return [a for a in range(len(over)) if not below >> a & 1]


def full_order(over: Over, place: Sequence[int]) -> list[int]:
    """Return all, the best first: again and again the best placed of those still unbeaten."""
    left = sorted(range(len(over)), key=place.__getitem__)
    order = []
    while left:
        below = 0
        for a in left:
            below |= over[a]
        best = next(a for a in left if not below >> a & 1)
        left.remove(best)
        order.append(best)
    return order


def by_score(scores: Sequence[int]) -> list[int]:
    """Return who stands over whom when more is better."""
    return [sum(1 << b for b, low in enumerate(scores) if low < high) for high in scores]
