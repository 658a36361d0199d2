"""What becomes of a fee and of aid when somebody leaves a course they were bound to. No Django.

Before the course begins, as long as nobody has come into it, nothing has been used: the fee is
taken away and the aid annulled. Afterwards the fee is owed by its terms and the aid stands, unless
an officer who has looked at the case says otherwise. A course that is not held costs nobody
anything. A private person's fourteen days hold in any case (``rules.payments``).

**Source:** DEMINIMIS, the grant (annulment before the start, no-show policy); Reg. (EU) 2023/2831
Art. 3(3): aid is granted when the right to it arises, whether it is used or not.
"""

from datetime import date
from enum import StrEnum

# Why an aid or a fee ended by itself, as it is kept; ``words`` has what people read.
LEFT_IN_TIME = "left before the start"
NOT_HELD = "the course is not held"
LEFT = "left the cohort"


class DropOutRefusal(StrEnum):
    """Why nothing was settled about somebody who has left; nothing was changed."""

    CONFLICT = "conflict"
    OVER = "over"


def is_unused(
    *, on: date, starts_on: date | None, has_come_in: bool, is_not_held: bool = False
) -> bool:
    """Return whether a place that is given up on the day ``on`` has not been used.

    A course that starts on 1 March has not begun on 28 February; on 1 March it has.
    """
    if is_not_held:
        return True
    return not has_come_in and (starts_on is None or on < starts_on)
