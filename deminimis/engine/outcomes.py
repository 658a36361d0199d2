"""What comes out: an outcome, the rule that decided, and a line for each earlier aid."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from deminimis.engine.money import Rate


class Outcome(StrEnum):
    """What follows for the place; ``recover``: found afterwards to rest on a false declaration."""

    FREE_NO_AID = "free_no_aid"
    FREE_DE_MINIMIS = "free_de_minimis"
    FEE = "fee"
    REVIEW = "review"
    RECOVER = "recover"


class Rule(StrEnum):
    """The rule that decided."""

    CEILING_OK = "CEILING_OK"
    CEILING_EXCEEDED = "CEILING_EXCEEDED"
    OUT_OF_TARGET_GROUP = "OUT_OF_TARGET_GROUP"
    NO_ADVANTAGE_FREE_FOR_ALL = "NO_ADVANTAGE_FREE_FOR_ALL"
    NOT_UNDERTAKING = "NOT_UNDERTAKING"
    NO_AID_FULL_PRICE_PAID = "NO_AID_FULL_PRICE_PAID"
    NO_REGULATION_IN_FORCE = "NO_REGULATION_IN_FORCE"
    SCHEME_GRACE_PERIOD = "SCHEME_GRACE_PERIOD"
    SECTOR_EXCLUDED = "SECTOR_EXCLUDED"
    SECTOR_SEPARATION_MISSING = "SECTOR_SEPARATION_MISSING"
    EXPORT_AID_EXCLUDED = "EXPORT_AID_EXCLUDED"
    SAME_COSTS_INTENSITY = "SAME_COSTS_INTENSITY"
    DECLARATION_MISSING = "DECLARATION_MISSING"
    DECLARATION_WRONG_UNDERTAKING = "DECLARATION_WRONG_UNDERTAKING"
    DECLARATION_WITHDRAWN = "DECLARATION_WITHDRAWN"
    DECLARATION_AFTER_GRANT = "DECLARATION_AFTER_GRANT"
    DECLARATION_EXPIRED = "DECLARATION_EXPIRED"
    DECLARATION_SIGNATORY = "DECLARATION_SIGNATORY"
    DECLARATION_INCOMPLETE_GROUP = "DECLARATION_INCOMPLETE_GROUP"
    REVIEW_360_2012 = "REVIEW_360_2012"
    NOT_TRANSPARENT = "NOT_TRANSPARENT"
    FX_RATE_MISSING = "FX_RATE_MISSING"
    SPLIT_EQUITY_UNDEFINED = "SPLIT_EQUITY_UNDEFINED"
    ASSET_PURCHASE = "ASSET_PURCHASE"


class TraceCode(StrEnum):
    """Why an earlier aid counts, or does not."""

    COUNTED = "COUNTED"
    OUT_OF_WINDOW = "OUT_OF_WINDOW"
    OTHER_MEMBER_STATE = "OTHER_MEMBER_STATE"
    SEPARATE_CEILING = "SEPARATE_CEILING"
    NOT_DE_MINIMIS = "NOT_DE_MINIMIS"
    NOT_GRANTED = "NOT_GRANTED"
    RENOUNCED_BEFORE_GRANT = "RENOUNCED_BEFORE_GRANT"
    GRANTED_LATER = "GRANTED_LATER"
    NOT_SINGLE_UNDERTAKING = "NOT_SINGLE_UNDERTAKING"


class Note(StrEnum):
    """What a person should look at although it decided nothing."""

    CERTIFICATE_WITHDRAWN_LATER = "CERTIFICATE_WITHDRAWN_LATER"
    AID_GRANTED_LATER = "AID_GRANTED_LATER"
    YEAR_LINE_COUNTED = "YEAR_LINE_COUNTED"


# The facts are missing or the law is open. Where several doubts meet, the first here is named.
DOUBTS = (
    Rule.REVIEW_360_2012,
    Rule.NOT_TRANSPARENT,
    Rule.FX_RATE_MISSING,
    Rule.SPLIT_EQUITY_UNDEFINED,
    Rule.ASSET_PURCHASE,
)
DECLARATION_FAULTS = frozenset(rule for rule in Rule if rule.startswith("DECLARATION_"))
# What a person's word may settle, with a written reason and a second person; nothing else may be.
SETTLED_BY_A_PERSON = frozenset({*DOUBTS, Rule.SCHEME_GRACE_PERIOD}) | DECLARATION_FAULTS

OUTCOME_OF = {
    **dict.fromkeys(Rule, Outcome.FEE),
    **dict.fromkeys((*DOUBTS, Rule.SCHEME_GRACE_PERIOD), Outcome.REVIEW),
    Rule.CEILING_OK: Outcome.FREE_DE_MINIMIS,
    Rule.NO_ADVANTAGE_FREE_FOR_ALL: Outcome.FREE_NO_AID,
    Rule.NOT_UNDERTAKING: Outcome.FREE_NO_AID,
}


@dataclass(frozen=True, slots=True)
class Line:
    """One earlier aid in the count, by its id, with the euro it takes of the ceiling."""

    aid: str
    code: TraceCode
    eur: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The answer to one case. Sums are None, and the trace empty, where no ceiling was evaluated.

    ``new_aid_eur`` and ``rate`` are what a grant freezes: the euro value of the new aid, and the
    rate behind it if it was given in kronor. ``frees_up_on`` is the first day on which this aid
    would fit if nothing else happens; None when it is granted, or never.
    """

    outcome: Outcome
    rule: Rule
    members: tuple[str, ...]
    regulation_version: str | None
    policy_version: str
    ceiling_eur: Decimal | None = None
    counted_eur: Decimal | None = None
    headroom_before_eur: Decimal | None = None
    headroom_after_eur: Decimal | None = None
    new_aid_eur: Decimal | None = None
    rate: Rate | None = None
    trace: tuple[Line, ...] = ()
    frees_up_on: date | None = None
    notes: tuple[Note, ...] = ()

    @property
    def eligible(self) -> bool:
        """Whether the place may be free."""
        return self.outcome in {Outcome.FREE_NO_AID, Outcome.FREE_DE_MINIMIS}
