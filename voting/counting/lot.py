"""The lot that anybody can check: SHA-256 over what was published, never a shuffle.

At the opening ``commitment(seed)`` is published, at the close the seed itself. Nobody could
choose a seed to suit the ballots, and nobody could choose ballots to suit the seed.
"""

from collections.abc import Sequence
from hashlib import sha256

PREFIX = "regai-lot-v1"


def commitment(seed: str) -> str:
    """Return what is published of the seed while the vote is open, in lower-case hex."""
    return _hex(seed)


def drawn(options: Sequence[str], *, vote_id: str, seed: str, ballots_digest: str) -> list[str]:
    """Return the number that each option draws, in lower-case hex; the lowest stands first.

    ``ballots_digest`` is empty where no rankings are published.
    """
    bound = _hex(f"{seed}|{ballots_digest}")
    return [_hex(f"{PREFIX}|{vote_id}|{bound}|{option}") for option in options]


def _hex(text: str) -> str:
    return sha256(text.encode("utf-8")).hexdigest()
