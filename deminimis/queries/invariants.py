"""What must never be about the ledger of aid: each line must follow from its own evidence.

Reads only. A grant that did not see an earlier one to the same undertaking is how a ceiling is
passed by two decisions at once: the evidence of each grant names the grants before it.
"""

from collections.abc import Iterator
from decimal import Decimal

from django.db.models import Count

from deminimis import engine
from deminimis.models import LedgerEntry
from deminimis.queries.facts import GRANTED
from deminimis.queries.reach import company_key
from deminimis.rules import EntryKind
from ground.reading import Malformed


def ledger_lines_that_do_not_follow() -> Iterator[str]:
    """Yield a line for each fault of a grant: its replay, its sum, or the grants it counted."""
    before: dict[str, dict[int, Decimal]] = {}
    company_of: dict[int, str] = {}
    # In the order of their entry, as the ledger's lock let them in.
    for entry in LedgerEntry.objects.order_by("pk").iterator():
        company = company_key(entry.company_id)
        if entry.kind == EntryKind.GRANT:
            yield from _faults(entry, company, before)
            before.setdefault(company, {})[entry.pk] = entry.amount_eur
            company_of[entry.pk] = company
        elif entry.of_id in company_of:
            standing = before[company_of[entry.of_id]]
            standing[entry.of_id] += entry.amount_eur
            if standing[entry.of_id] <= 0:
                if standing[entry.of_id] < 0:
                    yield f"ledgerentry/{entry.pk}: more is taken back than was granted"
                del standing[entry.of_id]
                del company_of[entry.of_id]


def cases_granted_twice() -> Iterator[str]:
    """Yield a line for each case with more than one grant."""
    grants = LedgerEntry.objects.filter(kind=EntryKind.GRANT).order_by()
    for row in grants.values("case").annotate(n=Count("pk")).filter(n__gt=1).order_by("case"):
        yield f"{row['case']}: {row['n']} grants"


def _faults(
    entry: LedgerEntry, company: str, before: dict[str, dict[int, Decimal]]
) -> Iterator[str]:
    name = f"ledgerentry/{entry.pk}"
    try:
        facts, law = engine.read_evidence(entry.evidence)
        if engine.replay(entry.evidence) != entry.evidence:
            yield f"{name}: its evidence does not replay to the same bytes"
        decision = engine.assess(facts, law)
    except Malformed:
        yield f"{name}: its evidence cannot be read"
        return
    if decision.outcome is not engine.Outcome.FREE_DE_MINIMIS:
        yield f"{name}: a grant that its evidence does not allow"
    if decision.new_aid_eur != entry.amount_eur:
        yield f"{name}: {entry.amount_eur} EUR, {decision.new_aid_eur} EUR in its evidence"
    if (facts.id, facts.applicant, facts.new_aid.on) != (entry.case, company, entry.granted_on):
        yield f"{name}: its evidence is about another case, company or day"
    counted = {aid.id: aid.amount for aid in facts.prior_aid if aid.id.startswith(GRANTED)}
    standing = {
        f"{GRANTED}{pk}": amount
        for member in facts.enterprises
        for pk, amount in before.get(member.id, {}).items()
    }
    if counted != standing:
        yield (
            f"{name}: counted {sum(counted.values())} EUR granted here before,"
            f" the ledger has {sum(standing.values())} EUR"
        )
