"""The documents name everything that there is."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from tests.architecture.layers import APPS, ROOT

DECISIONS = ROOT / "docs" / "decisions"


def variables() -> set[str]:
    """Return the names of the environment variables that the settings have read."""
    asked: set[str] = settings.ENV.asked
    return asked


def text(name: str) -> str:
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def test_every_app_stands_in_the_architecture_document() -> None:
    table = set(re.findall(r"^\| `(\w+)` \|", text("architecture.md"), re.MULTILINE))
    assert table == set(APPS)


def test_every_variable_of_the_settings_is_described_for_the_operator() -> None:
    described = set(re.findall(r"`([A-Z][A-Z_]+)`", text("operations.md")))
    assert variables() - described == set()


def test_the_settings_do_read_variables() -> None:
    assert {"DATABASE_URL", "REDIS_URL", "REGAI_SECRET_KEY", "REGAI_MODE"} <= variables()


def test_decisions_are_numbered_without_gaps() -> None:
    names = sorted(file.name for file in DECISIONS.iterdir())
    assert [re.sub(r"^(\d{4})-[a-z0-9-]+\.md$", r"\1", name) for name in names] == [
        f"{number:04}" for number in range(1, len(names) + 1)
    ]


@pytest.mark.parametrize("decision", sorted(DECISIONS.iterdir()), ids=lambda file: file.stem)
def test_a_decision_says_what_was_asked_chosen_why_and_what_would_change_it(
    decision: Path,
) -> None:
    written = decision.read_text(encoding="utf-8")
    assert written.startswith(f"# {decision.name[:4]} ")
    parts = re.findall(r"^\*\*(Asked|Chosen|Why|What would change it):\*\*", written, re.MULTILINE)
    assert parts == ["Asked", "Chosen", "Why", "What would change it"]


def test_no_document_points_to_a_file_that_is_not_there() -> None:
    missing = {}
    for document in [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]:
        if not document.exists():
            continue
        named = re.findall(r"`((?:docs|static|regai|tests)/[\w/.-]+\.\w+)`", document.read_text())
        gone = [name for name in named if not (ROOT / name).exists()]
        if gone:
            missing[document.name] = gone
    assert missing == {}
