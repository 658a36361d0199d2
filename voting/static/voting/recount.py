# Made by `manage.py bundle_recount` from voting/counting: change that, and make this again.
# ruff: noqa: INP001 -- a file to download, not part of a package
"""Count a published vote again: ``python recount.py ballots.jsonl result.json``.

Needs Python 3.11 and nothing else. Prints the same result, byte for byte, as the server did, and
says on standard error whether the ballots are the published ones, whether the seed is the one
promised at the opening, and whether the result is the published one. Exit status: 0 if all of
that holds, 1 if not, 2 if a file cannot be read.

Without ``result.json`` what it says is given as arguments; see ``--help``.

``python recount.py kvitton.txt --receipt 3467-...`` only says whether the list of receipts holds
that one: status 0 if it does, 1 if not.
"""

import hmac
import json
import sys
from argparse import ArgumentParser, Namespace
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from itertools import chain, combinations, islice, permutations, product
from math import factorial, prod
from pathlib import Path
from typing import Any, NamedTuple

# -------------------- voting.counting.ballots
"""What an election is made of: options, rankings, and the rules that may count them.

Options are opaque texts: nothing here knows what a course is.
"""

Ranking = tuple[tuple[str, ...], ...]
"""Tiers, the best first; the options of one tier share a place. An empty ranking is blank."""

Ballot = tuple[int, Ranking]
"""A number of ballots that are alike, and their ranking."""

LARGEST_COUNT = 10**12
"""Ballots on one line of a file; more is taken for a slip of the hand."""


class Unranked(StrEnum):
    """What it means that a ballot leaves an option out."""

    LAST = "last"
    NO_OPINION = "no_opinion"


class Rule(StrEnum):
    """How the winner is found."""

    RANKED_PAIRS = "ranked_pairs"
    SCHULZE = "schulze"
    APPROVAL = "approval"
    MINIMAX = "minimax"
    COPELAND = "copeland"
    BORDA = "borda"


class Strength(StrEnum):
    """How clear a win in a duel is: by its margin, or by the ballots for the winner alone."""

    MARGINS = "margins"
    WINNING = "winning"


class NotAnElection(ValueError):
    """The options cannot be voted on, or the ballots cannot be read twice."""


class NotABallot(ValueError):
    """A ballot says something that cannot be counted; the text says what was expected."""


@dataclass(frozen=True, slots=True)
class Election:
    """Options and ballots. ``ballots`` may be read from a file each time that it is asked.

    :raises NotAnElection: if an option is named twice or has no name, or if ``ballots`` is
        used up by one reading (the lot may need a second).
    """

    options: tuple[str, ...]
    ballots: Iterable[Ballot]
    unranked: Unranked = Unranked.LAST
    id: str = ""

    def __post_init__(self) -> None:
        if len(set(self.options)) != len(self.options):
            raise NotAnElection("expected each option once")
        if not all(self.options):
            raise NotAnElection("expected a name for each option")
        if not all(option.isascii() or _is_text(option) for option in self.options):
            raise NotAnElection("expected names of whole characters, found half a pair")
        if isinstance(self.ballots, Iterator):
            raise NotAnElection("expected ballots that can be read again, found an iterator")


def ballot_from(count: object, ranking: object, options: AbstractSet[str] | None = None) -> Ballot:
    """Return a ballot from the lists of a JSON file; without ``options`` any name will do.

    :raises NotABallot: if the count is no whole number, or the ranking is not a list of lists
        of options, each of them named once.
    """
    if type(count) is not int or not 0 <= count <= LARGEST_COUNT:
        raise NotABallot(f"expected a whole number of ballots, at least 0, found {_shown(count)}")
    if not isinstance(ranking, list) or not all(isinstance(tier, list) for tier in ranking):
        raise NotABallot(f"expected a list of lists of options, found {_shown(ranking)}")
    named = list(chain.from_iterable(ranking))
    try:
        names = set(named)
    except TypeError:  # an option that is a list: said below
        names = set()
    if options is not None and len(names) == len(named) and names <= options and all(ranking):
        return count, tuple(map(tuple, ranking))
    _refuse_option(named, options)
    if not all(ranking):
        raise NotABallot(f"expected at least one option in each place, found {_shown(ranking)}")
    return count, tuple(map(tuple, ranking))


def _refuse_option(named: list[object], options: AbstractSet[str] | None) -> None:
    seen: set[str] = set()
    for option in named:
        if not isinstance(option, str) or not option:
            raise NotABallot(f"expected the name of an option, found {_shown(option)}")
        if options is not None and option not in options:
            raise NotABallot(f"expected one of the options, found {_shown(option)}")
        if option in seen:
            raise NotABallot(f"expected each option once, found {_shown(option)} twice")
        seen.add(option)


def _is_text(option: str) -> bool:
    try:
        option.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _shown(value: object) -> str:
    text = repr(value)
    longest = 60
    return text if len(text) <= longest else text[:longest] + "…"


# -------------------- voting.counting.lines
"""The ballots as they are published: one canonical line for each different ranking.

``{"count":3,"ranking":[["b"],["a","c"]]}``: names in order, no spaces, options sorted within a
place, alike rankings added up, lines sorted, each ended by LF, all in UTF-8. The same ballots
give the same bytes, whoever writes them and in whatever order they were cast.
"""

SAME_PLACE, NEXT_PLACE, LAST_PLACE = range(3)
ENDINGS = (",", "],[", "]]")


def canonical_lines(election: Election) -> Iterator[str]:
    """Yield the published lines in their order, each with its LF.

    Rankings are kept as short texts that sort as their lines do, so that a million different
    ones fit in memory: a character stands for an option and for what follows it.
    """
    written = sorted((_json(option), option) for option in election.options)
    place = {option: 3 * i for i, (_, option) in enumerate(written)}
    blank = chr(3 * len(written))
    counts: dict[str, int] = {}
    for count, ranking in election.ballots:
        if count:
            short = _short(ranking, place) or blank
            counts[short] = counts.get(short, 0) + count
    by_count: dict[int, list[str]] = defaultdict(list)
    for short, count in counts.items():
        by_count[count].append(short)
    counts.clear()
    after = [text + ending for text, _ in written for ending in ENDINGS]
    for count in sorted(by_count, key=lambda number: f"{number},"):
        for short in sorted(by_count[count]):
            text = "[]" if short == blank else "[[" + "".join(after[ord(code)] for code in short)
            yield f'{{"count":{count},"ranking":{text}}}\n'


def ballots_digest(election: Election) -> str:
    """Return the SHA-256 of the published lines, in lower-case hex."""
    digest = sha256()
    for line in canonical_lines(election):
        digest.update(line.encode("utf-8"))
    return digest.hexdigest()


def ballot_from_line(line: str, options: AbstractSet[str] | None = None) -> Ballot:
    """Return the ballot on a published line; without ``options`` any name will do.

    :raises NotABallot: if the line is not of that form.
    """
    try:
        pairs = json.loads(line, object_pairs_hook=tuple)
    except (ValueError, RecursionError) as wrong:
        raise NotABallot(f"expected a line of JSON, found {wrong}") from wrong
    if not isinstance(pairs, tuple) or sorted(name for name, _ in pairs) != ["count", "ranking"]:
        raise NotABallot('expected {"count":1,"ranking":[["a"],["b"]]}, found ' + line[:60].strip())
    said = dict(pairs)
    return ballot_from(said["count"], said["ranking"], options)


def _short(ranking: Ranking, place: dict[str, int]) -> str:
    codes: list[int] = []
    for tier in ranking:
        codes.extend([place[option] for option in (sorted(tier) if len(tier) > 1 else tier)])
        codes[-1] += NEXT_PLACE
    if codes:
        codes[-1] += LAST_PLACE - NEXT_PLACE
    return "".join(map(chr, codes))


def _json(option: str) -> str:
    return json.dumps(option, ensure_ascii=False)


# -------------------- voting.counting.lot
"""The lot that anybody can check: SHA-256 over what was published, never a shuffle.

At the opening ``commitment(seed)`` is published, at the close the seed itself. Nobody could
choose a seed to suit the ballots, and nobody could choose ballots to suit the seed.
"""

PREFIX = "regai-lot-v1"


def commitment(seed: str) -> str:
    """Return what is published of the seed while the vote is open, in lower-case hex."""
    return _hex(seed)


def drawn(options: Sequence[str], *, vote_id: str, seed: str, ballots_digest: str) -> list[str]:
    """Return the number that each option draws, in lower-case hex; the lowest stands first.

    ``ballots_digest`` is empty where no rankings are published.
    """
    bound = _hex(f"{seed}|{ballots_digest}")
    return [_hex(f"{PREFIX}|{vote_id}|{bound}|{option}") for option in options]


def _hex(text: str) -> str:
    return sha256(text.encode("utf-8")).hexdigest()


# -------------------- voting.counting.result
"""What a count says, in the words of the options."""


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


# -------------------- voting.counting.publication
"""What may be shown of a result: in a small group a table of duels is a list of who voted what.

Under five ballots only the chosen option; from five to nine the winner and the order without
numbers; from ten everything. An open count, chosen before the opening, shows everything at any
size. The sorted list of receipts is not decided here: it is shown at every size.

Example: 4 ballots show the chosen course; 5 show the order; 9 too; 10 show the table, the trace
and the rankings.
"""

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


# -------------------- voting.counting.package
"""What is published beside the lines of a vote, so that anybody can count it again.

``result.json`` says how the vote was counted and what came out; ``ballots.jsonl`` holds the
canonical lines; ``recount.py`` reads both. Nothing else is needed.
"""

FORMAT = "regai-count-1"


class NotPublished(ValueError):
    """So few ballots were cast that their rankings stay unpublished."""


def printed(result: Result) -> str:
    """Return the text that ``count_votes`` and ``recount.py`` print for one result."""
    return json.dumps({"results": [result.as_json()]}, ensure_ascii=False, indent=1) + "\n"


def result_text(
    election: Election, result: Result, *, seed: str, vote_id: str, open_count: bool = False
) -> str:
    """Return ``result.json``: the options, how they were counted, the digest, and the result.

    :raises NotPublished: if there are under ten ballots, and the count is not an open one.
    """
    if not shows_rankings(result.n_ballots, open_count=open_count):
        raise NotPublished(f"expected at least ten ballots, found {result.n_ballots}")
    said = {
        "format": FORMAT,
        "vote_id": vote_id,
        "options": list(election.options),
        "unranked": election.unranked.value,
        "rule": result.rule.value,
        "strength": result.strength.value,
        "open_count": open_count,
        "seed": seed,
        "seed_sha256": commitment(seed),
        "ballots_sha256": ballots_digest(election),
        "result": result.as_json(),
    }
    return json.dumps(said, ensure_ascii=False, indent=1) + "\n"


# -------------------- voting.counting.receipts
"""Receipts as they are published: check values that say nothing, until one has the receipt.

A ballot's key is published with the list, at the close. Whoever has a receipt reckons out its
check value and finds it in the list; from the list nobody finds a receipt, for 92 random bits
cannot be guessed.
"""

RECEIPTS_HEAD = "regai-receipts-1"


def check_value(key: str, letters: str) -> str:
    """Return what is kept and published of a receipt's letters, in lower-case hex."""
    return hmac.new(key.encode("utf-8"), letters.encode("utf-8"), sha256).hexdigest()


def letters_of(typed: str) -> str:
    """Return the letters of a receipt however it is typed."""
    return "".join(typed.upper().replace("-", " ").split())


def receipts_text(key: str, values: Iterable[str]) -> str:
    """Return the published list: its kind and key on the first line, then the sorted values."""
    return "".join(f"{line}\n" for line in [f"{RECEIPTS_HEAD} {key}", *sorted(values)])


def is_listed(text: str, typed: str) -> bool:
    """Return whether a receipt is in a published list.

    :raises ValueError: if the text is no such list.
    """
    head, *values = text.splitlines() or [""]
    kind, _, key = head.partition(" ")
    if kind != RECEIPTS_HEAD or not key:
        raise ValueError(f"expected a list of receipts, beginning with {RECEIPTS_HEAD!r}")
    return check_value(key, letters_of(typed)) in values


# -------------------- voting.counting.duels
"""Two options at a time: who wins the duel, and how clearly."""

Table = Sequence[Sequence[int]]
"""A number for each pair of options, by their index."""


class Duel(NamedTuple):
    """A won duel: the winner's and the loser's index, and the strength of the win (over 0)."""

    winner: int
    loser: int
    strength: int


def duels(over: Table, strength: Strength) -> list[Duel]:
    """Return every duel that somebody wins. An even one has no winner and is not among them."""
    won = []
    for a, b in combinations(range(len(over)), 2):
        winner, loser = (a, b) if over[a][b] > over[b][a] else (b, a)
        margin = over[winner][loser] - over[loser][winner]
        if margin:
            clear = margin if strength is Strength.MARGINS else over[winner][loser]
            won.append(Duel(winner, loser, clear))
    return won


def condorcet_winner(over: Table) -> int | None:
    """Return the option that wins all its duels; one that is alone has none to lose."""
    for a, row in enumerate(over):
        if all(row[b] > over[b][a] for b in range(len(over)) if b != a):
            return a
    return None


def smith_set(over: Table) -> list[int]:
    """Return the fewest options that win every duel against all the others."""
    lost = [
        [b for b in range(len(over)) if b != a and over[a][b] <= over[b][a]]
        for a in range(len(over))
    ]
    smallest = list(range(len(over)))
    for start in range(len(over)):
        inside = {start}
        waiting = [start]
        while waiting:
            new = [b for b in lost[waiting.pop()] if b not in inside]
            inside.update(new)
            waiting.extend(new)
        if len(inside) < len(smallest):
            smallest = sorted(inside)
    return smallest


# -------------------- voting.counting.tally
"""One reading of the ballots: who was put over whom, and how often.

Memory grows with the options, never with the ballots. The first thousand ballots are added one
by one, as a small election wants. After that a ranking is cut into pieces of two places. What a
piece says depends on the options that are left where it begins and on nothing else, so alike
pieces are only counted. From time to time the pieces are folded into the table: a row of it is
one whole number with a field of 64 bits for each option, and a piece adds "all options below" to
a row in one addition.
"""

PIECE = 2
"""Places in a piece. Ten options have 11 530 different pieces; longer ones are met too seldom,
single places are too many to look up (``benchmarks/count_votes.py``)."""
FEW = 1_000
"""Ballots that are added one by one before any are cut: pieces pay when they are met again."""
LARGEST_CACHE = 100_000
"""Pieces that are kept before they are folded; about 50 MB."""
FIELD_BITS = 64


@dataclass(frozen=True, slots=True)
class Tally:
    """All that any rule needs to know of the ballots; options by their index."""

    n_ballots: int
    blanks: int
    over: tuple[tuple[int, ...], ...]
    """``over[a][b]``: ballots that put a over b."""
    alone_first: tuple[int, ...]
    ranked: tuple[int, ...]


def tally(election: Election, *, few: int = FEW, cache: int = LARGEST_CACHE) -> Tally:
    """Return the tally of all ballots, whatever the two limits are.

    ``few`` ballots are added one by one, of the others ``cache`` pieces are kept unfolded.

    :raises NotABallot: if one of them cannot be counted.
    """
    table = _Table(election)
    table.take(election, few, cache)
    return Tally(
        n_ballots=table.n_ballots,
        blanks=table.blanks,
        over=tuple(_fields(row, len(table.rows)) for row in table.rows),
        alone_first=tuple(table.alone_first),
        ranked=tuple(table.ranked),
    )


class _Tier:
    """One place of a ranking: its options as bits, as fields of a row, and by their index."""

    __slots__ = ("bits", "fields", "options")

    def __init__(self, options: list[int]) -> None:
        self.options = options
        self.bits = sum(1 << i for i in options)
        self.fields = sum(1 << FIELD_BITS * i for i in options)


class _Rest:
    """The options that are left at some place in a ranking, and the pieces that came next."""

    __slots__ = ("bits", "ended", "fields", "pieces")

    def __init__(self, bits: int, fields: int) -> None:
        self.bits = bits
        self.fields = fields
        self.pieces: dict[Ranking, int] = {}
        self.ended = 0


class _Table:
    def __init__(self, election: Election) -> None:
        self.index = {option: i for i, option in enumerate(election.options)}
        self.no_opinion = election.unranked is Unranked.NO_OPINION
        self.n = len(election.options)
        self.rows = [0] * self.n
        self.alone_first = [0] * self.n
        self.ranked = [0] * self.n
        self.n_ballots = 0
        self.blanks = 0
        # Each piece has a number: how many ballots said it, and what is left after it.
        self.counts: list[int] = []
        self.after: list[_Rest] = []
        self._forget()

    def _forget(self) -> None:
        everything = _Tier(list(range(self.n)))
        self.start = _Rest(everything.bits, everything.fields)
        self.rests = {self.start.bits: self.start}
        self.tiers: dict[tuple[str, ...], _Tier] = {}
        self.counts.clear()
        self.after.clear()

    def take(self, election: Election, few: int, cache: int) -> None:
        ballots = iter(election.ballots)
        for count, ranking in islice(ballots, few):
            if _is_any(count):
                self._add(count, ranking)
        counts = self.counts
        after = self.after
        for count, ranking in ballots:
            if count < 1 and not _is_any(count):
                continue
            if len(counts) > cache:
                self._fold()
            rest = self.start
            for begin in range(0, len(ranking), PIECE):
                places = ranking[begin : begin + PIECE]
                piece = rest.pieces.get(places)
                if piece is None:
                    piece = self._new_piece(rest, places)
                counts[piece] += count
                rest = after[piece]
            rest.ended += count
        self._fold()
        if self.n_ballots >> FIELD_BITS:
            raise NotABallot(f"expected under 2**{FIELD_BITS} ballots, found {self.n_ballots}")

    def _add(self, count: int, ranking: Ranking) -> None:
        """Add one ballot to the table at once."""
        bits = self.start.bits
        below = self.start.fields
        rows = self.rows
        for tier in ranking:
            known = self.tiers.get(tier) or self._new_tier(tier)
            if bits & known.bits != known.bits:
                raise NotABallot(f"expected each option once, found one of {tier} twice")
            bits -= known.bits
            below -= known.fields
            lower = below * count
            for i in known.options:
                rows[i] += lower
        if ranking and len(ranking[0]) == 1:
            self.alone_first[self.index[ranking[0][0]]] += count
        self._rest(bits).ended += count

    def _rest(self, bits: int) -> _Rest:
        rest = self.rests.get(bits)
        if rest is None:
            fields = sum(1 << FIELD_BITS * i for i in range(self.n) if bits >> i & 1)
            rest = self.rests[bits] = _Rest(bits, fields)
        return rest

    def _new_piece(self, rest: _Rest, places: Ranking) -> int:
        bits = rest.bits
        for tier in places:
            known = self.tiers.get(tier) or self._new_tier(tier)
            if bits & known.bits != known.bits:
                raise NotABallot(f"expected each option once, found one of {tier} twice")
            bits -= known.bits
        left = self._rest(bits)
        piece = rest.pieces[places] = len(self.counts)
        self.counts.append(0)
        self.after.append(left)
        return piece

    def _new_tier(self, tier: tuple[str, ...]) -> _Tier:
        if not tier:
            raise NotABallot("expected at least one option in each place")
        if len(set(tier)) != len(tier):
            raise NotABallot(f"expected each option once, found one of {tier} twice")
        unknown = [option for option in tier if option not in self.index]
        if unknown:
            raise NotABallot(f"expected one of the options, found {unknown[0]!r}")
        new = self.tiers[tier] = _Tier([self.index[option] for option in tier])
        return new

    def _fold(self) -> None:
        """Add what the pieces say to the table, as if unranked were last, and forget them."""
        for places, piece in self.start.pieces.items():
            if len(places[0]) == 1:
                self.alone_first[self.index[places[0][0]]] += self.counts[piece]
        self.blanks += self.start.ended
        rows = self.rows
        for rest in self.rests.values():
            for places, piece in rest.pieces.items():
                below = rest.fields
                for tier in places:
                    known = self.tiers[tier]
                    below -= known.fields
                    lower = below * self.counts[piece]
                    for i in known.options:
                        rows[i] += lower
            if rest.ended:
                self._end(rest)
        self._forget()

    def _end(self, rest: _Rest) -> None:
        """Some ballots ranked all but the rest; they may have meant nothing about it."""
        self.n_ballots += rest.ended
        for i in range(self.n):
            if not rest.bits >> i & 1:
                self.ranked[i] += rest.ended
                if self.no_opinion:
                    self.rows[i] -= rest.fields * rest.ended


def _is_any(count: int) -> bool:
    """Return whether a line stands for any ballots.

    :raises NotABallot: if it stands for fewer than none.
    """
    if count < 0:
        raise NotABallot(f"expected a number of ballots of at least 0, found {count}")
    return count > 0


def _fields(row: int, n: int) -> tuple[int, ...]:
    field = (1 << FIELD_BITS) - 1
    return tuple(row >> FIELD_BITS * i & field for i in range(n))


# -------------------- voting.counting.neutral
"""The neutral order of the options, which settles what a rule leaves equal.

First the points of Borda, then the ballots that rank an option alone first, and only then the
lot: in small elections that leaves at most three votes in a thousand to the lot, where the lot
alone would decide ten to forty in a hundred. It looks at no name and no order of the list, so
whoever renames the options only renames the result.
"""

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


# -------------------- voting.counting.ranked_pairs
"""Ranked pairs: the clearest win first.

Duels are locked from the clearest win down; one that would close a ring is skipped. Wins that
are equally clear are ordered by the winner's place in the neutral order, then by the loser's.
The loser's place cannot change what is locked, only the order of the trace: a ring that a duel
would close leads *to* its winner, and another duel of the same winner leads away from it.

Example: A over B by 8, B over C by 6, C over A by 4. The first two are locked; the third would
close the ring and is skipped. A wins.

**Source:** T. N. Tideman, Independence of clones as a criterion for voting rules, 1987; ties as
in T. M. Zavist and T. N. Tideman, Complete independence of clones in the ranked pairs rule, 1989,
with the neutral order in place of a random voter's.
"""


@dataclass(frozen=True, slots=True)
class Locked:
    """The trace, and what stands over what when all duels are gone through."""

    locked: tuple[Duel, ...]
    skipped: tuple[Duel, ...]
    over: tuple[int, ...]


def lock(duels: Iterable[Duel], place: Sequence[int]) -> Locked:
    """Return the duels that hold and those that would close a ring, in the order gone through."""
    locked = []
    skipped = []
    over = [0] * len(place)
    inward = sorted(duels, key=lambda duel: (-duel.strength, place[duel.winner], place[duel.loser]))
    for duel in inward:
        winner, loser, _ = duel
        if over[loser] >> winner & 1:
            skipped.append(duel)
            continue
        locked.append(duel)
        if not over[winner] >> loser & 1:
            below = over[loser] | 1 << loser
            for a, bits in enumerate(over):
                if a == winner or bits >> winner & 1:
                    over[a] |= below
    return Locked(tuple(locked), tuple(skipped), tuple(over))


# -------------------- voting.counting.schulze
"""Schulze: a wins over b if its best chain of won duels to b is stronger than the one back.

A chain is as strong as its weakest duel.

**Source:** M. Schulze, A new monotonic, clone-independent, reversal symmetric, and
Condorcet-consistent single-winner election method, 2011, section 2.
"""


def schulze(duels: Iterable[Duel], n: int) -> list[int]:
    """Return who stands over whom."""
    path = [[0] * n for _ in range(n)]
    for winner, loser, strength in duels:
        path[winner][loser] = strength
    for through in range(n):
        onward = path[through]
        for a in range(n):
            first = path[a][through]
            if not first or a == through:
                continue
            row = path[a]
            for b in range(n):
                chain = min(first, onward[b])
                if b != a and chain > row[b]:
                    row[b] = chain
    return [sum(1 << b for b in range(n) if path[a][b] > path[b][a]) for a in range(n)]


# -------------------- voting.counting.scores
"""The rules that give each option a number; the highest wins."""

PLAIN_MAJORITY = 2
"""Options; with two of them every rule is plain majority."""


def approval(tally: Tally) -> list[int]:
    """Return how many ballots rank each option, at whatever place.

    With two options "A, then B" would approve both and undo the voter's choice, so there it is
    how many put one over the other.
    """
    if len(tally.over) == PLAIN_MAJORITY:
        return [sum(row) for row in tally.over]
    return list(tally.ranked)


def copeland(duels: Iterable[Duel], n: int) -> list[int]:
    """Return the duels won less the duels lost of each option."""
    scores = [0] * n
    for winner, loser, _ in duels:
        scores[winner] += 1
        scores[loser] -= 1
    return scores


def minimax(duels: Iterable[Duel], n: int) -> list[int]:
    """Return minus the strength of each option's clearest defeat, 0 if it has none."""
    scores = [0] * n
    for _, loser, strength in duels:
        scores[loser] = min(scores[loser], -strength)
    return scores


# -------------------- voting.counting.standing
"""From "who stands over whom" to one order, and to those whom nobody stands over.

``over[a]`` is a set of bits: those that stand below a. It has no rings; it may leave pairs open.
"""

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


# -------------------- voting.counting.methods
"""How each rule lets one option stand over another.

Only ranked pairs looks at the neutral order while it works; the others leave equals equal, and
the neutral order settles them afterwards.
"""


def standing(rule: Rule, tally: Tally, duels: Sequence[Duel], place: Sequence[int]) -> Over:
    """Return whom each option stands over by ``rule``."""
    n = len(tally.over)
    match rule:
        case Rule.RANKED_PAIRS:
            return lock(duels, place).over
        case Rule.SCHULZE:
            return schulze(duels, n)
        case Rule.APPROVAL:
            return by_score(approval(tally))
        case Rule.MINIMAX:
            return by_score(minimax(duels, n))
        case Rule.COPELAND:
            return by_score(copeland(duels, n))
        case Rule.BORDA:
            return by_score(twice_borda(tally))


def settles(rule: Rule, tally: Tally, unranked: Unranked) -> bool:
    """Return whether there is anything to decide, and ``rule`` can decide it.

    No ballot with any preference: no. One option: yes if any ballot ranks it. Borda needs a
    place for every option, so it is silent where options that are left out meet nobody.
    """
    if rule is Rule.BORDA and unranked is Unranked.NO_OPINION:
        return False
    return any(map(any, tally.over)) or (len(tally.over) == 1 and tally.ranked[0] > 0)


# -------------------- voting.counting.tied
"""Who is still equal when only the lot is left: every option that some lot would let win.

For ranked pairs that takes trying the lots, because the order of equals decides which duel is
skipped. Only options of equal merit that stand in one ring of wins can change that, and only in
the Smith set; with real ballots they are none, two or three. Above ``MOST_LOTS`` orders the
question is put to turns and mirror images of one order, each option in the lead once: all that
are named can win, but with eight or more equals in one ring one might be missing.
"""

MOST_LOTS = 5040
"""Orders of the lot that are tried one by one: seven equals in a ring."""


def best_of(options: Iterable[int], merit: Sequence[Merit]) -> set[int]:
    """Return those of the greatest merit."""
    some = list(options)
    most = max((merit[a] for a in some), default=None)
    return {a for a in some if merit[a] == most}


def tied_in_ranked_pairs(
    over: Table, duels: Sequence[Duel], merit: Sequence[Merit], known: Sequence[Sequence[int]]
) -> set[int]:
    """Return the options that some lot lets win; ``known`` are places that have been drawn."""
    smith = set(smith_set(over))
    inside = [duel for duel in duels if duel.winner in smith and duel.loser in smith]
    groups = _groups(inside, merit)
    lots = prod(factorial(len(group)) for group in groups)
    drawn = _every(groups, merit) if lots <= MOST_LOTS else _turns(groups, merit, known)
    can_win: set[int] = set()
    for place in drawn:
        ends = [a for a in unbeaten(lock(inside, place).over) if a in smith]
        best = best_of(ends, merit)
        for group in groups:
            rivals = sorted(best.intersection(group), key=place.__getitem__)
            best.difference_update(rivals[1:])
        can_win |= best
    return can_win


def _groups(duels: Sequence[Duel], merit: Sequence[Merit]) -> list[list[int]]:
    """Return the options that stand in one ring and have equal merit, where there are several."""
    reach = _reach(duels, len(merit))
    groups: dict[tuple[int, Merit], list[int]] = {}
    for a, bits in enumerate(reach):
        if bits >> a & 1:
            ring = sum(1 << b for b in range(len(reach)) if bits >> b & 1 and reach[b] >> a & 1)
            groups.setdefault((ring, merit[a]), []).append(a)
    return [group for group in groups.values() if len(group) > 1]


def _reach(duels: Sequence[Duel], n: int) -> Over:
    reach = [0] * n
    for winner, loser, _ in duels:
        reach[winner] |= 1 << loser
    for through in range(n):
        for a in range(n):
            if reach[a] >> through & 1:
                reach[a] |= reach[through]
    return reach


def _every(groups: Sequence[Sequence[int]], merit: Sequence[Merit]) -> Iterator[list[int]]:
    for lots in product(*(permutations(group) for group in groups)):
        yield _places(chain.from_iterable(lots), merit)


def _turns(
    groups: Sequence[Sequence[int]], merit: Sequence[Merit], known: Sequence[Sequence[int]]
) -> Iterator[list[int]]:
    for place in known:
        yield list(place)
        for k in range(max(map(len, groups))):
            for step in (1, -1):
                turned = [
                    sorted(group, key=place.__getitem__)[::step][k % len(group) :]
                    + sorted(group, key=place.__getitem__)[::step][: k % len(group)]
                    for group in groups
                ]
                yield _places(chain.from_iterable(turned), merit)


def _places(lot: Iterable[int], merit: Sequence[Merit]) -> list[int]:
    """Return the place of each option when ``lot`` orders equals; the others keep their index."""
    drawn = {a: i for i, a in enumerate(lot)}
    order = sorted(
        range(len(merit)), key=lambda a: (*(-part for part in merit[a]), drawn.get(a, a))
    )
    place = [0] * len(merit)
    for i, a in enumerate(order):
        place[a] = i
    return place


# -------------------- voting.counting.finding
"""The order of the options by one rule, and what part the lot had in it; options by index."""


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


# -------------------- voting.counting.verdict
"""The one way in: an election, a rule and a seed give a result. Same in, same out, for ever.

Decides winner, full order, trace, and whether the lot mattered. Does not know who may vote, when
the vote closed, or whether enough took part.
"""

NOTHING_LOCKED = Locked((), (), ())


def count(  # noqa: PLR0913 -- what was settled before the opening, each by its name
    election: Election,
    *,
    rule: Rule = Rule.RANKED_PAIRS,
    strength: Strength = Strength.MARGINS,
    seed: str = "",
    vote_id: str = "",
    open_count: bool = False,
) -> Result:
    """Return the result; where no ballot prefers anything nobody wins and no lot is drawn.

    ``open_count``: the rankings are published whatever the number of ballots, so the lot is
    bound to them. The ballots are read once, and once more if the lot is needed.

    :raises NotABallot: if a ballot cannot be counted.
    """
    counted = tally(election)
    won = duels(counted.over, strength)

    def draw() -> list[str]:
        shown = shows_rankings(counted.n_ballots, open_count=open_count)
        digest = ballots_digest(election) if shown else ""
        return drawn(election.options, vote_id=vote_id, seed=seed, ballots_digest=digest)

    settled = settles(rule, counted, election.unranked)
    found = find(rule, counted, won, draw) if settled else None
    trace = lock(won, found.place) if found and rule is Rule.RANKED_PAIRS else NOTHING_LOCKED
    options = election.options
    leader = condorcet_winner(counted.over)
    return Result(
        id=election.id,
        n_ballots=counted.n_ballots,
        blanks=counted.blanks,
        rule=rule,
        strength=strength,
        winner=options[found.order[0]] if found else None,
        tied=_names(options, found.tied if found else range(len(options))),
        order=_tiers(options, found),
        pairwise=_pairwise(options, counted),
        condorcet_winner=None if leader is None else options[leader],
        smith_set=_names(options, smith_set(counted.over)),
        locked=_wins(options, trace.locked),
        skipped=_wins(options, trace.skipped),
        lot_mattered=found is not None and found.lot_mattered,
        others=_others(election, counted, won),
        neutral_order=_placed(options, found),
        twice_borda=dict(zip(options, twice_borda(counted), strict=True)),
        alone_first=dict(zip(options, counted.alone_first, strict=True)),
        approvals=dict(zip(options, counted.ranked, strict=True)),
    )


def _pairwise(options: Sequence[str], counted: Tally) -> dict[str, dict[str, int]]:
    return {
        a: {b: ballots for b, ballots in zip(options, row, strict=True) if b != a}
        for a, row in zip(options, counted.over, strict=True)
    }


def _others(election: Election, counted: Tally, won: Sequence[Duel]) -> Others:
    def first(rule: Rule) -> tuple[str, ...]:
        return _names(election.options, unbeaten(standing(rule, counted, won, ())))

    complete = election.unranked is Unranked.LAST
    return Others(
        schulze=first(Rule.SCHULZE),
        minimax=first(Rule.MINIMAX),
        copeland=first(Rule.COPELAND),
        borda=first(Rule.BORDA) if complete else None,
    )


def _names(options: Sequence[str], some: Iterable[int]) -> tuple[str, ...]:
    return tuple(sorted(options[a] for a in some))


def _tiers(options: Sequence[str], found: Found | None) -> tuple[tuple[str, ...], ...]:
    if found:
        return tuple((options[a],) for a in found.order)
    return (tuple(sorted(options)),) if options else ()


def _placed(options: Sequence[str], found: Found | None) -> tuple[str, ...]:
    if not found:
        return ()
    return tuple(options[a] for a in sorted(range(len(options)), key=found.place.__getitem__))


def _wins(options: Sequence[str], some: Iterable[Duel]) -> tuple[Win, ...]:
    return tuple(Win(options[duel.winner], options[duel.loser], duel.strength) for duel in some)


AGREES, DIFFERS, UNREADABLE = range(3)
PARTS = {
    "vote_id": str,
    "options": list,
    "unranked": str,
    "rule": str,
    "strength": str,
    "open_count": bool,
    "seed": str,
    "seed_sha256": str,
    "ballots_sha256": str,
    "result": dict,
}
"""What a result file says, and as what."""


@dataclass(frozen=True, slots=True)
class PublishedLines:
    """The ballots of a lines file, read each time that they are asked for."""

    file: Path
    options: frozenset[str] | None = None

    def __iter__(self) -> Iterator[Ballot]:
        with self.file.open(encoding="utf-8", newline="\n") as lines:
            for number, line in enumerate(lines, start=1):
                try:
                    yield ballot_from_line(line, self.options)
                except NotABallot as wrong:
                    raise NotABallot(f"{self.file}, line {number}: {wrong}") from wrong


def main(arguments: list[str] | None = None) -> int:
    """Count again, print, and return the exit status."""
    asked = _parser().parse_args(arguments)
    try:
        if asked.receipt:
            return _look_up(asked)
        published = _published(asked.result) if asked.result else None
        if published:
            _fill_in(asked, published)
        return _recount(asked, published)
    except (OSError, ValueError) as wrong:
        _say(str(wrong))
        return UNREADABLE


def _recount(asked: Namespace, published: dict[str, Any] | None) -> int:
    options = asked.option
    if options is None:
        tiers = chain.from_iterable(ranking for _, ranking in PublishedLines(asked.ballots))
        options = sorted(set(chain.from_iterable(tiers)))
    election = Election(
        options=tuple(options),
        ballots=PublishedLines(asked.ballots, frozenset(options)),
        unranked=Unranked(asked.unranked),
        id=asked.vote_id or asked.ballots.stem,
    )
    result = count(
        election,
        rule=Rule(asked.rule),
        strength=Strength(asked.strength),
        seed=asked.seed,
        vote_id=asked.vote_id,
        open_count=asked.open_count,
    )
    text = printed(result).encode("utf-8")
    agrees = [
        _same_ballots(asked, election),
        _same("seed", commitment(asked.seed), asked.seed_digest),
        _same("result", result.as_json(), published and published["result"]),
    ]
    sys.stdout.buffer.write(text)
    return AGREES if all(agrees) else DIFFERS


def _look_up(asked: Namespace) -> int:
    listed = is_listed(asked.ballots.read_text(encoding="utf-8"), asked.receipt)
    _say("receipt: is in the list" if listed else "receipt: IS NOT in the list")
    return AGREES if listed else DIFFERS


def _same_ballots(asked: Namespace, election: Election) -> bool:
    found = sha256(asked.ballots.read_bytes()).hexdigest()
    same = _same("digest of the ballots", found, asked.digest)
    if not same and ballots_digest(election) == asked.digest:
        _say("the rankings are the published ones, but the lines are written in another way")
    return same


def _same(what: str, found: object, published: object) -> bool:
    if not published:
        _say(f"{what}: {found if isinstance(found, str) else 'nothing to compare with'}")
    elif found == published:
        _say(f"{what}: agrees with what was published")
    else:
        shown = f": {found}, published: {published}" if isinstance(found, str) else ""
        _say(f"{what}: DOES NOT MATCH{shown}")
    return not published or found == published


def _published(file: Path) -> dict[str, Any]:
    said = json.loads(file.read_text(encoding="utf-8-sig"))
    if not isinstance(said, dict) or said.get("format") != FORMAT:
        raise ValueError(f'{file}: expected a result file, with "format": "{FORMAT}"')
    wrong = [name for name, kind in PARTS.items() if not isinstance(said.get(name), kind)]
    if wrong or not all(isinstance(option, str) for option in said["options"]):
        raise ValueError(f"{file}: expected another kind of {', '.join(wrong) or 'options'}")
    return said


def _fill_in(asked: Namespace, published: dict[str, Any]) -> None:
    asked.option = published["options"]
    asked.digest = published["ballots_sha256"]
    asked.seed_digest = published["seed_sha256"]
    for name in ("vote_id", "unranked", "rule", "strength", "open_count", "seed"):
        setattr(asked, name, published[name])


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="recount.py", description="Count a published vote again.")
    parser.add_argument("ballots", type=Path, help="the published lines (ballots.jsonl)")
    parser.add_argument("result", type=Path, nargs="?", help="the published result (result.json)")
    parser.add_argument("--option", action="append", help="an option; once for each of them")
    parser.add_argument("--rule", choices=[*map(str, Rule)], default="ranked_pairs")
    parser.add_argument("--strength", choices=[*map(str, Strength)], default="margins")
    parser.add_argument("--unranked", choices=[*map(str, Unranked)], default="last")
    parser.add_argument("--seed", default="", help="the seed published at the close")
    parser.add_argument("--seed-digest", help="what was published of the seed at the opening")
    parser.add_argument("--vote-id", default="", help="the vote's published number")
    parser.add_argument("--digest", help="the published digest of the ballots")
    parser.add_argument("--receipt", help="a receipt to look for in the published list of them")
    parser.add_argument("--open-count", action="store_true", help="an open count")
    return parser


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")


if __name__ == "__main__":
    sys.exit(main())
