"""The life of an interest: a non-binding statement that never holds a seat."""

from datetime import timedelta
from enum import StrEnum


class InterestState(StrEnum):
    UNVERIFIED = "unverified"
    ACTIVE = "active"
    PAUSED = "paused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    MERGED = "merged"
    ANONYMISED = "anonymised"


NEXT: dict[InterestState, frozenset[InterestState]] = {
    InterestState.UNVERIFIED: frozenset({InterestState.ACTIVE, InterestState.ANONYMISED}),
    InterestState.ACTIVE: frozenset(
        {
            InterestState.PAUSED,
            InterestState.WITHDRAWN,
            InterestState.EXPIRED,
            InterestState.MERGED,
            InterestState.ANONYMISED,
        }
    ),
    InterestState.PAUSED: frozenset(
        {
            InterestState.ACTIVE,
            InterestState.WITHDRAWN,
            InterestState.MERGED,
            InterestState.ANONYMISED,
        }
    ),
    InterestState.WITHDRAWN: frozenset({InterestState.ACTIVE, InterestState.ANONYMISED}),
    InterestState.EXPIRED: frozenset({InterestState.ACTIVE, InterestState.ANONYMISED}),
    InterestState.MERGED: frozenset({InterestState.ACTIVE, InterestState.ANONYMISED}),
    InterestState.ANONYMISED: frozenset(),
}

# The link in the first letter; one written down by somebody else gives the person more time.
CONFIRM_WITHIN = timedelta(days=7)
CONFIRM_WITHIN_ON_BEHALF = timedelta(days=21)
# A withdrawal may be undone this long, with the old place in line.
UNDO_WITHDRAWAL_WITHIN = timedelta(days=30)
# The link that manages an interest works this long after the letter that carries it.
MANAGE_LINK_LIVES = timedelta(days=400)
EXPIRES_AFTER_MONTHS = 9

WEEKDAYS = (0, 1, 2, 3, 4)
TIMES_OF_DAY = ("morning", "lunch", "afternoon")
TIME_CODES = tuple(f"{weekday}-{time}" for weekday in WEEKDAYS for time in TIMES_OF_DAY)
