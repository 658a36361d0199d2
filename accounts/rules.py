"""Who may do what, in words the code shares. No Django."""

from enum import StrEnum


class Role(StrEnum):
    """What somebody is trusted with beyond being a participant.

    Participants and company contacts hold no role here: what they may see follows from their own
    enrolments and from the companies they speak for.
    """

    COACH = "coach"
    FACILITATOR = "facilitator"
    COORDINATOR = "coordinator"
    AID_OFFICER = "aid_officer"
    AUDITOR = "auditor"
    DATA_PROTECTION = "data_protection"
    OPERATOR = "operator"


class MoveRefused(Exception):
    """A row may not go from its state to the one asked for."""

    def __init__(self, subject: str, was: str, to: str) -> None:
        super().__init__(f"{subject}: {was} -> {to}")
        self.was = was
        self.to = to
