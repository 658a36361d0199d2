"""What is wrong with the declaration of earlier aid, on the day of the grant.

Decides in this order: missing, another undertaking's, withdrawn, signed after the grant, too old,
signed by somebody who may not, not covering the whole group. A look back at an earlier grant skips
it. After the last day on which it is required, a complete check of the register replaces it;
without such a check it is still asked for.

Does not know: whether what it says is true. The count takes every aid that is known.

**Source:** Reg. (EU) 2023/2831 Art. 7(4). Age and last day are policy (``declaration_valid_days``:
signed on 3 February 2026 it serves until 4 May 2026; ``declaration_required_until``).
"""

from datetime import date

from deminimis.engine.facts import Certificate, Facts
from deminimis.engine.kinds import CertificateStatus, Mode
from deminimis.engine.outcomes import Rule
from deminimis.engine.regulations import Policies, Version


def declaration(facts: Facts, _: Version, policies: Policies) -> Rule | None:
    """Return the first fault of the declaration; None if it will do, or none is needed."""
    on = facts.new_aid.on
    if facts.mode is Mode.REASSESS:
        return None
    if facts.register_complete and on > policies.declaration_required_until:
        return None
    return _fault(facts.certificate, on, policies.declaration_valid_days)


def withdrawn(certificate: Certificate, on: date) -> bool:
    """Return whether the declaration had been taken back by the day ``on``, that day included."""
    if certificate.withdrawn_on is None:
        return certificate.status is CertificateStatus.WITHDRAWN
    return certificate.withdrawn_on <= on


def _fault(certificate: Certificate, on: date, valid_days: int) -> Rule | None:
    signed_on = on if certificate.signed_on is None else certificate.signed_on
    faults = (
        (certificate.status is CertificateStatus.MISSING, Rule.DECLARATION_MISSING),
        (
            certificate.status is CertificateStatus.WRONG_ORGNR,
            Rule.DECLARATION_WRONG_UNDERTAKING,
        ),
        (withdrawn(certificate, on), Rule.DECLARATION_WITHDRAWN),
        (signed_on > on, Rule.DECLARATION_AFTER_GRANT),
        ((on - signed_on).days > valid_days, Rule.DECLARATION_EXPIRED),
        (not certificate.signatory_authorised, Rule.DECLARATION_SIGNATORY),
        (not certificate.covers_group, Rule.DECLARATION_INCOMPLETE_GROUP),
    )
    return next((rule for fails, rule in faults if fails), None)
