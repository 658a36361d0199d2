"""What every test may rely on."""

import gc
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.utils import translation
from hypothesis import settings as search

from regai.caching import redis
from regai.messages.compiling import compile_stale
from regai.starting.place import make_folders
from tests.services import chromium as find_chromium

ABOUT_ROWS = ("test_models", "test_queries", "test_steps", "test_actions")
LONG = (
    "browser/test_every_page.py",
    "browser/test_main_path.py",
    "browser/test_fees.py",
    "browser/test_meetings.py",
    "browser/test_second_factor.py",
    "browser/test_planning.py",
    "regai/test_chaos_workers.py",
    "regai/test_votes_while_killed.py",
    "regai/test_backup.py",
    "regai/test_prodlike.py",
)
ON_SQLITE = "The tests marked postgresql hold on PostgreSQL only: make test runs them."
# A busy machine is no fault, and one commit has one answer: a search tries the same examples each
# time. Whoever looks for new faults asks for new examples: --hypothesis-profile=searching.
search.register_profile("searching", search(deadline=None))
search.register_profile("repeatable", search(deadline=None, derandomize=True))
search.load_profile("repeatable")
left_out = pytest.StashKey[int]()


def pytest_configure(config: pytest.Config) -> None:
    """Compile the messages and make the folders once, before any worker needs them.

    On Redis each worker's cache has a database of its own, 1 and up, so that it can be emptied.
    """
    if settings.REDIS_URL:
        worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
        own = urlsplit(settings.REDIS_URL)._replace(path=f"/{int(worker) + 1}")
        settings.CACHES["default"]["LOCATION"] = own.geturl()
        # A busy machine is no fault: a cache that is slow to answer is not away here.
        settings.CACHES["default"]["OPTIONS"] = {"socket_timeout": 30}  # type: ignore[assignment]  # stubs know the text only
    # Each test's client is a site of its own, which would first look for every static file.
    settings.WHITENOISE_AUTOREFRESH = True
    if not hasattr(config, "workerinput"):
        make_folders(Path(settings.VAR_DIR))
        compile_stale(Path(settings.BASE_DIR) / "locale")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what is quick, and leave out what SQLite cannot show, such as row locks.

    The files that take minutes come first: the workers take a file each, in this order, and are
    to end together.
    """
    items.sort(key=lambda item: not str(item.path).endswith(LONG))
    for item in items:
        if is_quick(item):
            item.add_marker(pytest.mark.quick)
    if connection.vendor == "postgresql":
        return
    out = [item for item in items if item.get_closest_marker("postgresql")]
    config.stash[left_out] = len(out)
    if out:
        config.hook.pytest_deselected(items=out)
        items[:] = [item for item in items if not item.get_closest_marker("postgresql")]


def pytest_collection_finish() -> None:
    """Look for rubbish less often: what was imported and collected stays until the end anyway."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


def is_quick(item: pytest.Item) -> bool:
    """Return whether ``make quick`` runs a test: it is pure, or about rows that are rolled back.

    Pages take longer, and so do tests that commit: their tables are emptied after each.
    """
    if item.get_closest_marker("pure"):
        return not item.path.name.endswith("_properties.py")
    rows = item.get_closest_marker("django_db")
    is_about_rows = item.path.name.startswith(ABOUT_ROWS)
    return is_about_rows and rows is not None and not rows.kwargs.get("transaction")


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Say why tests were left out."""
    if config.stash.get(left_out, 0):
        terminalreporter.write_line(ON_SQLITE)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:  # noqa: ARG001 -- extended
    """Empty tables the quick way, and let go of connections that a thread of a test still holds."""
    if connection.vendor == "postgresql":
        connection.ops.sql_flush = _delete_rows  # type: ignore[assignment]  # it takes what is given
    yield
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


def _delete_rows(_style: Any, tables: list[str], **_: Any) -> list[str]:
    """Return what empties the tables after a test that commits.

    TRUNCATE, Django's way, makes the files of every table anew, which takes half a second. The
    order does not matter: PostgreSQL looks at the keys when all are empty.
    """
    return [";".join(f'DELETE FROM "{table}"' for table in tables)]  # noqa: S608 -- our own


@pytest.fixture(autouse=True)
def nothing_is_left_over() -> Iterator[None]:
    """Let no test read the language or the cache of the one before, or take Redis for away."""
    yield
    translation.deactivate()
    redis.is_away = False
    cache.clear()


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the browser."""
    return find_chromium()
