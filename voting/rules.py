"""The life of a ballot, and when it may be touched. No Django; nothing here knows of courses.

A ballot runs draft -> open -> closed -> counted -> decided, or ends void. Everything about how it
is counted is settled before it opens.
"""

import secrets
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from voting.counting.receipts import letters_of


class BallotState(StrEnum):
    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    COUNTED = "counted"
    DECIDED = "decided"
    VOID = "void"


NEXT: dict[BallotState, frozenset[BallotState]] = {
    BallotState.DRAFT: frozenset({BallotState.OPEN, BallotState.VOID}),
    BallotState.OPEN: frozenset({BallotState.CLOSED, BallotState.VOID}),
    BallotState.CLOSED: frozenset({BallotState.COUNTED, BallotState.VOID}),
    BallotState.COUNTED: frozenset({BallotState.DECIDED, BallotState.VOID}),
    BallotState.DECIDED: frozenset(),
    BallotState.VOID: frozenset(),
}


class Rule(StrEnum):
    """How the ballots are counted."""

    RANKED_PAIRS = "ranked_pairs"
    SCHULZE = "schulze"
    APPROVAL = "approval"


NONE_OF_THESE = "none"
"""The key of the option "ingen av dessa", where it stands among the others."""


class VoteRefusal(StrEnum):
    """Why a vote was not taken; the earlier vote, if any, stands untouched."""

    NOT_OPEN = "not_open"
    CLOSED = "closed"
    UNKNOWN_OPTION = "unknown_option"
    OPTION_TWICE = "option_twice"
    RECEIPT_SHAPE = "receipt_shape"
    RECEIPT_UNKNOWN = "receipt_unknown"
    RECEIPT_TAKEN = "receipt_taken"


Ranking = list[list[str]]

# No 0/O, 1/I/L, 2/Z, 5/S, 8/B: what is read aloud or copied by hand comes back the same.
RECEIPT_LETTERS = "34679ACDEFGHJKMNPQRTUVWXY"
RECEIPT_LENGTH = 20  # 25 letters, 20 of them: 92 random bits, above the 80 promised
RECEIPT_GROUP = 4


def new_receipt() -> str:
    """Return a fresh receipt in groups of four: "3K7M-…"; at least 80 random bits."""
    letters = "".join(secrets.choice(RECEIPT_LETTERS) for _ in range(RECEIPT_LENGTH))
    return grouped(letters)


def grouped(letters: str) -> str:
    """Return receipt letters in groups of four with hyphens between."""
    starts = range(0, len(letters), RECEIPT_GROUP)
    return "-".join(letters[i : i + RECEIPT_GROUP] for i in starts)


def receipt_letters(typed: str) -> str | None:
    """Return the letters of a typed receipt, or None if it has another shape."""
    letters = letters_of(typed)
    fits = len(letters) == RECEIPT_LENGTH and set(letters) <= set(RECEIPT_LETTERS)
    return letters if fits else None


def canonical(ranking: Sequence[Iterable[str]]) -> Ranking:
    """Return a ranking with the options of each tier sorted and empty tiers left out."""
    return [sorted(tier) for tier in map(list, ranking) if tier]


def ranking_refusal(ranking: Ranking, *, options: Collection[str]) -> VoteRefusal | None:
    """Return why ``ranking`` cannot be a vote among ``options``, or None. Empty is a blank vote."""
    named = [option for tier in ranking for option in tier]
    if not set(named) <= set(options):
        return VoteRefusal.UNKNOWN_OPTION
    if len(set(named)) < len(named):
        return VoteRefusal.OPTION_TWICE
    return None


def time_refusal(
    state: BallotState, *, opens_at: datetime, closes_at: datetime, now: datetime
) -> VoteRefusal | None:
    """Return why no vote is taken at ``now``, or None. At the closing second it is too late."""
    if state is BallotState.DRAFT or now < opens_at:
        return VoteRefusal.NOT_OPEN
    if state is not BallotState.OPEN or now >= closes_at:
        return VoteRefusal.CLOSED
    return None


def has_quorum(*, turnout: int, eligible: int, percent: int) -> bool:
    """Return whether enough of the eligible took part: 5 of 10 is enough at 50 percent."""
    return turnout * 100 >= eligible * percent


def votes_needed(*, eligible: int, percent: int) -> int:
    """Return how many votes make a quorum: 6 of 11 at 50 percent."""
    return -(-eligible * percent // 100)


LAST_REMINDER_BEFORE_CLOSE = timedelta(days=1)


def reminders_owed(*, opens_at: datetime, closes_at: datetime) -> int:
    """Return how many reminders a vote has: in two days or less, halfway is in the last day."""
    return 2 if closes_at - opens_at > 2 * LAST_REMINDER_BEFORE_CLOSE else 1


def reminder_due(*, opens_at: datetime, closes_at: datetime, now: datetime) -> int:
    """Return which reminder is due: 1 from halfway, 2 in the last day if it has two, else 0."""
    if now - opens_at < (closes_at - opens_at) / 2:
        return 0
    has_two = reminders_owed(opens_at=opens_at, closes_at=closes_at) > 1
    return 2 if has_two and closes_at - now <= LAST_REMINDER_BEFORE_CLOSE else 1
