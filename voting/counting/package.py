"""What is published beside the lines of a vote, so that anybody can count it again.

``result.json`` says how the vote was counted and what came out; ``ballots.jsonl`` holds the
canonical lines; ``recount.py`` reads both. Nothing else is needed.
"""

import json

from voting.counting.ballots import Election
from voting.counting.lines import ballots_digest
from voting.counting.lot import commitment
from voting.counting.publication import shows_rankings
from voting.counting.result import Result

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
