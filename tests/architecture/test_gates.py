"""Every page says who may open it, and says so as its address promises."""

import pytest

from tests.architecture.addresses import addresses

# Guarded by Django's admin itself: staff only (tests/architecture/test_admin.py asks it).
GATED_BY_PREFIX = ("drift/admin/",)
STAFF = {
    "handledare/": "role:coordinator,facilitator",
    "samordna/forslag/": "role:coordinator,facilitator",
    "samordna/": "role:coordinator",
    "coach/": "role:coach,coordinator",
    "stod/": "role:aid_officer",
    "dataskydd/": "role:data_protection",
    "avgifter/": "role:aid_officer,coordinator",
    "rapporter/": "role:auditor,coordinator",
    "kom-igang/": "role:coordinator,operator",
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
# The pages of the second step, open before it is taken; two of them come before the log-in ends.
STEP = ("logga-in/extra-steg/", "logga-in/sakerhet/")
STEP_OF_THE_LOG_IN = ("logga-in/extra-steg/kod/", "logga-in/extra-steg/minns/")
TOKEN = "<str:token>"


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
    if path.startswith(STEP) and path not in STEP_OF_THE_LOG_IN:
        return "first_step"
    return next((gate for prefix, gate in STAFF.items() if path.startswith(prefix)), "anyone")


def test_every_view_wears_a_gate() -> None:
    assert [path for path, gate in GATES.items() if not gate] == []


@pytest.mark.parametrize("path", sorted(GATES))
def test_a_gate_is_the_one_that_the_address_promises(path: str) -> None:
    assert GATES[path] == promised(path)


def test_every_prefix_leads_somewhere() -> None:
    prefixes = [*STAFF, *OWN, OWN_VOTES, *STEP]
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
        "logga-in/nyckel/",
        "logga-in/extra-steg/kod/",
        "logga-in/extra-steg/minns/",
        "logga-in/extra-steg/igen/",
        "logga-in/extra-steg/nyckel/",
        "logga-in/sakerhet/",
        "logga-in/sakerhet/app/ta-bort/",
        "logga-in/sakerhet/reservkoder/",
        "logga-in/sakerhet/reservkoder/nya/",
        "logga-in/sakerhet/reservkoder/hamta/",
        "logga-in/sakerhet/nycklar/",
        "logga-in/sakerhet/nycklar/<int:pk>/andra/",
        "logga-in/sakerhet/nycklar/<int:pk>/ta-bort/",
    }


def test_english_pages_wear_the_same_gates() -> None:
    english = {
        path.removeprefix("en/"): getattr(view, "gate", "")
        for path, view in addresses("en")
        if not path.startswith(GATED_BY_PREFIX)
    }
    assert english == GATES
