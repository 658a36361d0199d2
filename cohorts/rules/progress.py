"""When somebody who asked for it is reminded of lessons. No Django."""

from datetime import date

QUIET_DAYS = 14
MOST_REMINDERS = 3


def reminder_number(*, quiet_since: date, on: date) -> int:
    """Return which reminder is due, from 1, or 0 for none: each 14 days of quiet, at most 3.

    Quiet since 1 March: the first on the 15th, the second on the 29th; after the third no more.
    """
    number = (on - quiet_since).days // QUIET_DAYS
    return number if 0 < number <= MOST_REMINDERS else 0
