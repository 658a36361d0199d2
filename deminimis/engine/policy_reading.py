"""Policies as data, read with every fault listed, and written back."""

import hashlib
import json
from dataclasses import replace

from deminimis.engine.objects import Ignored, as_object
from deminimis.engine.regulations import Policies
from ground.reading import Node

_EDGES = {"inclusive": True, "exclusive": False}
# Words in a file that say in prose what the engine does anyway.
_PROSE = ("fx_source", "aggregated_year_line", "unresolved")
_POLICIES = frozenset(
    {
        "version",
        "window_edge",
        "natural_person_links",
        "declaration_valid_days",
        "declaration_required_until",
        "fx_max_age_days",
        *_PROSE,
    }
)
_LONGEST_AGE_DAYS = 36_525


def read_policies(node: Node, ignored: Ignored, otherwise: Policies | None) -> Policies:
    """Return the policies; what a file leaves out is as in ``otherwise``.

    A file's own policies that carry no version are known by a digest of what they say.
    """
    ignored.beside(node, _POLICIES)
    for key in _PROSE:
        if node.has(key):
            node.get(key).text()
    base = policy_values(otherwise) if otherwise else {}
    merged = Node({**base, **as_object(node)}, node.path, node.faults)
    edge = merged.get("window_edge").text().partition(":")[0]
    if edge and edge not in _EDGES:
        merged.get("window_edge").fault("inclusive or exclusive")
    policies = Policies(
        version="",
        edge_counts=_EDGES.get(edge, True),
        natural_person_links=merged.get("natural_person_links").flag(),
        declaration_valid_days=_age(merged.get("declaration_valid_days")),
        declaration_required_until=merged.get("declaration_required_until").day(),
        fx_max_age_days=_age(merged.get("fx_max_age_days")),
    )
    named = node.get("version").text() if node.has("version") else _digest(policies)
    return replace(policies, version=named)


def _age(node: Node) -> int:
    days = node.whole(least=0)
    if days > _LONGEST_AGE_DAYS:
        node.fault(f"at most {_LONGEST_AGE_DAYS} days")
    return days


def policy_values(policies: Policies) -> dict[str, object]:
    """Return the policies in the shape that ``read_policies`` reads, without their version."""
    return {
        "window_edge": "inclusive" if policies.edge_counts else "exclusive",
        "natural_person_links": policies.natural_person_links,
        "declaration_valid_days": policies.declaration_valid_days,
        "declaration_required_until": policies.declaration_required_until.isoformat(),
        "fx_max_age_days": policies.fx_max_age_days,
    }


def _digest(policies: Policies) -> str:
    text = json.dumps(policy_values(policies), sort_keys=True, separators=(",", ":"))
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()[:16]}"
