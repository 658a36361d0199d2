"""The worked cases, run as a stranger would run them: one file in, one answer out."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from deminimis.engine import (
    CaseFile,
    assess,
    built_in,
    evidence,
    read_file,
    register_due_on,
    replay,
    result,
)

pytestmark = pytest.mark.pure

TEXT = (Path(__file__).parents[1] / "cases" / "deminimis.json").read_text(encoding="utf-8")
FILE: dict[str, Any] = json.loads(TEXT)
READ: CaseFile = read_file(TEXT)
NUMBERS = range(len(FILE["cases"]))
NAMES = [case["id"] for case in FILE["cases"]]


@pytest.mark.parametrize("number", NUMBERS, ids=NAMES)
def test_a_worked_case_comes_out_as_expected(number: int) -> None:
    facts = READ.cases[number]
    expected = FILE["cases"][number]["expected"]
    found = json.loads(json.dumps(result(facts, assess(facts, READ.law))))
    assert {key: found[key] for key in expected} == expected


@pytest.mark.parametrize("number", NUMBERS, ids=NAMES)
def test_the_evidence_of_a_worked_case_replays_to_the_same_bytes(number: int) -> None:
    facts = READ.cases[number]
    stored = evidence(facts, READ.law, assess(facts, READ.law))
    assert replay(stored).encode() == stored.encode()


@pytest.mark.parametrize("number", NUMBERS, ids=NAMES)
def test_the_case_in_the_evidence_is_a_case_that_reads_to_the_same_facts(number: int) -> None:
    facts = READ.cases[number]
    stored = json.loads(evidence(facts, READ.law, assess(facts, READ.law)))
    alone = json.dumps({"meta": FILE["meta"], "cases": [stored["case"]]})
    assert read_file(alone).cases == (facts,)


def test_the_built_in_regulations_say_what_the_worked_cases_rest_on() -> None:
    regulations, policies = built_in()
    ours = {number: block.versions for number, block in regulations.items()}
    theirs = {number: block.versions for number, block in READ.law.regulations.items()}
    assert ours == theirs
    assert policies.version == "2026-1"
    assert READ.law.policies.version == "sha256:43e110bc907022ee"


@pytest.mark.parametrize("deadline", FILE["register_deadlines"], ids=lambda d: d["id"])
def test_a_worked_deadline_of_the_register_comes_out_as_expected(deadline: dict[str, str]) -> None:
    due = register_due_on(date.fromisoformat(deadline["granted_on"]))
    assert due == date.fromisoformat(deadline["due"])
