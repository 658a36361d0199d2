"""Every page says who may open it, and says so as its address promises."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import translation

# Guarded by Django's admin itself: staff only (tests/architecture/test_admin.py asks it).
GATED_BY_PREFIX = ("drift/admin/",)
STAFF = {
    "handledare/": "role:coordinator,facilitator",
    "samordna/": "role:coordinator",
    "coach/": "role:coach,coordinator",
    "stod/": "role:aid_officer",
    "dataskydd/": "role:data_protection",
    "avgifter/": "role:aid_officer,coordinator",
    "rapporter/": "role:auditor,coordinator",
}
OWN = (
    "min-sida/",
    "mina-uppgifter/",
    "grupp/",
    "traff/",
    "incheckning/",
    "avgift/",
    "varfor/",
    "foretag/",
)
OWN_VOTES = "rosta/<int:ballot_id>/"
TOKEN = "<str:token>"


def addresses() -> Iterator[tuple[str, Any]]:
    """Yield every address of the site in Swedish, with its view."""
    with translation.override("sv"):
        yield from _below(get_resolver(), "")


def _below(resolver: URLResolver, path: str) -> Iterator[tuple[str, Any]]:
    for entry in resolver.url_patterns:
        here = path + str(entry.pattern).removeprefix("^")
        if isinstance(entry, URLResolver):
            yield from _below(entry, here)
        elif isinstance(entry, URLPattern):
            yield here, entry.callback


GATES = {
    path: getattr(view, "gate", "")
    for path, view in addresses()
    if not path.startswith(GATED_BY_PREFIX)
}


def promised(path: str) -> str:
    """Return the gate that an address promises."""
    if TOKEN in path:
        return "link"
    if path.startswith(OWN) or path.startswith(OWN_VOTES):
        return "logged_in"
    return next((gate for prefix, gate in STAFF.items() if path.startswith(prefix)), "anyone")


def test_every_view_wears_a_gate() -> None:
    assert [path for path, gate in GATES.items() if not gate] == []


@pytest.mark.parametrize("path", sorted(GATES))
def test_a_gate_is_the_one_that_the_address_promises(path: str) -> None:
    assert GATES[path] == promised(path)


def test_every_prefix_leads_somewhere() -> None:
    prefixes = [*STAFF, *OWN, OWN_VOTES]
    assert [one for one in prefixes if not any(path.startswith(one) for path in GATES)] == []


def test_only_these_pages_of_allauth_are_open() -> None:
    pages = {path for path, view in addresses() if "allauth" in getattr(view, "__module__", "")}
    assert pages == {
        "logga-in/",
        "logga-in/begar-kod/",
        "logga-in/kod/",
        "logga-in/ut/",
        "logga-in/nytt-konto/",
        "logga-in/avstangt/",
        "logga-in/igen/",
    }


def test_english_pages_wear_the_same_gates() -> None:
    with translation.override("en"):
        english = {
            path.removeprefix("en/"): getattr(view, "gate", "")
            for path, view in _below(get_resolver(), "")
            if not path.startswith(GATED_BY_PREFIX)
        }
    assert english == GATES
