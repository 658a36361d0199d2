"""``recount.py``: the same result as the server's, byte for byte, from the published files."""

import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.voting.elections import election, elections
from tests.voting.test_counting_command import run
from voting.counting import (
    Election,
    Rule,
    Strength,
    canonical_text,
    count,
    printed,
    result_text,
)
from voting.management import bundling, recounting

pytestmark = pytest.mark.pure

RING = [(4, "å b c"), (4, "b c å"), (4, "c å b"), (1, "")]


def recount(*arguments: str | Path) -> subprocess.CompletedProcess[bytes]:
    """Run the file alone: no site packages, no environment, no folder of this project."""
    command = [sys.executable, "-I", "-S", str(bundling.TARGET), *map(str, arguments)]
    return subprocess.run(  # noqa: S603 -- our own file
        command, capture_output=True, check=False, timeout=60, cwd="/"
    )


def publish(folder: Path, counted: Election, **how: str) -> tuple[Path, Path, str]:
    """Write what is published, and return both files and what the server prints."""
    counted = Election(counted.options, counted.ballots, counted.unranked, how["vote_id"])
    rule = Rule(how.get("rule", "ranked_pairs"))
    strength = Strength(how.get("strength", "margins"))
    lot = {"seed": how["seed"], "vote_id": how["vote_id"]}
    result = count(counted, rule=rule, strength=strength, open_count=True, **lot)
    ballots, said = folder / "ballots.jsonl", folder / "result.json"
    ballots.write_bytes(canonical_text(counted).encode())
    said.write_bytes(result_text(counted, result, open_count=True, **lot).encode())
    return ballots, said, printed(result)


def test_the_file_for_download_is_made_of_the_counting_code_as_it_is_now() -> None:
    assert bundling.TARGET.read_text(encoding="utf-8") == bundling.bundle()


def test_the_file_for_download_imports_the_standard_library_only() -> None:
    modules = {
        line.split()[1].split(".")[0]
        for line in bundling.TARGET.read_text(encoding="utf-8").splitlines()
        if line.startswith(("import ", "from "))
    }

    assert modules - set(sys.stdlib_module_names) == set()


@pytest.mark.parametrize("rule", Rule)
def test_a_recount_prints_what_the_server_prints(tmp_path: Path, rule: Rule) -> None:
    counted = election("åbc", RING)
    ballots, said, expected = publish(tmp_path, counted, seed="frö", vote_id="7", rule=rule.value)
    ran = recount(ballots, said)
    options = [part for option in counted.options for part in ("--option", option)]
    by_server = run(ballots, "--rule", rule, "--seed", "frö", "--vote-id", "7", *options)

    assert ran.stdout.decode() == expected == by_server.stdout
    assert (ran.returncode, ran.stderr.decode().splitlines()) == (
        0,
        [
            "digest of the ballots: agrees with what was published",
            "seed: agrees with what was published",
            "result: agrees with what was published",
        ],
    )


@settings(max_examples=15, deadline=None)
@given(elections(), st.sampled_from(Rule), st.sampled_from(Strength), st.text("xyå", max_size=2))
def test_any_election_is_recounted_to_the_byte(
    tmp_path_factory: pytest.TempPathFactory,
    counted: Election,
    rule: Rule,
    strength: Strength,
    seed: str,
) -> None:
    how = {"rule": rule.value, "strength": strength.value, "seed": seed, "vote_id": "v"}
    ballots, said, expected = publish(tmp_path_factory.mktemp("vote"), counted, **how)
    ran = recount(ballots, said)

    assert (ran.returncode, ran.stdout.decode()) == (0, expected)


def test_without_a_result_file_everything_can_be_said_in_arguments(tmp_path: Path) -> None:
    ballots, _, expected = publish(tmp_path, election("bcå", RING), seed="s", vote_id="7")
    digest = sha256(ballots.read_bytes()).hexdigest()
    ran = recount(ballots, "--seed", "s", "--vote-id", "7", "--digest", digest)

    assert (ran.returncode, ran.stdout.decode()) == (0, expected)
    assert ran.stderr.decode().splitlines()[0].endswith("agrees with what was published")


def test_a_ballot_taken_away_is_noticed(tmp_path: Path) -> None:
    ballots, said, _ = publish(tmp_path, election("åbc", RING), seed="s", vote_id="7")
    published = sha256(ballots.read_bytes()).hexdigest()
    ballots.write_bytes(ballots.read_bytes().partition(b"\n")[2])
    left = sha256(ballots.read_bytes()).hexdigest()
    ran = recount(ballots, said)

    assert (ran.returncode, ran.stderr.decode().splitlines()) == (
        1,
        [
            f"digest of the ballots: DOES NOT MATCH: {left}, published: {published}",
            "seed: agrees with what was published",
            "result: DOES NOT MATCH",
        ],
    )


def test_lines_in_another_order_are_told_from_other_ballots(tmp_path: Path) -> None:
    ballots, said, expected = publish(tmp_path, election("åbc", RING), seed="s", vote_id="7")
    ballots.write_bytes(b"".join(reversed(ballots.read_bytes().splitlines(keepends=True))))
    ran = recount(ballots, said)

    assert (ran.returncode, ran.stdout.decode()) == (1, expected)
    assert ran.stderr.decode().splitlines()[1:] == [
        "the rankings are the published ones, but the lines are written in another way",
        "seed: agrees with what was published",
        "result: agrees with what was published",
    ]


def test_another_seed_than_the_promised_one_is_noticed(tmp_path: Path) -> None:
    ballots, said, _ = publish(tmp_path, election("åbc", RING), seed="s", vote_id="7")
    said.write_text(said.read_text(encoding="utf-8").replace('"seed": "s"', '"seed": "t"'))
    ran = recount(ballots, said)

    assert (ran.returncode, b"seed: DOES NOT MATCH" in ran.stderr) == (1, True)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (b"x\n", None),
        (b'{"count":1,"ranking":[["x"]]}\n', None),
        (None, b"x"),
        (None, b"[]"),
        (None, b'{"format":"other"}'),
        (None, b'{"format":"regai-count-1"}'),
        (b"\xff", None),
    ],
)
def test_files_that_cannot_be_read_give_a_reason_and_no_result(
    tmp_path: Path, lines: bytes | None, said: bytes | None
) -> None:
    ballots, result, _ = publish(tmp_path, election("åbc", RING), seed="s", vote_id="7")
    ballots.write_bytes(ballots.read_bytes() if lines is None else lines)
    result.write_bytes(result.read_bytes() if said is None else said)
    ran = recount(ballots, result)

    assert (ran.returncode, ran.stdout, ran.stderr.count(b"\n")) == (2, b"", 1)


def test_the_module_behind_the_file_gives_the_same_status(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    ballots, said, expected = publish(tmp_path, election("åbc", RING), seed="s", vote_id="7")

    assert recounting.main([str(ballots), str(said)]) == recounting.AGREES
    assert capfdbinary.readouterr().out.decode() == expected
    assert recounting.main([str(tmp_path / "none.jsonl"), str(said)]) == recounting.UNREADABLE


def test_modules_that_share_a_name_are_not_bundled() -> None:
    part = bundling.Part("a", "", (), (), "", frozenset({"one"}))
    hides = bundling.Part("b", "", (), (), "", frozenset({"sum"}))

    with pytest.raises(bundling.NotBundled, match="b defines sum, which is a built-in name"):
        bundling._refuse_clashes({"a": part, "b": hides})
    with pytest.raises(bundling.NotBundled, match="b defines one, which is in a already"):
        bundling._refuse_clashes(
            {"a": part, "b": bundling.Part("b", "", (), (), "", frozenset({"one"}))}
        )
