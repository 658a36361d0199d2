"""What every test may rely on."""

from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from regai.messages.compiling import compile_stale
from regai.starting.place import make_folders
from tests.services import chromium as find_chromium

ON_SQLITE = "The tests marked postgresql hold on PostgreSQL only: make test runs them."
left_out = pytest.StashKey[int]()


def pytest_configure(config: pytest.Config) -> None:
    """Compile the messages and make the folders once, before any worker needs them."""
    if not hasattr(config, "workerinput"):
        make_folders(Path(settings.VAR_DIR))
        compile_stale(Path(settings.BASE_DIR) / "locale")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what SQLite cannot show, such as row locks."""
    if connection.vendor == "postgresql":
        return
    out = [item for item in items if item.get_closest_marker("postgresql")]
    config.stash[left_out] = len(out)
    if out:
        config.hook.pytest_deselected(items=out)
        items[:] = [item for item in items if not item.get_closest_marker("postgresql")]


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Say why tests were left out."""
    if config.stash.get(left_out, 0):
        terminalreporter.write_line(ON_SQLITE)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the browser."""
    return find_chromium()
