"""``count_votes`` as it is run from a shell, without settings, database or network."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.voting.elections import election
from tests.voting.test_counting_cases import build
from voting.counting import Rule, count, printed

pytestmark = pytest.mark.pure

ROOT = Path(__file__).parents[2]
CASES = ROOT / "tests" / "cases" / "votes.json"


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "manage.py"), "count_votes", *map(str, arguments)]
    return subprocess.run(  # noqa: S603 -- our own command
        command, capture_output=True, text=True, encoding="utf-8", check=False, timeout=60
    )


def test_all_cases_are_counted_as_the_counting_code_does() -> None:
    ran = run(CASES)
    cases = json.loads(CASES.read_text(encoding="utf-8"))["cases"]

    assert (ran.returncode, ran.stderr) == (0, "")
    assert json.loads(ran.stdout) == {
        "results": [json.loads(json.dumps(count(build(case)).as_json())) for case in cases]
    }


def test_the_result_has_the_promised_parts_in_the_promised_order(tmp_path: Path) -> None:
    file = tmp_path / "v.json"
    file.write_text('{"id":"v","options":["a","b"],"ballots":[[2,[["a"]]],[1,[["b"]]]]}')
    ran = run(file, "--rule", "ranked_pairs", "--strength", "winning")

    assert ran.stdout == (
        json.dumps(
            {
                "results": [
                    {
                        "id": "v",
                        "n_ballots": 3,
                        "rule": "ranked_pairs",
                        "strength": "winning",
                        "winner": "a",
                        "tied": ["a"],
                        "order": [["a"], ["b"]],
                        "pairwise": {"a": {"b": 2}, "b": {"a": 1}},
                        "condorcet_winner": "a",
                        "smith_set": ["a"],
                        "locked": [["a", "b", 2]],
                        "skipped": [],
                        "lot_mattered": False,
                        "others": {
                            "schulze": ["a"],
                            "minimax": ["a"],
                            "copeland": ["a"],
                            "borda": ["a"],
                        },
                    }
                ]
            },
            indent=1,
        )
        + "\n"
    )


def test_seed_and_vote_feed_the_lot(tmp_path: Path) -> None:
    counted = election("åb", [(1, "å b"), (1, "b å")])
    file = tmp_path / "even.json"
    file.write_text(
        '{"id":"x","options":["å","b"],"ballots":[[1,[["å"],["b"]]],[1,[["b"],["å"]]]]}',
        encoding="utf-8",
    )
    firsts = set()
    for seed in "123456":
        ran = json.loads(run(file, "--seed", seed, "--vote-id", "7").stdout)["results"][0]
        result = count(counted, seed=seed, vote_id="7")
        assert (ran["winner"], ran["tied"]) == (result.winner, ["b", "å"])
        firsts.add(ran["winner"])

    assert firsts == {"å", "b"}


@pytest.mark.parametrize("rule", Rule)
def test_published_lines_are_counted_with_the_options_that_nobody_ranked(
    tmp_path: Path, rule: Rule
) -> None:
    file = tmp_path / "ballots.jsonl"
    file.write_text('{"count":12,"ranking":[["b"]]}\n')
    ran = run(file, "--rule", rule, "--vote-id", "v", "--option", "b", "--option", "a")
    result = count(election("ba", [(12, "b")]), rule=rule)

    assert json.loads(ran.stdout)["results"][0] == {
        **json.loads(printed(result))["results"][0],
        "id": "v",
    }


def test_a_malformed_file_gives_its_faults_and_no_result(tmp_path: Path) -> None:
    file = tmp_path / "v.json"
    file.write_text('{"options":["a"],\n"ballots":[[1,[["a"]]],\n[-1,[]],\n[1,[["b"]]]]}')
    ran = run(file)

    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.splitlines() == [
        "line 3: ballots[1]: expected a whole number of ballots, at least 0, found -1",
        "line 4: ballots[2]: expected one of the options, found 'b'",
    ]


def test_an_unknown_rule_is_refused(tmp_path: Path) -> None:
    ran = run(tmp_path / "v.json", "--rule", "irv")

    assert (ran.returncode, ran.stdout) == (2, "")
