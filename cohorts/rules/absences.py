"""What may become of the meetings of a cohort whose leader cannot lead them."""

from enum import StrEnum


class WayOut(StrEnum):
    """One of these for each cohort; LEAVE lets the meetings stand, to be seen to one by one."""

    MOVE = "move"
    SUBSTITUTE = "substitute"
    CALL_OFF = "call_off"
    LEAVE = "leave"
