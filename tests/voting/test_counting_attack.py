"""``manage.py count_votes`` against a brute force that knows nothing of it, on odd elections."""

import io
import json
import random
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from benchmarks.count_votes import WATCH
from tests.voting import brute
from tests.voting.attack import Case, elections, preflib
from tests.voting.test_counting_command import ROOT, run

pytestmark = pytest.mark.pure

MANY = 360
MEGABYTES = 300
LARGEST_CACHE_MB = 60
"""What the pieces that are kept may hold, whatever the number of ballots."""


def counted(file: Path, *arguments: str) -> list[dict[str, Any]]:
    out = io.StringIO()
    call_command("count_votes", str(file), *arguments, stdout=out)
    results: list[dict[str, Any]] = json.loads(out.getvalue())["results"]
    return results


@cache
def expected(case: str, strength: str) -> dict[str, Any]:
    return brute.expected(json.loads(case), strength=strength, seed="frö", vote_id="v7")


def differences(
    cases: list[Case], results: list[dict[str, Any]], strength: str = "margins"
) -> dict[str, Any]:
    """Return by case what the count says and the brute force does not."""
    found: dict[str, Any] = {}
    for case, result in zip(cases, results, strict=True):
        wanted = expected(json.dumps(case), strength)
        if wrong := {
            p: (result.get(p), said) for p, said in wanted.items() if result.get(p) != said
        }:
            found[case["id"]] = wrong
    return found


@pytest.mark.parametrize("strength", ["margins", "winning"])
def test_odd_elections_are_counted_as_by_brute_force(tmp_path: Path, strength: str) -> None:
    cases = list(elections(MANY, seed=5))
    file = tmp_path / "cases.json"
    file.write_text(json.dumps({"cases": cases}, ensure_ascii=False), encoding="utf-8")
    ran = run(file, "--strength", strength, "--seed", "frö", "--vote-id", "v7")

    assert (ran.returncode, ran.stderr) == (0, "")
    results = json.loads(ran.stdout)["results"]
    assert differences(cases, results, strength) == {}
    assert {tuple(result) for result in results} == {
        tuple(expected(json.dumps(cases[0]), strength))
    }


def test_the_winner_and_all_tied_win_under_some_order_of_equal_wins() -> None:
    wrong = []
    for case in elections(MANY // 2, seed=5):
        for strength in ("margins", "winning"):
            result = expected(json.dumps(case), strength)
            possible = brute.possible_by_ranked_pairs(brute.preferences(case), strength)
            if result["winner"] is not None and not set(result["tied"]) <= possible:
                wrong.append((case["id"], result["tied"], possible))
            if len(possible) == 1 and set(result["tied"]) != possible:
                wrong.append((case["id"], result["tied"], possible))
    assert wrong == []


@pytest.mark.parametrize("rule", ["schulze", "minimax", "copeland", "borda"])
def test_a_rule_for_itself_chooses_among_its_own_winners(tmp_path: Path, rule: str) -> None:
    cases = list(elections(90, seed=7))
    file = tmp_path / "cases.json"
    file.write_text(json.dumps({"cases": cases}), encoding="utf-8")
    wrong = []
    for case, result in zip(cases, counted(file, "--rule", rule), strict=True):
        own = result["others"][rule]
        if result["winner"] is None:
            continue
        first = brute.neutral(case, result["pairwise"], brute.lot_of(case, seed="", vote_id=""))
        if result["winner"] != next(option for option in first if option in own):
            wrong.append((case["id"], result["winner"], own))
    assert wrong == []


def test_approval_is_the_number_of_ballots_that_rank_an_option(tmp_path: Path) -> None:
    cases = [case for case in elections(180, seed=8) if len(case["options"]) > 2]
    file = tmp_path / "cases.json"
    file.write_text(json.dumps({"cases": cases}), encoding="utf-8")
    for case, result in zip(cases, counted(file, "--rule", "approval"), strict=True):
        approvals = {
            o: sum(n for n, tiers in case["ballots"] if any(o in tier for tier in tiers))
            for o in case["options"]
        }
        order = [option for (option,) in result["order"]] if result["winner"] else []
        assert [approvals[o] for o in order] == sorted((approvals[o] for o in order), reverse=True)


@pytest.mark.parametrize("ending", ["soc", "soi", "toc", "toi"])
def test_preflib_files_with_comments_and_odd_headers_are_counted_alike(
    tmp_path: Path, ending: str
) -> None:
    rng = random.Random(9)
    kinds = {"soc": {"ring"}, "soi": {"even", "short", "ring"}, "toc": {"shared", "ring"}}
    cases = [case for case in elections(180, seed=10) if "\\" not in str(case["options"])]
    cases = [case for case in cases if case["id"].split("-")[0] != "opinion"]
    if ending in kinds:
        cases = [case for case in cases if case["id"].split("-")[0] in kinds[ending]]
    results = []
    for case in cases:
        file = tmp_path / f"{case['id']}.{ending}"
        file.write_text(preflib(case, rng, ending), encoding="utf-8")
        results += counted(file, "--seed", "frö", "--vote-id", "v7")
    assert len(results) >= 18
    assert differences(cases, results) == {}


def ballots_in(file: Path, many: int) -> Path:
    """Write an election of ten options in which nearly all of the ballots are different."""
    rng = random.Random(11)
    options = [f'["{letter}"]' for letter in "abcdefghij"]
    with file.open("w", encoding="utf-8") as out:
        out.write('{"options":["a","b","c","d","e","f","g","h","i","j"],"ballots":[\n')
        for _ in range(many - 1):
            rng.shuffle(options)
            out.write(f"[1,[{','.join(options)}]],\n")
        out.write("[1,[]]\n]}")
    return file


def peak_megabytes(file: Path) -> float:
    """Return the largest memory of the command on a file; a child starts at its parent's."""
    command = [sys.executable, "-c", WATCH, sys.executable, str(ROOT / "manage.py")]
    ran = subprocess.run(  # noqa: S603 -- our own command
        [*command, "count_votes", str(file)], capture_output=True, text=True, check=True
    )
    return int(ran.stdout) / (1e6 if sys.platform == "darwin" else 1e3)


def test_memory_does_not_grow_with_254_000_ballots(tmp_path: Path) -> None:
    few = peak_megabytes(ballots_in(tmp_path / "few.json", 2_540))
    many = peak_megabytes(ballots_in(tmp_path / "many.json", 254_000))
    assert many < MEGABYTES
    assert many - few < LARGEST_CACHE_MB


def test_wrong_lines_among_thousands_are_named_and_nothing_is_printed(tmp_path: Path) -> None:
    head = "# NUMBER ALTERNATIVES: 2\n# ALTERNATIVE NAME 1: a\n# ALTERNATIVE NAME 2: b\n"
    lines = [f"1: {1 + i % 2}" for i in range(25_000)]
    lines[20_000], lines[46] = "1: 77", "x"
    file = tmp_path / "wrong.soi"
    file.write_text(head + "# NUMBER VOTERS: 25000\n" + "\n".join(lines), encoding="utf-8")
    ran = run(file)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.splitlines() == [
        "line 4: expected \"# NUMBER VOTERS: 24998\", as the file has, found '25000'",
        "line 51: expected an order such as \"3: 1,{2,4},3\", found 'x'",
        "line 20005: expected one of the options, found '77'",
    ]
