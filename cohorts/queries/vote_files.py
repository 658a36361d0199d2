"""The files that are offered beside a published count, by name.

Rankings are in them from ten ballots or in an open count; the list of receipts always is.
"""

import csv
import io
from collections.abc import Collection, Sequence

from voting import counting
from voting.models import Ballot
from voting.queries import (
    counted,
    election_of,
    is_recountable,
    receipt_key,
    receipts_of,
    votes_with_receipts,
)
from voting.rules import NONE_OF_THESE
from voting.words import UNWRITABLE

RECEIPTS = "kvitton.txt"
BESIDE = "kvitton-och-roster.csv"
LINES = "roster.jsonl"
RESULT = "resultat.json"
TABLE = "roster.csv"
SOI = "roster.soi"
PREFLIB = {f"roster.{kind}": kind for kind in counting.PreflibKind}


def files_of(ballot: Ballot) -> list[str]:
    """Return the names of the files that a closed ballot offers."""
    if ballot.result is None:
        return []
    if not is_recountable(ballot):
        return [RECEIPTS]
    beside = [BESIDE] if ballot.is_open_count else []
    return [RECEIPTS, *beside, LINES, RESULT, TABLE, *strict_enough(ballot)]


def strict_enough(ballot: Ballot) -> list[str]:
    """Return the PrefLib files whose format can say what the ballots say."""
    election = named_election(ballot)
    found = []
    for name, kind in PREFLIB.items():
        try:
            counting.preflib_text(election, kind)
        except counting.NotExportable:
            continue
        found.append(name)
    return found


def missing_from(ballot: Ballot, names: Sequence[str]) -> list[tuple[str, str]]:
    """Return the PrefLib files that are not among a recountable ballot's files, each with why."""
    missing = [name for name in PREFLIB if name not in names] if is_recountable(ballot) else []
    return [(name, why_not(names)) for name in missing]


def why_not(names: Collection[str]) -> str:
    """Return why a strict file is missing: an incomplete one only bears no shared place."""
    return str(UNWRITABLE[SOI in names])


def file_text(ballot: Ballot, name: str) -> str | None:
    """Return the text of one file, or None if the ballot does not offer it.

    :raises NotExportable: if a PrefLib format cannot say what the ballots say.
    """
    if name in PREFLIB and is_recountable(ballot):
        return counting.preflib_text(named_election(ballot), PREFLIB[name], name="roster")
    write = WRITTEN_BY.get(name)
    return write(ballot) if write and name in files_of(ballot) else None


def named_election(ballot: Ballot) -> counting.Election:
    """Return the election with titles in the place of keys, each with its key behind it."""
    election = election_of(ballot)
    names = {
        one.key: one.title if one.key == NONE_OF_THESE else f"{one.title} [{one.key}]"
        for one in ballot.options.all()
    }
    return counting.Election(
        options=tuple(names[key] for key in election.options),
        ballots=[
            (count, tuple(tuple(names[key] for key in tier) for tier in ranking))
            for count, ranking in election.ballots
        ],
        id=election.id,
    )


def _beside(ballot: Ballot) -> str:
    page = io.StringIO()
    table = csv.writer(page)
    table.writerow(["receipt", "ranking"])
    titles = dict(ballot.options.values_list("key", "title"))
    for receipt, ranking in votes_with_receipts(ballot):
        tiers = [" = ".join(titles[key] for key in tier) for tier in ranking]
        table.writerow([receipt, counting.safe_cell(" > ".join(tiers))])
    return page.getvalue()


def _receipts(ballot: Ballot) -> str:
    return counting.receipts_text(receipt_key(ballot), receipts_of(ballot))


def _lines(ballot: Ballot) -> str:
    return counting.canonical_text(election_of(ballot))


def _table(ballot: Ballot) -> str:
    return counting.csv_text(named_election(ballot))


def _result(ballot: Ballot) -> str:
    election = election_of(ballot)
    return counting.result_text(
        election,
        counted(ballot, election),
        seed=ballot.seed,
        vote_id=str(ballot.lot_id),
        open_count=ballot.is_open_count,
    )


WRITTEN_BY = {RECEIPTS: _receipts, BESIDE: _beside, LINES: _lines, RESULT: _result, TABLE: _table}
