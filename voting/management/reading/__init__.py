"""Reading elections from files that somebody else wrote, whatever their size."""

from collections.abc import Sequence
from pathlib import Path

from ground.commands import LARGEST_FILE_BYTES
from ground.reading import Malformed
from voting.counting import Election
from voting.management.reading.faults import Faults
from voting.management.reading.json_form import json_elections
from voting.management.reading.preflib import ENDINGS, preflib_election
from voting.management.reading.published_lines import published_election

__all__ = ["Faults", "elections_in"]

LINES_ENDING = ".jsonl"
LINES_BEGIN = b'{"count":'


def elections_in(
    file: Path, faults: Faults, *, vote_id: str = "", options: Sequence[str] = ()
) -> list[Election]:
    """Return the elections of a file; what is wrong with it goes to ``faults``.

    The ballots are read, and their faults found, when an election is counted. ``vote_id``
    and ``options`` are for the published lines of a vote, which name neither the vote nor what
    nobody ranked.

    :raises Malformed: if the file cannot be read at all.
    """
    try:
        if file.stat().st_size > LARGEST_FILE_BYTES:
            raise Malformed([f"{file}: expected at most {LARGEST_FILE_BYTES} bytes"])
        ending = file.suffix.lower()
        if ending in ENDINGS:
            return [preflib_election(file, faults)]
        if ending == LINES_ENDING or _begins(file, LINES_BEGIN):
            return [published_election(file, faults, vote_id=vote_id, options=options)]
        return json_elections(file, faults)
    except OSError as wrong:
        raise Malformed([f"{file}: expected a readable file, found {wrong.strerror}"]) from wrong


def _begins(file: Path, what: bytes) -> bool:
    with file.open("rb") as stream:
        return stream.read(len(what)) == what
