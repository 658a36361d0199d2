"""Elections written as JSON objects, one or ``{"cases": [...]}``.

The file is gone through twice: first to find the elections and where their ballots stand, for
the options may come after them; then for the ballots themselves, whenever they are asked for.
"""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from voting.counting import Ballot, Election, NotABallot, NotAnElection, Unranked, ballot_from
from voting.management.reading.faults import Faults
from voting.management.reading.stream import JsonStream, Mark

PAIR = 2
WAYS = tuple(way.value for way in Unranked)


@dataclass(frozen=True, slots=True)
class StoredBallots:
    """The ballots of one election, read from the file each time that they are asked for."""

    file: Path
    mark: Mark
    where: str
    options: AbstractSet[str] | None
    faults: Faults

    def __iter__(self) -> Iterator[Ballot]:
        with JsonStream(self.file, self.mark) as stream:
            for i in stream.items():
                said = stream.value()
                if not isinstance(said, list) or len(said) != PAIR:
                    self._fault(stream, i, "expected [number of ballots, ranking]")
                    continue
                try:
                    ballot = ballot_from(said[0], said[1], self.options)
                except NotABallot as wrong:
                    self._fault(stream, i, str(wrong))
                else:
                    yield ballot

    def _fault(self, stream: JsonStream, i: int, text: str) -> None:
        self.faults.add(stream.began, text, where=f"{self.where}[{i}]")


def json_elections(file: Path, faults: Faults) -> list[Election]:
    """Return the elections of a JSON file; what is wrong with them goes to ``faults``.

    :raises Malformed: if it is not JSON, and reading cannot go on.
    """
    with JsonStream(file) as stream:
        single = _Found(stream.line)
        cases: list[Election] | None = None
        for name in stream.fields():
            if name == "cases":
                cases = []
                for i in stream.items():
                    stream.peek()
                    found = _Found(stream.line, f"cases[{i}].")
                    for part in stream.fields():
                        found.take(part, stream)
                    cases.append(found.election(file, faults))
            else:
                single.take(name, stream)
        stream.end()
    return [single.election(file, faults)] if cases is None else cases


class _Found:
    """What was found of one election so far."""

    def __init__(self, line: int, where: str = "") -> None:
        self.line = line
        self.where = where
        self.parts: dict[str, tuple[Any, int]] = {}
        self.ballots: Mark | None = None

    def take(self, name: str, stream: JsonStream) -> None:
        if name != "ballots":
            self.parts[name] = (stream.value(), stream.began)
            return
        stream.peek()
        self.ballots = stream.mark()
        for _ in stream.items():
            stream.value()

    def election(self, file: Path, faults: Faults) -> Election:
        """Return the election, with a harmless stand-in for each part that is wrong."""
        options = self._options(faults)
        name, line = self.parts.get("id", (file.stem, self.line))
        if not isinstance(name, str) or not name:
            faults.add(line, "expected a text that is not empty", where=f"{self.where}id")
        unranked, line = self.parts.get("unranked", (Unranked.LAST.value, self.line))
        if unranked not in WAYS:
            faults.add(line, "expected one of " + ", ".join(WAYS), where=f"{self.where}unranked")
            unranked = Unranked.LAST.value
        known = None if options is None else frozenset(options)
        where = f"{self.where}ballots"
        if self.ballots is None:
            faults.add(self.line, "expected a list, found nothing", where=where)
            return Election(tuple(options or ()), (), Unranked(unranked), str(name))
        ballots = StoredBallots(file, self.ballots, where, known, faults)
        if options is None:
            for _ in ballots:  # its faults are wanted, and without options there is no count
                pass
            return Election((), (), Unranked(unranked), str(name))
        return Election(options, ballots, Unranked(unranked), str(name))

    def _options(self, faults: Faults) -> tuple[str, ...] | None:
        where = f"{self.where}options"
        options, line = self.parts.get("options", (None, self.line))
        if not isinstance(options, list):
            faults.add(line, "expected a list of options", where=where)
            return None
        if not all(isinstance(option, str) for option in options):
            faults.add(line, "expected texts", where=where)
            return None
        try:
            return Election(tuple(options), ()).options
        except NotAnElection as wrong:
            faults.add(line, str(wrong), where=where)
            return None
