"""The two commands, run as a stranger would: a file in, JSON or faults out, no settings."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cohorts.planning_builders import case, cohort

pytestmark = pytest.mark.pure

ROOT = Path(__file__).parents[2]
CASES = ROOT / "tests" / "cases"
MEETING = {
    "date": "2027-01-14",
    "slot": "lunch",
    "place": "mala",
    "facilitator": "f1",
    "start_utc": "2027-01-14T10:30Z",
}


def run(command: str, file: Path) -> subprocess.CompletedProcess[str]:
    bare = {key: value for key, value in os.environ.items() if not key.startswith("DJANGO_")}
    return subprocess.run(  # noqa: S603 -- our own command
        [sys.executable, "manage.py", command, str(file)],
        cwd=ROOT,
        env=bare,
        capture_output=True,
        text=True,
        check=False,
    )


def saved(folder: Path, value: Any) -> Path:
    file = folder / "file.json"
    file.write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")
    return file


def test_plan_meetings_prints_a_result_for_each_case(tmp_path: Path) -> None:
    impossible = case(id="none", cohorts={"A": cohort(first=["2027-01-11", "2027-01-13"])})
    ran = run("plan_meetings", saved(tmp_path, {"cases": [case(), impossible]}))

    assert (ran.returncode, ran.stderr) == (0, "")
    first, second = json.loads(ran.stdout)["results"]
    assert first == {
        "id": "case",
        "feasible": True,
        "score": [4],
        "measures": {"seats": 4, "worst": 1, "km": 0, "changes": 0, "day_shift": 0},
        "plan": {"A": [MEETING]},
        "proven_optimal": True,
        "because": [],
        "relaxations": [],
    }
    assert second == {
        "id": "none",
        "feasible": False,
        "score": None,
        "measures": None,
        "plan": None,
        "proven_optimal": True,
        "because": [
            "Träff 1 av 1 får inget datum.",
            "Den måste stå 11 januari 2027 till 13 januari 2027.",
            "3 av 3 vardagar är ingen handledare ledig.",
        ],
        "relaxations": ["facilitator_always_free"],
    }


def test_plan_meetings_gives_the_scores_of_the_worked_cases() -> None:
    file = CASES / "meetings.json"
    ran = run("plan_meetings", file)
    results = json.loads(ran.stdout)["results"]
    expected = json.loads(file.read_text(encoding="utf-8"))["cases"]

    assert ran.returncode == 0
    assert [(one["id"], one["score"]) for one in results] == [
        (one["id"], one["expect"].get("score")) for one in expected
    ]


def test_form_cohorts_gives_the_scores_of_the_worked_cases() -> None:
    file = CASES / "cohorts.json"
    ran = run("form_cohorts", file)
    results = json.loads(ran.stdout)["results"]
    expected = json.loads(file.read_text(encoding="utf-8"))["cases"]

    assert (ran.returncode, ran.stderr) == (0, "")
    assert [(one["id"], one["placed"], one["points"]) for one in results] == [
        (one["id"], one["expect"]["placed"], one["expect"]["points"]) for one in expected
    ]
    assert results[0] == {
        "id": "exact_min",
        "placed": 3,
        "points": 36,
        "cohorts": [{"place": "M", "language": "sv", "time": "tue", "people": ["p1", "p2", "p3"]}],
        "waiting": {},
        "proven_optimal": True,
    }


@pytest.mark.parametrize("command", ["plan_meetings", "form_cohorts"])
@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"cases": [{}, 3]}', '{"cases": {"a": 1}}', "\x00"]
)
def test_a_malformed_file_is_refused_whole_with_a_line_for_each_fault(
    tmp_path: Path, command: str, text: str
) -> None:
    ran = run(command, saved(tmp_path, text))

    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.splitlines()
    assert all(line.startswith("$") for line in ran.stderr.splitlines())


@pytest.mark.parametrize("command", ["plan_meetings", "form_cohorts"])
def test_a_file_that_is_not_there_is_refused(tmp_path: Path, command: str) -> None:
    ran = run(command, tmp_path / "none.json")

    assert (ran.returncode, ran.stdout) == (2, "")
    assert "Traceback" not in ran.stderr
