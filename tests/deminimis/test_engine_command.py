"""``manage.py assess_aid`` as a stranger runs it: a process, a file, an exit status."""

import json
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.deminimis.files import CASE

pytestmark = pytest.mark.pure

ROOT = Path(__file__).parents[2]


class Answer(NamedTuple):
    """What a process said."""

    status: int
    out: str
    err: str


def run(file: Path) -> Answer:
    done = subprocess.run(  # noqa: S603 -- our own command
        [sys.executable, "manage.py", "assess_aid", str(file)],
        cwd=ROOT,
        env={"PATH": "", "PYTHONUTF8": "1"},
        capture_output=True,
        check=False,
        encoding="utf-8",
        timeout=120,
    )
    return Answer(done.returncode, done.stdout, done.stderr)


def written(folder: Path, text: str) -> Path:
    file = folder / "case.json"
    file.write_text(text, encoding="utf-8")
    return file


def test_the_worked_cases_come_out_as_expected() -> None:
    file = ROOT / "tests" / "cases" / "deminimis.json"
    answer = run(file)
    cases = json.loads(file.read_text(encoding="utf-8"))["cases"]
    expected = [{"id": case["id"], **case["expected"]} for case in cases]
    results = json.loads(answer.out)["results"]
    found = [
        {key: result[key] for key in keys} for result, keys in zip(results, expected, strict=True)
    ]
    assert (answer.status, found) == (0, expected)


def test_one_case_alone_is_answered_with_what_is_built_in(tmp_path: Path) -> None:
    answer = run(written(tmp_path, json.dumps(CASE)))
    assert (answer.status, answer.err) == (0, "")
    assert json.loads(answer.out) == {
        "results": [
            {
                "id": "c1",
                "eligible": True,
                "decision": "free_de_minimis",
                "deciding_rule": "CEILING_OK",
                "counted_eur": "0.00",
                "headroom_before_eur": "300000.00",
                "headroom_after_eur": "298000.00",
                "members": ["A"],
                "trace": [],
                "frees_up_on": None,
                "regulation_version": "2023/2831@2024-01-01",
                "policy_version": "2026-1",
            }
        ]
    }


def test_no_cases_give_no_results(tmp_path: Path) -> None:
    answer = run(written(tmp_path, '{"cases": []}'))
    assert (answer.status, json.loads(answer.out)) == (0, {"results": []})


def test_names_that_nobody_knows_and_aid_granted_later_are_warnings(tmp_path: Path) -> None:
    later = {
        "id": "p",
        "beneficiary": "A",
        "granted_on": "2026-06-01",
        "amount": "1",
        "regulation": "2023/2831",
        "granter": "Almi",
    }
    answer = run(written(tmp_path, json.dumps({**CASE, "prior_aid": [later], "sni": "62.010"})))
    assert answer.status == 0
    assert answer.err.splitlines() == [
        "warning: case c1: aid p is dated after the grant and was not counted",
        "warning: $.prior_aid[].granter is not read (1 times)",
        "warning: $.sni is not read (1 times)",
    ]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", ["$: expected JSON, found Expecting value: line 1 column 1 (char 0)"]),
        (
            json.dumps({**CASE, "applicant": "Z", "new_aid": {"date": "x", "amount": "-1"}}),
            [
                '$.applicant: expected the id of an enterprise of this case, found "Z"',
                '$.new_aid.date: expected a date such as 2026-11-22, found "x"',
                (
                    "$.new_aid.amount: expected an amount of at least 0 with at most two decimals, "
                    'such as "1234.50", found "-1"'
                ),
            ],
        ),
        (
            json.dumps({"cases": [CASE, {**CASE, "id": "\ud800"}]}),
            ['$.cases[1].id: expected a text, found "\\ud800"'],
        ),
    ],
)
def test_a_malformed_file_is_refused_with_a_line_for_each_fault(
    tmp_path: Path, text: str, lines: list[str]
) -> None:
    answer = run(written(tmp_path, text))
    assert (answer.status, answer.out, answer.err.splitlines()) == (2, "", lines)


def test_a_file_that_is_not_there_is_refused_too(tmp_path: Path) -> None:
    answer = run(tmp_path / "nowhere.json")
    assert (answer.status, answer.out, len(answer.err.splitlines())) == (2, "", 1)
