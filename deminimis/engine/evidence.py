"""The whole decision as canonical JSON: what a grant keeps, and what can be tried again later.

Canonical: names sorted, no spaces, UTF-8, amounts and rates as strings. It holds the facts, the
block of the regulation, the policies, the rates that were looked up, and the decision, so that it
replays to the same bytes after the data of the program has changed.

**Source:** Reg. (EU) 2023/2831 Art. 6 (records are kept for ten years).
"""

import json

from deminimis.engine.case_writing import case
from deminimis.engine.decide import assess
from deminimis.engine.facts import Facts
from deminimis.engine.law_reading import read_rates, read_regulations
from deminimis.engine.objects import Ignored
from deminimis.engine.outcomes import Decision
from deminimis.engine.policy_reading import read_policies
from deminimis.engine.reading import read_facts
from deminimis.engine.regulations import Law
from deminimis.engine.writing import law_used, whole_decision
from ground.reading import Malformed, parse

FORMAT = 1


def evidence(facts: Facts, law: Law, decision: Decision) -> str:
    """Return what to store with ``decision``, made by ``assess(facts, law)``.

    It is tried at once, so that nothing is stored that could not be replayed.

    :raises Malformed: if the facts or the law hold what a file may not (a link that ends before it
        begins, a day in another century).
    :raises ValueError: if ``decision`` is not what these facts and this law give.
    """
    text = _written(facts, law, decision)
    if replay(text) != text:
        raise ValueError(f"expected the decision of case {facts.id}, found another")
    return text


def _written(facts: Facts, law: Law, decision: Decision) -> str:
    whole = {
        "format": FORMAT,
        "case": case(facts),
        "law": law_used(facts, law),
        "decision": whole_decision(facts, decision),
    }
    return json.dumps(whole, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def replay(stored: str) -> str:
    """Return the evidence made anew from what ``stored`` says; the same text if all is well.

    Anything else means that the stored text was changed, or that the rules no longer decide alike.

    :raises Malformed: if ``stored`` is not evidence of this format.
    """
    facts, law = read_evidence(stored)
    return _written(facts, law, assess(facts, law))


def read_evidence(stored: str) -> tuple[Facts, Law]:
    """Return the facts and the law that a stored decision rests on.

    :raises Malformed: if ``stored`` is not evidence of this format.
    """
    root = parse(stored)
    ignored = Ignored()
    if root.get("format").whole() != FORMAT:
        root.get("format").fault(f"the number {FORMAT}")
    rules = root.get("law")
    law = Law(
        regulations=read_regulations(rules.get("regulations"), ignored),
        policies=read_policies(rules.get("policies"), ignored, None),
        sek_per_eur=read_rates(rules.get("fx_sek_per_eur")),
    )
    facts = read_facts(root.get("case"), None, None, ignored)
    root.refuse_if_faulty()
    if facts is None:
        raise Malformed(["$.case: expected an object"])
    return facts, law
