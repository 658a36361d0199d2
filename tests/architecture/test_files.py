"""Files stay one thought long, and their names refuse something."""

import re
from pathlib import Path

import pytest

from tests.architecture.layers import ROOT, python_files

LONGEST, LONGEST_TEST = 300, 400
# The one file that everybody reads to learn what can be set.
SETTINGS, LONGEST_SETTINGS = Path("regai/settings.py"), 250
REFUSES_NOTHING = re.compile(
    r"util|common|misc|stuff|generic|everything|"
    r"(^|_)(helpers?|managers?|handlers?|process|processors?|data|info|base|core|service|things)(_|$)"
)
# Django's own names, and files that are data in the sense of the example region.
NAMED_BY_OTHERS = {"manage.py"}
# Joined from voting/counting into the one file that people download to count again.
OFFERED_AS_ONE = {Path("voting/static/voting/recount.py")}
FILES = sorted(set(python_files()) - OFFERED_AS_ONE)


def lines(file: Path) -> int:
    return len((ROOT / file).read_text(encoding="utf-8").splitlines())


def test_no_file_is_longer_than_three_hundred_lines_and_no_test_than_four_hundred() -> None:
    longest = {file: LONGEST_TEST if file.parts[0] == "tests" else LONGEST for file in FILES}
    assert {str(file): lines(file) for file in FILES if lines(file) > longest[file]} == {}


def test_the_settings_are_shorter_still() -> None:
    assert lines(SETTINGS) < LONGEST_SETTINGS


def test_no_module_has_a_name_that_refuses_nothing() -> None:
    names = {str(file): file.stem for file in FILES if str(file) not in NAMED_BY_OTHERS}
    assert [path for path, name in names.items() if REFUSES_NOTHING.search(name)] == []


def test_every_suppression_carries_a_code_and_a_reason() -> None:
    bare = []
    for file in FILES:
        for number, line in enumerate((ROOT / file).read_text(encoding="utf-8").splitlines(), 1):
            for mark in re.findall(r"#\s*(?:noqa|type: ignore|pragma)\b.*", line):
                noqa = re.fullmatch(r"#\s*noqa: [A-Z]+\d+(, ?[A-Z]+\d+)* -- \S.*", mark)
                ignored = re.fullmatch(r"#\s*type: ignore\[[\w-]+(, ?[\w-]+)*\]\s+# \S.*", mark)
                if not noqa and not ignored:
                    bare.append(f"{file}:{number}: {mark}")
    assert bare == []


@pytest.mark.parametrize("word", ["TODO", "FIXME", "XXX"])
def test_nothing_is_left_for_later_in_a_comment(word: str) -> None:
    # Put together so that this file does not find itself.
    found = [str(f) for f in FILES if f"# {word}" in (ROOT / f).read_text(encoding="utf-8")]
    assert found == []
