"""Reads for pages and for the decision on aid, one file a noun."""

from deminimis.queries.certificates import (
    certificates_to_check,
    latest_certificate,
    valid_certificates,
)
from deminimis.queries.facts import REGULATION, facts_of, law_now
from deminimis.queries.ledger import register_queue
from deminimis.queries.reach import group_of

__all__ = [
    "REGULATION",
    "certificates_to_check",
    "facts_of",
    "group_of",
    "latest_certificate",
    "law_now",
    "register_queue",
    "valid_certificates",
]
