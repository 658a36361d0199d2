"""When a letter is tried, tried again, and given up. No Django."""

from datetime import datetime, timedelta
from enum import StrEnum


class LetterState(StrEnum):
    WAITING = "waiting"
    SENT = "sent"
    GIVEN_UP = "given_up"


NEXT: dict[LetterState, frozenset[LetterState]] = {
    LetterState.WAITING: frozenset({LetterState.SENT, LetterState.GIVEN_UP}),
    LetterState.SENT: frozenset(),
    LetterState.GIVEN_UP: frozenset({LetterState.WAITING}),
}

# A claimed letter is left alone for this long. A worker that dies lets it go free again.
LEASE = timedelta(minutes=5)
BATCH = 100
# Waits after the first, second ... failed try; after the last wait has also failed: given up.
BACK_OFF = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
    timedelta(hours=12),
    timedelta(hours=24),
)


def next_try_at(*, tries: int, now: datetime) -> datetime | None:
    """Return when a letter that has failed ``tries`` times is tried again, or None: give it up."""
    return now + BACK_OFF[tries - 1] if tries <= len(BACK_OFF) else None
