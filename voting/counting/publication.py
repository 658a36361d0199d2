"""What may be shown of a result: in a small group a table of duels is a list of who voted what.

Under five ballots only the chosen option; from five to nine the winner and the order without
numbers; from ten everything. An open count, chosen before the opening, shows everything at any
size. The sorted list of receipts is not decided here: it is shown at every size.

Example: 4 ballots show the chosen course; 5 show the order; 9 too; 10 show the table, the trace
and the rankings.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from voting.counting.result import Others, Result, Win

ORDER_FROM_BALLOTS = 5
ALL_FROM_BALLOTS = 10
"""Below it a digest of the rankings can be guessed: 7 voters and 3 courses leave 50 388
possible sets of ballots."""


class Disclosure(StrEnum):
    """How much of a result is shown."""

    CHOSEN = "chosen"
    ORDER = "order"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Published:
    """A result as anybody may see it; None stands for what is held back."""

    disclosure: Disclosure
    winner: str | None
    order: tuple[tuple[str, ...], ...] | None = None
    lot_mattered: bool | None = None
    n_ballots: int | None = None
    blanks: int | None = None
    tied: tuple[str, ...] | None = None
    pairwise: Mapping[str, Mapping[str, int]] | None = None
    condorcet_winner: str | None = None
    smith_set: tuple[str, ...] | None = None
    locked: tuple[Win, ...] | None = None
    skipped: tuple[Win, ...] | None = None
    others: Others | None = None
    twice_borda: Mapping[str, int] | None = None
    alone_first: Mapping[str, int] | None = None
    approvals: Mapping[str, int] | None = None


def disclosure(n_ballots: int, *, open_count: bool = False) -> Disclosure:
    """Return how much a vote with this many ballots (blank ones too) may show."""
    if open_count or n_ballots >= ALL_FROM_BALLOTS:
        return Disclosure.ALL
    return Disclosure.ORDER if n_ballots >= ORDER_FROM_BALLOTS else Disclosure.CHOSEN


def shows_rankings(n_ballots: int, *, open_count: bool = False) -> bool:
    """Return whether the rankings and their digest are published, so that the lot knows it."""
    return disclosure(n_ballots, open_count=open_count) is Disclosure.ALL


def published(result: Result, *, open_count: bool = False) -> Published:
    """Return what may be shown of the result."""
    shown = disclosure(result.n_ballots, open_count=open_count)
    if shown is Disclosure.CHOSEN:
        return Published(shown, result.winner)
    if shown is Disclosure.ORDER:
        return Published(shown, result.winner, result.order, result.lot_mattered)
    return Published(
        disclosure=shown,
        winner=result.winner,
        order=result.order,
        lot_mattered=result.lot_mattered,
        n_ballots=result.n_ballots,
        blanks=result.blanks,
        tied=result.tied,
        pairwise=result.pairwise,
        condorcet_winner=result.condorcet_winner,
        smith_set=result.smith_set,
        locked=result.locked,
        skipped=result.skipped,
        others=result.others,
        twice_borda=result.twice_borda,
        alone_first=result.alone_first,
        approvals=result.approvals,
    )
