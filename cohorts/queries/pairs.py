"""Wishes for two people in a draft of cohorts: to share a cohort, or not to."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cohorts.models import Forming, Interest
from cohorts.planning.formation.facts import Waiting
from cohorts.rules.plans import PairKind, PairRefusal

Pair = tuple[str, str]
Pairs = Mapping[PairKind, tuple[Pair, ...]]


@dataclass(frozen=True, slots=True)
class PairWish:
    """One wish and what came of it. ``why`` they wait who cannot share a cohort now.

    ``is_gone``: one of the two is no longer in the draft.
    """

    kind: PairKind
    one: Interest
    other: Interest
    is_kept: bool
    is_gone: bool
    why: Waiting | None

    @property
    def value(self) -> str:
        """What the wish is called in a form."""
        return f"{self.kind} {self.one.pk} {self.other.pk}"


def pairs_of(wish: Mapping[str, Any]) -> Pairs:
    """Return the pairs of a kept wish, by what is wished for them."""
    return {kind: tuple((one, other) for one, other in wish.get(kind, ())) for kind in PairKind}


def with_pair(
    pairs: Pairs, kind: PairKind, pair: tuple[str, str], draft: Forming
) -> Pairs | PairRefusal:
    """Return the wishes with one more, or why it cannot be taken down."""
    one, other = sorted(pair)
    if one == other or not {one, other} <= _places(draft).keys() | draft.answer["waiting"].keys():
        return PairRefusal.NOT_TWO
    if any((one, other) in those for its, those in pairs.items() if its is not kind):
        return PairRefusal.CONTRADICTS
    return {**pairs, kind: tuple(dict.fromkeys([*pairs[kind], (one, other)]))}


def pair_wishes_in(draft: Forming) -> list[PairWish]:
    """Return the wishes of a draft, each with what came of it; one statement."""
    pairs = pairs_of(draft.wish)
    named = {int(one) for those in pairs.values() for pair in those for one in pair}
    people = Interest.objects.in_bulk(named)
    places, waiting = _places(draft), draft.answer["waiting"]
    wishes = []
    for kind, those in pairs.items():
        for pair in those:
            share = len({places.get(one, one) for one in pair}) == 1
            codes = [waiting[one] for one in pair if one in waiting]
            is_gone = any(one not in places and one not in waiting for one in pair)
            wishes.append(
                PairWish(
                    kind=kind,
                    one=people[int(pair[0])],
                    other=people[int(pair[1])],
                    is_kept=share is (kind is PairKind.TOGETHER),
                    is_gone=is_gone,
                    why=Waiting(codes[0]) if codes and not share else None,
                )
            )
    return wishes


def _places(draft: Forming) -> dict[str, int]:
    """Return for each person placed in a draft the number of the cohort."""
    return {
        key: number for number, one in enumerate(draft.answer["cohorts"]) for key in one["people"]
    }
