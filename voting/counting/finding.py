"""The order of the options by one rule, and what part the lot had in it; options by index."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from voting.counting.ballots import Rule
from voting.counting.duels import Duel
from voting.counting.methods import standing
from voting.counting.neutral import even_merits, merits, places
from voting.counting.standing import full_order, unbeaten
from voting.counting.tally import Tally
from voting.counting.tied import best_of, tied_in_ranked_pairs


@dataclass(frozen=True, slots=True)
class Found:
    """What a rule found, when there was something to decide."""

    order: tuple[int, ...]
    place: tuple[int, ...]
    """Each option's place in the neutral order."""
    tied: frozenset[int]
    """Those between whom the lot chose the winner."""
    lot_mattered: bool


def find(
    rule: Rule, tally: Tally, duels: Sequence[Duel], draw: Callable[[], Sequence[str]]
) -> Found:
    """Return the order. ``draw`` is asked only if two options are of equal merit."""
    merit = merits(tally)
    numbers = draw() if even_merits(merit) else [""] * len(merit)
    place = places(merit, numbers)
    mirrored = places(merit, numbers, reverse=True)
    over = standing(rule, tally, duels, place)
    order = full_order(over, place)
    if rule is Rule.RANKED_PAIRS:
        tied = tied_in_ranked_pairs(tally.over, duels, merit, (place, mirrored))
    else:
        tied = best_of(unbeaten(over), merit)
    lot_mattered = False
    if place != mirrored:
        other_way = standing(rule, tally, duels, mirrored)
        lot_mattered = full_order(other_way, mirrored) != order
    return Found(
        order=tuple(order), place=tuple(place), tied=frozenset(tied), lot_mattered=lot_mattered
    )
