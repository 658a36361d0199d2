"""Writes about certificates, the ledger and cases, in somebody else's transaction."""

from deminimis.steps.cases import move_recovery, move_settlement
from deminimis.steps.certificates import (
    ConflictOfInterest,
    NotADraft,
    NotHeard,
    RegulationUnsettled,
    answer_of_company,
    certificate_wanted,
    decide_certificate,
    draft_of,
    keep_objection,
)
from deminimis.steps.ledger import (
    Assessment,
    NotGrantable,
    assess,
    correct_grant,
    grant,
    lock_ledger,
)

__all__ = [
    "Assessment",
    "ConflictOfInterest",
    "NotADraft",
    "NotGrantable",
    "NotHeard",
    "RegulationUnsettled",
    "answer_of_company",
    "assess",
    "certificate_wanted",
    "correct_grant",
    "decide_certificate",
    "draft_of",
    "grant",
    "keep_objection",
    "lock_ledger",
    "move_recovery",
    "move_settlement",
]
