"""One reading of the ballots: who was put over whom, and how often.

Memory grows with the options, never with the ballots. The first thousand ballots are added one
by one, as a small election wants. After that a ranking is cut into pieces of two places. What a
piece says depends on the options that are left where it begins and on nothing else, so alike
pieces are only counted. From time to time the pieces are folded into the table: a row of it is
one whole number with a field of 64 bits for each option, and a piece adds "all options below" to
a row in one addition.
"""

from dataclasses import dataclass
from itertools import islice

from voting.counting.ballots import Election, NotABallot, Ranking, Unranked

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
