"""Whether a place may be free as de minimis aid: ``assess(facts, law)``, pure and replayable."""

from deminimis.engine.decide import assess
from deminimis.engine.ecb import bundled_rates, rates_in, rates_text, zip_text
from deminimis.engine.evidence import evidence, read_evidence, replay
from deminimis.engine.facts import (
    NO_ROLE,
    OTHER_SECTOR,
    Certificate,
    Enterprise,
    Event,
    Facts,
    FiscalYearEnd,
    Link,
    NewAid,
    PriorAid,
    SameCosts,
)
from deminimis.engine.file_reading import CaseFile, read_file
from deminimis.engine.interest import interest_sek
from deminimis.engine.kinds import (
    AidStatus,
    Basis,
    CertificateStatus,
    Currency,
    EventType,
    Kind,
    Mode,
)
from deminimis.engine.law_reading import built_in, built_in_law, listed
from deminimis.engine.money import Rate, in_euro, rate_of, scaled
from deminimis.engine.outcomes import (
    DECLARATION_FAULTS,
    SETTLED_BY_A_PERSON,
    Decision,
    Line,
    Note,
    Outcome,
    Rule,
    TraceCode,
)
from deminimis.engine.register import WORKING_DAYS_TO_ENTER, is_working_day, register_due_on
from deminimis.engine.regulations import Law, Policies, Regulation, Version
from deminimis.engine.undertaking import single_undertaking
from deminimis.engine.writing import result

__all__ = [
    "DECLARATION_FAULTS",
    "NO_ROLE",
    "OTHER_SECTOR",
    "SETTLED_BY_A_PERSON",
    "WORKING_DAYS_TO_ENTER",
    "AidStatus",
    "Basis",
    "CaseFile",
    "Certificate",
    "CertificateStatus",
    "Currency",
    "Decision",
    "Enterprise",
    "Event",
    "EventType",
    "Facts",
    "FiscalYearEnd",
    "Kind",
    "Law",
    "Line",
    "Link",
    "Mode",
    "NewAid",
    "Note",
    "Outcome",
    "Policies",
    "PriorAid",
    "Rate",
    "Regulation",
    "Rule",
    "SameCosts",
    "TraceCode",
    "Version",
    "assess",
    "built_in",
    "built_in_law",
    "bundled_rates",
    "evidence",
    "in_euro",
    "interest_sek",
    "is_working_day",
    "listed",
    "rate_of",
    "rates_in",
    "rates_text",
    "read_evidence",
    "read_file",
    "register_due_on",
    "replay",
    "result",
    "scaled",
    "single_undertaking",
    "zip_text",
]
