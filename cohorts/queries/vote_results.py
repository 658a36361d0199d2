"""What is shown of a count: only what ``voting.counting.published`` left in the row."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from cohorts.queries.duel_diagram import Diagram, diagram
from cohorts.rules.deciding import DecidedBy, decided
from voting.counting import Disclosure
from voting.models import Ballot
from voting.queries import lot_of
from voting.rules import NONE_OF_THESE, Rule
from voting.words import OTHER_RULES, option_title


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the pairwise table: how many put each option before each other."""

    title: str
    over: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Duel:
    """One duel of the trace, in the titles of the options."""

    winner: str
    loser: str
    strength: int


@dataclass(frozen=True, slots=True)
class Other:
    """Who would have won by another rule; ``titles`` is empty where it cannot say."""

    rule: str
    titles: tuple[str, ...]
    agrees: bool


@dataclass(frozen=True, slots=True)
class Merit:
    """What puts an option before those that the rule leaves equal to it, in this order.

    ``lot`` is its place in the lot, and None where no two are equal in the rest.
    """

    title: str
    points: Decimal
    alone_first: int
    lot: int | None


@dataclass(frozen=True, slots=True)
class Shown:
    """All of a count, from ten ballots or in an open count."""

    titles: tuple[str, ...]
    rows: tuple[Row, ...]
    locked: tuple[Duel, ...]
    skipped: tuple[Duel, ...]
    others: tuple[Other, ...]
    approvals: tuple[tuple[str, int], ...]
    blanks: int
    diagram: Diagram
    neutral: tuple[Merit, ...]
    decided_by: DecidedBy | None
    even: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What may be shown of a count. ``order`` and ``shown`` are None where too few voted."""

    winner: str
    is_none: bool
    beats_all: bool
    order: tuple[str, ...] | None
    lot_mattered: bool | None
    shown: Shown | None


def outcome_of(ballot: Ballot) -> Outcome | None:
    """Return what a ballot of this size shows of its count, or None if it was not counted."""
    kept: dict[str, Any] | None = ballot.result
    if kept is None:
        return None
    titles = {o.key: option_title(o.key, o.title) for o in ballot.options.all()}
    winner = kept["winner"]
    order = kept.get("order")
    return Outcome(
        winner=titles[winner] if winner else "",
        is_none=winner == NONE_OF_THESE,
        beats_all=bool(winner) and kept.get("condorcet_winner") == winner,
        order=tuple(titles[key] for tier in order for key in tier) if order else None,
        lot_mattered=kept.get("lot_mattered"),
        shown=_shown(ballot, kept, titles) if kept["disclosure"] == Disclosure.ALL else None,
    )


def _shown(ballot: Ballot, kept: dict[str, Any], titles: dict[str, str]) -> Shown:
    pairwise = kept["pairwise"]
    keys = [key for tier in kept["order"] for key in tier]
    duels = {
        part: tuple(Duel(titles[a], titles[b], n) for a, b, n in kept[part])
        for part in ("locked", "skipped")
    }
    approvals = kept["approvals"] if ballot.rule == Rule.APPROVAL else {}
    beats_all = kept["condorcet_winner"] == kept["winner"]
    by = decided(Rule(ballot.rule), kept) if kept["winner"] and not beats_all else None
    return Shown(
        titles=tuple(titles[key] for key in keys),
        rows=tuple(
            Row(titles[a], tuple(None if a == b else pairwise[a][b] for b in keys)) for a in keys
        ),
        locked=duels["locked"],
        skipped=duels["skipped"],
        others=tuple(
            Other(
                str(label),
                tuple(titles[key] for key in kept["others"][rule] or ()),
                kept["others"][rule] == [kept["winner"]],
            )
            for rule, label in OTHER_RULES.items()
        ),
        approvals=tuple((titles[key], approvals[key]) for key in keys if key in approvals),
        blanks=kept["blanks"],
        diagram=diagram(keys, titles, pairwise, skipped=[(a, b) for a, b, _ in kept["skipped"]]),
        neutral=_neutral(ballot, kept, titles) if kept["winner"] else (),
        decided_by=by.by if by else None,
        even=tuple(titles[key] for key in by.among) if by else (),
    )


def _neutral(ballot: Ballot, kept: dict[str, Any], titles: dict[str, str]) -> tuple[Merit, ...]:
    """Return the options in the neutral order; the lot is drawn only where it has a say."""
    merit = {key: (points, kept["alone_first"][key]) for key, points in kept["twice_borda"].items()}
    lot = lot_of(ballot) if len(set(merit.values())) < len(merit) else {}
    placed = sorted(merit, key=lambda key: (-merit[key][0], -merit[key][1], lot.get(key, 0)))
    return tuple(
        Merit(titles[key], Decimal(merit[key][0]) / 2, merit[key][1], lot.get(key))
        for key in placed
    )
