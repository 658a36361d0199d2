"""The canonical lines of one vote, as they are published.

They do not name the options that nobody ranked: those come from the command line, or the result
file beside the lines. Without them the options are the ones that are ranked, in order.
"""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from voting.counting import Ballot, Election, NotABallot, NotAnElection, ballot_from_line
from voting.management.reading.faults import Faults
from voting.management.reading.text_lines import text_lines


@dataclass(frozen=True, slots=True)
class PublishedBallots:
    """The ballots of a lines file, read each time that they are asked for."""

    file: Path
    options: AbstractSet[str] | None
    faults: Faults

    def __iter__(self) -> Iterator[Ballot]:
        for number, line in text_lines(self.file):
            try:
                ballot = ballot_from_line(line, self.options)
            except NotABallot as wrong:
                self.faults.add(number, str(wrong))
            else:
                yield ballot


def published_election(
    file: Path, faults: Faults, *, vote_id: str, options: Sequence[str]
) -> Election:
    """Return the election of a lines file; what is wrong with it goes to ``faults``."""
    name = vote_id or file.stem
    if not options:
        named: set[str] = set()
        for _, ranking in PublishedBallots(file, None, faults):
            named.update(chain.from_iterable(ranking))
        options = sorted(named)
    try:
        ballots = PublishedBallots(file, frozenset(options), faults)
        return Election(tuple(options), ballots, id=name)
    except NotAnElection as wrong:
        faults.add(1, str(wrong))
        return Election((), (), id=name)
