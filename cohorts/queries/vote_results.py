"""What is shown of a count: only what ``voting.counting.published`` left in the row."""

from dataclasses import dataclass
from typing import Any

from cohorts.queries.duel_diagram import Diagram, diagram
from voting.counting import Disclosure
from voting.models import Ballot
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
    )
