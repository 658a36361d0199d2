"""The life of a wish to be erased.

**Source:** Regulation (EU) 2016/679 (GDPR) Art. 17 (erasure), Art. 12(3) (an answer in a month).
"""

from calendar import monthrange
from datetime import date
from enum import StrEnum


class ErasureState(StrEnum):
    ASKED = "asked"
    DONE = "done"
    TAKEN_BACK = "taken_back"


ERASURE_NEXT: dict[ErasureState, frozenset[ErasureState]] = {
    ErasureState.ASKED: frozenset({ErasureState.DONE, ErasureState.TAKEN_BACK}),
    ErasureState.DONE: frozenset(),
    ErasureState.TAKEN_BACK: frozenset(),
}


class ErasureRefusal(StrEnum):
    """Why somebody is not erased now."""

    HOLDS_A_ROLE = "holds_a_role"
    ERASED_ALREADY = "erased_already"


def due_on(asked_on: date) -> date:
    """Return the last day to erase somebody who asked on a day: a month later (Art. 12(3)).

    Asked on 31 January: 28 February, or the 29th in a leap year.
    """
    year, month = divmod(asked_on.year * 12 + asked_on.month, 12)
    last_day = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(asked_on.day, last_day))
