"""The tables of aid, one file a noun."""

from deminimis.models.cases import Recovery, Settlement
from deminimis.models.certificates import Certificate, DeclaredAid, Paper
from deminimis.models.ledger import LedgerEntry, LedgerLock, Rate, RegisterMark

__all__ = [
    "Certificate",
    "DeclaredAid",
    "LedgerEntry",
    "LedgerLock",
    "Paper",
    "Rate",
    "Recovery",
    "RegisterMark",
    "Settlement",
]
