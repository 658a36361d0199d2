"""Where the options and the arrows between them stand in the drawing of the duels."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import cos, hypot, pi, sin

SIZE = 360
CIRCLE = 140
NODE = 20
TIP = 6
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Node:
    """One option, by its letter, and its place."""

    letter: str
    title: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Arrow:
    """One duel, from who won it to who lost it; an even one has no arrow."""

    x1: int
    y1: int
    x2: int
    y2: int
    winner: str
    loser: str
    for_winner: int
    for_loser: int
    is_skipped: bool


@dataclass(frozen=True, slots=True)
class Diagram:
    """A drawing ``size`` wide and high."""

    size: int
    node: int
    nodes: tuple[Node, ...]
    arrows: tuple[Arrow, ...]


def diagram(
    keys: Sequence[str],
    titles: Mapping[str, str],
    pairwise: Mapping[str, Mapping[str, int]],
    *,
    skipped: Collection[tuple[str, str]],
) -> Diagram:
    """Return the options in a ring, the winner on top, with an arrow for each won duel."""
    nodes = {
        key: Node(
            LETTERS[i],
            titles[key],
            round(SIZE / 2 + CIRCLE * sin(2 * pi * i / len(keys))),
            round(SIZE / 2 - CIRCLE * cos(2 * pi * i / len(keys))),
        )
        for i, key in enumerate(keys)
    }
    arrows = []
    for a, b in combinations(keys, 2):
        winner, loser = (a, b) if pairwise[a][b] >= pairwise[b][a] else (b, a)
        if pairwise[winner][loser] == pairwise[loser][winner]:
            continue
        one, other = nodes[winner], nodes[loser]
        length = hypot(other.x - one.x, other.y - one.y)
        dx, dy = (other.x - one.x) / length, (other.y - one.y) / length
        arrows.append(
            Arrow(
                x1=round(one.x + dx * NODE),
                y1=round(one.y + dy * NODE),
                x2=round(other.x - dx * (NODE + TIP)),
                y2=round(other.y - dy * (NODE + TIP)),
                winner=one.letter,
                loser=other.letter,
                for_winner=pairwise[winner][loser],
                for_loser=pairwise[loser][winner],
                is_skipped=(winner, loser) in skipped,
            )
        )
    return Diagram(SIZE, NODE, tuple(nodes.values()), tuple(arrows))
