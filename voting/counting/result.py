"""What a count says, in the words of the options."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from voting.counting.ballots import Rule, Strength


class Win(NamedTuple):
    """A duel in the trace: who won, over whom, how clearly."""

    winner: str
    loser: str
    strength: int


@dataclass(frozen=True, slots=True)
class Others:
    """Who would have won by other rules, from the same table; several names if they are equal."""

    schulze: tuple[str, ...]
    minimax: tuple[str, ...]
    copeland: tuple[str, ...]
    borda: tuple[str, ...] | None
    """None where options that are left out meet nobody: Borda needs a place for each."""


@dataclass(frozen=True, slots=True)
class Result:
    """The whole result of one count. Show it through ``published``: small votes reveal voters."""

    id: str
    n_ballots: int
    blanks: int
    rule: Rule
    strength: Strength
    winner: str | None
    """None if no ballot prefers any option to another."""
    tied: tuple[str, ...]
    """The options between which the lot chose the winner; the winner alone if it did not."""
    order: tuple[tuple[str, ...], ...]
    pairwise: Mapping[str, Mapping[str, int]]
    """``pairwise[a][b]``: ballots that put a over b."""
    condorcet_winner: str | None
    smith_set: tuple[str, ...]
    locked: tuple[Win, ...]
    """The duels that hold, the clearest first; empty for other rules than ranked pairs."""
    skipped: tuple[Win, ...]
    lot_mattered: bool
    """Whether the reversed lot gives another order."""
    others: Others
    neutral_order: tuple[str, ...]
    """The order that settles what the rule leaves equal, with the lot in it."""
    twice_borda: Mapping[str, int]
    alone_first: Mapping[str, int]
    approvals: Mapping[str, int]

    def as_json(self) -> dict[str, object]:
        """Return the result as ``count_votes`` and ``recount.py`` print it."""
        others = self.others
        return {
            "id": self.id,
            "n_ballots": self.n_ballots,
            "rule": self.rule.value,
            "strength": self.strength.value,
            "winner": self.winner,
            "tied": list(self.tied),
            "order": [list(tier) for tier in self.order],
            "pairwise": {a: dict(row) for a, row in self.pairwise.items()},
            "condorcet_winner": self.condorcet_winner,
            "smith_set": list(self.smith_set),
            "locked": [list(win) for win in self.locked],
            "skipped": [list(win) for win in self.skipped],
            "lot_mattered": self.lot_mattered,
            "others": {
                "schulze": list(others.schulze),
                "minimax": list(others.minimax),
                "copeland": list(others.copeland),
                "borda": None if others.borda is None else list(others.borda),
            },
        }
