"""A whole file for ``assess_aid``: the law to use and the cases, or every fault in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from deminimis.engine.ecb import bundled_rates
from deminimis.engine.facts import Facts
from deminimis.engine.kinds import Currency
from deminimis.engine.law_reading import (
    built_in,
    listed,
    read_rates,
    read_regulations,
)
from deminimis.engine.objects import Ignored, unique_ids
from deminimis.engine.policy_reading import read_policies
from deminimis.engine.reading import read_facts
from deminimis.engine.regulations import Law
from ground.reading import Node, parse

_FILE = frozenset({"meta", "cases"})
_META = frozenset({"regulations", "policies", "fx_sek_per_eur"})


@dataclass(frozen=True, slots=True)
class CaseFile:
    """Cases to assess in the order of the file, the law for them, and what was not understood."""

    cases: tuple[Facts, ...]
    law: Law
    ignored: Ignored


def read_file(text: str) -> CaseFile:
    """Return the cases of a file that holds ``cases``, or is itself one case.

    What its ``meta`` names replaces what is built in.

    :raises Malformed: if anything in it cannot be read.
    """
    root = parse(text)
    root.keys()
    root.refuse_if_faulty()
    ignored = Ignored()
    meta = root.get("meta", {})
    ignored.beside(meta, _META)
    regulations, policies = built_in()
    if meta.has("regulations"):
        regulations = read_regulations(meta.get("regulations"), ignored)
    if meta.has("policies"):
        policies = read_policies(meta.get("policies"), ignored, policies)
    own_rates = read_rates(meta.get("fx_sek_per_eur")) if meta.has("fx_sek_per_eur") else None
    if root.has("cases"):
        ignored.beside(root, _FILE)
        nodes = list(root.get("cases").items())
        unique_ids(nodes)
    else:
        nodes = [_without_meta(root)]
    sound = not root.faults  # else any regulation will do: its own fault has been written down
    known, earlier = (frozenset(regulations), listed(regulations)) if sound else (None, None)
    read = [read_facts(node, known, earlier, ignored) for node in nodes]
    root.refuse_if_faulty()
    cases = tuple(facts for facts in read if facts is not None)
    rates = _rates(cases) if own_rates is None else own_rates
    return CaseFile(
        cases, Law(regulations=regulations, policies=policies, sek_per_eur=rates), ignored
    )


def _without_meta(root: Node) -> Node:
    if not root.has("meta"):
        return root
    case = {key: value for key, value in root.value.items() if key != "meta"}
    return Node(case, root.path, root.faults)


def _rates(cases: tuple[Facts, ...]) -> Mapping[date, Decimal]:
    """Return the built-in rates, which take a moment to read, if there are kronor anywhere."""
    in_kronor = any(
        Currency.SEK in {facts.new_aid.currency, *(aid.currency for aid in facts.prior_aid)}
        for facts in cases
    )
    return bundled_rates() if in_kronor else {}
