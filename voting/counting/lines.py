"""The ballots as they are published: one canonical line for each different ranking.

``{"count":3,"ranking":[["b"],["a","c"]]}``: names in order, no spaces, options sorted within a
place, alike rankings added up, lines sorted, each ended by LF, all in UTF-8. The same ballots
give the same bytes, whoever writes them and in whatever order they were cast.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from hashlib import sha256

from voting.counting.ballots import Ballot, Election, NotABallot, Ranking, ballot_from

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
