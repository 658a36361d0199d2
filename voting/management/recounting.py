"""Count a published vote again: ``python recount.py ballots.jsonl result.json``.

Needs Python 3.11 and nothing else. Prints the same result, byte for byte, as the server did, and
says on standard error whether the ballots are the published ones, whether the seed is the one
promised at the opening, and whether the result is the published one. Exit status: 0 if all of
that holds, 1 if not, 2 if a file cannot be read.

Without ``result.json`` what it says is given as arguments; see ``--help``.

``python recount.py kvitton.txt --receipt 3467-...`` only says whether the list of receipts holds
that one: status 0 if it does, 1 if not.
"""

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import Any

from voting.counting.ballots import (
    Ballot,
    Election,
    NotABallot,
    Rule,
    Strength,
    Unranked,
)
from voting.counting.lines import ballot_from_line, ballots_digest
from voting.counting.lot import commitment
from voting.counting.package import FORMAT, printed
from voting.counting.receipts import is_listed
from voting.counting.verdict import count

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
