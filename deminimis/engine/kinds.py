"""The words that facts are written in, as they stand in the file and in stored evidence."""

from enum import StrEnum


class Kind(StrEnum):
    """What somebody named in a case is."""

    ENTERPRISE = "enterprise"
    NATURAL_PERSON = "natural_person"
    PUBLIC_BODY = "public_body"


class Basis(StrEnum):
    """On what one may control another, Art. 2(2) (a) to (d). A joint agreement gives no control."""

    VOTES = "votes"
    BOARD_MAJORITY = "board_majority"
    CONTRACT = "contract"
    AGREEMENT_SOLE = "agreement_sole"
    AGREEMENT_JOINT = "agreement_joint"


class EventType(StrEnum):
    """What may move earlier aid from one undertaking to another."""

    MERGER = "merger"
    SPLIT = "split"
    ASSET_PURCHASE = "asset_purchase"


class AidStatus(StrEnum):
    """What became of an earlier aid."""

    GRANTED = "granted"
    APPLIED = "applied"
    ANNULLED = "annulled"
    RENOUNCED = "renounced"
    REDUCED = "reduced"


NEVER_GRANTED = frozenset({AidStatus.APPLIED, AidStatus.ANNULLED})


class Currency(StrEnum):
    """What an amount is written in."""

    EUR = "EUR"
    SEK = "SEK"


class CertificateStatus(StrEnum):
    """What there is of a declaration."""

    VALID = "valid"
    MISSING = "missing"
    WITHDRAWN = "withdrawn"
    WRONG_ORGNR = "wrong_orgnr"


class Mode(StrEnum):
    """A new grant, or a look back at one that was given."""

    GRANT = "grant"
    REASSESS = "reassess"
