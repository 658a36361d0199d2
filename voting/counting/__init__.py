"""Counting a vote: plain Python, no clock, no files, nothing beyond the standard library."""

from voting.counting.ballots import (
    Ballot,
    Election,
    NotABallot,
    NotAnElection,
    Ranking,
    Rule,
    Strength,
    Unranked,
    ballot_from,
)
from voting.counting.exports import (
    NotExportable,
    PreflibKind,
    canonical_text,
    csv_text,
    preflib_text,
    safe_cell,
)
from voting.counting.lines import ballot_from_line, ballots_digest, canonical_lines
from voting.counting.lot import commitment
from voting.counting.package import NotPublished, printed, result_text
from voting.counting.publication import (
    Disclosure,
    Published,
    disclosure,
    published,
    shows_rankings,
)
from voting.counting.receipts import check_value, is_listed, letters_of, receipts_text
from voting.counting.result import Others, Result, Win
from voting.counting.verdict import count

__all__ = [
    "Ballot",
    "Disclosure",
    "Election",
    "NotABallot",
    "NotAnElection",
    "NotExportable",
    "NotPublished",
    "Others",
    "PreflibKind",
    "Published",
    "Ranking",
    "Result",
    "Rule",
    "Strength",
    "Unranked",
    "Win",
    "ballot_from",
    "ballot_from_line",
    "ballots_digest",
    "canonical_lines",
    "canonical_text",
    "check_value",
    "commitment",
    "count",
    "csv_text",
    "disclosure",
    "is_listed",
    "letters_of",
    "preflib_text",
    "printed",
    "published",
    "receipts_text",
    "result_text",
    "safe_cell",
    "shows_rankings",
]
