"""The example site as ``make run`` starts it, once a session, on a copy of one loaded region."""

import fcntl
import json
import os
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from regai.starting.commands import commands
from regai.starting.place import make_folders
from regai.starting.welcome import first_answer

ROOT = Path(__file__).parents[2]
DATABASE = "regai.sqlite3"
LOADING = (("migrate", "--verbosity", "0"), ("load_example",))
NUMBERS = re.compile(r"[0-9a-f-]*\d[\w.:+-]*|/[^/]*@[^/]*")


class ExampleSite:
    """Where the site answers, and what its database holds."""

    def __init__(self, base: str, folder: Path) -> None:
        self.base = base
        self._database = folder / DATABASE

    def one_letter_of_each_kind(self) -> list[str]:
        """Return the addresses in Brevlådan of the newest letter of each kind."""
        with closing(sqlite3.connect(self._database)) as database:
            rows = database.execute("SELECT key, id FROM outbox_message ORDER BY id").fetchall()
        return [
            f"/brevladan/{pk}/" for pk in {NUMBERS.sub("", key): pk for key, pk in rows}.values()
        ]

    def texts(self) -> Iterator[str]:
        """Yield every text that stands in the database: names, titles, what people wrote."""
        with closing(sqlite3.connect(self._database)) as database:
            tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            for (table,) in tables.fetchall():
                for row in database.execute(f'SELECT * FROM "{table}"'):  # noqa: S608 -- our own
                    for value in row:
                        if isinstance(value, str):
                            yield from _leaves(value)


@contextmanager
def example_site(shared: Path, own: Path) -> Iterator[ExampleSite]:
    """Serve the example on a free port from ``own``; whoever comes first loads it in ``shared``."""
    with (shared / "example.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shared / "example" / "loaded").exists():
            _load(shared / "example")
    make_folders(own)
    shutil.copyfile(shared / "example" / DATABASE, own / DATABASE)
    shutil.copytree(shared / "example" / "files", own / "files", dirs_exist_ok=True)
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = int(probe.getsockname()[1])
    web = subprocess.Popen(  # noqa: S603 -- our own words
        commands(port=port, folder=own)["web"], cwd=ROOT, env=_environment(own, port)
    )
    try:
        assert first_answer(port) == 200
        yield ExampleSite(f"http://localhost:{port}", own)
    finally:
        web.terminate()
        web.wait()


def _load(folder: Path) -> None:
    make_folders(folder)
    for words in LOADING:
        subprocess.run(  # noqa: S603 -- our own words
            [sys.executable, "manage.py", *words],
            cwd=ROOT,
            env=_environment(folder, 0),
            check=True,
            stdout=subprocess.DEVNULL,
        )
    with closing(sqlite3.connect(folder / DATABASE)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    (folder / "loaded").touch()


def _environment(folder: Path, port: int) -> dict[str, str]:
    """Return the environment without the services of the tests: the example has its own."""
    left_out = {"DATABASE_URL", "REDIS_URL", "DJANGO_ALLOW_ASYNC_UNSAFE"}
    kept = {name: value for name, value in os.environ.items() if name not in left_out}
    return {**kept, "REGAI_VAR": str(folder), "PORT": str(port)}


def _leaves(value: str) -> Iterator[str]:
    """Yield the texts in a value, which may be JSON."""
    if not value.startswith(("{", "[")):
        yield value
        return
    try:
        inside = json.loads(value)
    except ValueError:
        yield value
        return
    waiting = [inside]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one
        elif isinstance(one, str):
            yield one
