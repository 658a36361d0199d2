"""What ``make prodlike`` runs, from start to stop: the main path over HTTP, and nothing left."""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.prodlike import ROOT, ask, free_port
from tests.regai.conftest import own_database
from tests.regai.stoppable import StoppableRedis

pytestmark = pytest.mark.postgresql

WITHIN_SECONDS = 240


def descendants(pid: int) -> set[int]:
    """Return the processes that a process has started, and those that they have."""
    children = Path(f"/proc/{pid}/task/{pid}/children")
    found = {int(child) for child in children.read_text().split()} if children.exists() else set()
    return found | {below for child in found for below in descendants(child)}


def is_alive(pid: int) -> bool:
    """Return whether a process still runs; one that nobody has asked for its status does not."""
    status = Path(f"/proc/{pid}/status")
    return status.exists() and "State:\tZ" not in status.read_text()


def said_so_far(file: Path, process: subprocess.Popen[bytes], wanted: str) -> str:
    """Wait until a process has said what is wanted; return all that it has said."""
    until = time.monotonic() + WITHIN_SECONDS
    while wanted not in (said := file.read_text()):
        assert process.poll() is None, said
        assert time.monotonic() < until, said
        time.sleep(0.1)
    return said


def wait_for_door(port: int) -> None:
    """Wait until the site answers."""
    until = time.monotonic() + WITHIN_SECONDS
    while time.monotonic() < until:
        try:
            if ask(port, "/healthz").status == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError


def test_the_main_path_is_walked_on_a_site_as_in_production_and_a_stop_leaves_nothing(
    tmp_path: Path, redis_to_stop: StoppableRedis
) -> None:
    port, out = free_port(), tmp_path / "said"
    with own_database(f"regai_prodlike_{os.getpid()}") as url, out.open("wb") as told:
        broker = urlsplit(redis_to_stop.url)._replace(path="/7").geturl()
        own = {"DATABASE_URL": url, "REDIS_URL": broker, "PORT": str(port)}
        site = subprocess.Popen(
            [sys.executable, "-m", "tests.prodlike"],
            cwd=ROOT,
            env={**os.environ, **own, "PYTHONUNBUFFERED": "1"},
            stdout=told,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            said = said_so_far(out, site, "manage.py beside")
            found = re.search(r"Letters arrive in (\S+);", said)
            assert found
            folder = Path(found[1]).parent
            wait_for_door(port)
            env = dict(line.split("=", 1) for line in (folder / "env").read_text().splitlines())
            walked = subprocess.run(  # noqa: S603 -- our own words
                [sys.executable, "-m", "tests.journeys.over_http", str(folder / "letters")],
                cwd=ROOT,
                env={name: value.strip("'") for name, value in env.items()},
                capture_output=True,
                text=True,
                check=False,
                timeout=2 * WITHIN_SECONDS,
            )
            assert (walked.returncode, walked.stdout.splitlines()[-1:]) == (
                0,
                ["The main path is walked."],
            ), walked.stderr[-4000:]
            started = descendants(site.pid)
            assert len(started) >= 4
        finally:
            os.kill(site.pid, signal.SIGINT)
            status = site.wait(WITHIN_SECONDS)
        assert (status, [pid for pid in started if is_alive(pid)]) == (0, [])
        assert not folder.exists()
