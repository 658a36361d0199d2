"""What decided the first place when nobody won against all the others. No Django.

Read from what a count may show, so only where all of it may be shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from voting.rules import Rule


class DecidedBy(StrEnum):
    """What put the winner first: the rule, or else the first of what settles equals."""

    CLEAREST_WINS = "clearest_wins"
    EVEN_WINS = "even_wins"  # the clearest, and among equally clear ones the neutral order
    CHAINS = "chains"
    POINTS = "points"
    ALONE_FIRST = "alone_first"
    LOT = "lot"


@dataclass(frozen=True, slots=True)
class Decided:
    """What decided, and the keys between which the rule left the first place even, if it did."""

    by: DecidedBy
    among: tuple[str, ...] = ()


def decided(rule: Rule, kept: Mapping[str, Any]) -> Decided:
    """Return what decided a published count that somebody won, though not against all others."""
    rivals = _rivals(rule, kept)
    if len(rivals) == 1:
        if rule is not Rule.RANKED_PAIRS:
            return Decided(DecidedBy.CHAINS)
        return Decided(DecidedBy.EVEN_WINS if _has_even_wins(kept) else DecidedBy.CLEAREST_WINS)
    left = rivals
    for by, merit in (
        (DecidedBy.POINTS, kept["twice_borda"]),
        (DecidedBy.ALONE_FIRST, kept["alone_first"]),
    ):
        most = max(merit[key] for key in left)
        left = [key for key in left if merit[key] == most]
        if len(left) == 1:
            return Decided(by, tuple(rivals))
    return Decided(DecidedBy.LOT, tuple(rivals))


def _rivals(rule: Rule, kept: Mapping[str, Any]) -> list[str]:
    """Return those whom nobody stands over by the rule, in the counted order."""
    order = [key for tier in kept["order"] for key in tier]
    match rule:
        case Rule.RANKED_PAIRS:
            losers = {loser for _, loser, _ in kept["locked"]}
            return [key for key in order if key not in losers]
        case Rule.SCHULZE:
            return [key for key in order if key in kept["others"]["schulze"]]
        case Rule.APPROVAL:
            most = max(kept["approvals"].values())
            return [key for key in order if kept["approvals"][key] == most]


def _has_even_wins(kept: Mapping[str, Any]) -> bool:
    ring = set(kept["smith_set"])
    strengths = [n for a, b, n in (*kept["locked"], *kept["skipped"]) if {a, b} <= ring]
    return len(set(strengths)) < len(strengths)
