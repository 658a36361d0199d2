"""PrefLib's files of orders: .soc, .soi, .toc and .toi.

A header of ``# NAME: value`` lines, then ``3: 1,{2,4},3``: three ballots with that order. The
ending says whether orders are strict and complete, and a file that does not keep to it is
refused, as is one whose number of voters is not what its header says.

**Source:** https://preflib.github.io/PrefLib-Jekyll/format
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from voting.counting import Ballot, Election, NotABallot, PreflibKind, Ranking, ballot_from
from voting.management.reading.faults import Faults
from voting.management.reading.text_lines import text_lines

ENDINGS = tuple(f".{kind.value}" for kind in PreflibKind)
HEADERS = ("# NUMBER ALTERNATIVES", "# NUMBER VOTERS", "# ALTERNATIVE NAME")
_HEADER = re.compile(r"# (NUMBER ALTERNATIVES|NUMBER VOTERS|ALTERNATIVE NAME (\d{1,6})): *(.*)")
_NUMBER = re.compile(r"\d{1,13}", re.ASCII)
_PLACE = re.compile(r"\{(\d{1,6}(?:,\d{1,6})*)\}|(\d{1,6})", re.ASCII)
_PLACES = re.compile(rf"(?:{_PLACE.pattern})(?:,(?:{_PLACE.pattern}))*", re.ASCII)
MOST_KEPT = 20_000


@dataclass(frozen=True, slots=True)
class PreflibBallots:
    """The ballots of a PrefLib file, read each time that they are asked for."""

    file: Path
    kind: PreflibKind
    names: dict[str, str]
    faults: Faults
    read: dict[str, Ranking] = field(default_factory=dict)
    """Orders that have been met: in most files there are few different ones."""

    def __iter__(self) -> Iterator[Ballot]:
        known = frozenset(self.names.values())
        for number, line in text_lines(self.file):
            if line.startswith("#") or not line.strip():
                continue
            try:
                yield self._ballot(line, known)
            except NotABallot as wrong:
                self.faults.add(number, str(wrong))

    def _ballot(self, line: str, known: frozenset[str]) -> Ballot:
        number, colon, order = "".join(line.split()).partition(":")
        if not colon or not _NUMBER.fullmatch(number):
            raise _no_order(line)
        count, _ = ballot_from(int(number), [])
        ranking = self.read.get(order)
        return count, self._ranking(order, line, known) if ranking is None else ranking

    def _ranking(self, order: str, line: str, known: frozenset[str]) -> Ranking:
        if order and not _PLACES.fullmatch(order):
            raise _no_order(line)
        tiers = [
            [self.names.get(number, number) for number in (place[1] or place[2]).split(",")]
            for place in _PLACE.finditer(order)
        ]
        _, ranking = ballot_from(1, tiers, known)
        if self.kind.strict and any(len(tier) > 1 for tier in ranking):
            raise NotABallot(
                f"expected a strict order in a .{self.kind} file, found a shared place"
            )
        if self.kind.complete and sum(map(len, ranking)) != len(known):
            raise NotABallot(f"expected all {len(known)} options in a .{self.kind} file")
        if len(self.read) >= MOST_KEPT:
            self.read.clear()
        self.read[order] = ranking
        return ranking


def preflib_election(file: Path, faults: Faults) -> Election:
    """Return the election of a PrefLib file; what is wrong with it goes to ``faults``."""
    names: dict[str, str] = {}
    said: dict[str, tuple[int, str]] = {}
    for number, line in text_lines(file):
        if not line.startswith(HEADERS):
            continue
        found = _HEADER.fullmatch(line.rstrip())
        if found is None:
            faults.add(number, f'expected "# NAME: value", found {line[:60]!r}')
        elif found[2] is None:
            said[found[1]] = (number, found[3])
        elif not found[3] or str(int(found[2])) in names or found[3] in names.values():
            faults.add(number, f"expected each option once, with a name, found {line[:60]!r}")
        else:
            names[str(int(found[2]))] = found[3]
    ballots = PreflibBallots(file, PreflibKind(file.suffix[1:].lower()), names, faults)
    n_ballots = sum(count for count, _ in ballots)
    for header, n in (("NUMBER ALTERNATIVES", len(names)), ("NUMBER VOTERS", n_ballots)):
        number, value = said.get(header, (1, str(n)))
        if value != str(n):
            faults.add(number, f'expected "# {header}: {n}", as the file has, found {value!r}')
    return Election(tuple(names.values()), ballots, id=file.stem)


def _no_order(line: str) -> NotABallot:
    return NotABallot(f'expected an order such as "3: 1,{{2,4}},3", found {line[:60]!r}')
