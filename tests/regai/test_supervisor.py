"""Web, worker and beat stop together, whichever of them ends and whoever stops them."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

pytestmark = pytest.mark.pure

ROOT = Path(__file__).parents[2]
ENDS_WITHIN_SECONDS = 30
SUPERVISOR = """
import os, sys
from pathlib import Path
from regai.starting.supervisor import run_together
lines = {name: [sys.executable, "-c", code] for name, code in zip(sys.argv[2::2], sys.argv[3::2])}
sys.exit(run_together(lines, cwd=Path(sys.argv[1]), env=dict(os.environ), say=print))
"""
STOPPED_EARLY = """
from regai.starting.supervisor import Together
manager = Together()
manager.add_process("web", "exec sleep 60")
manager.add_process("worker", "exec sleep 60")
manager.terminate()
manager.loop()
print(manager.returncode)
"""
# Opens a pipe for writing: whoever reads it sees its end when the process has ended.
LIVES = "import time; pipe = open('alive', 'w'); pipe.write('x'); pipe.flush(); time.sleep(60)"


@contextmanager
def supervised(folder: Path, **codes: str) -> Iterator[subprocess.Popen[str]]:
    words = [word for pair in codes.items() for word in pair]
    started = subprocess.Popen(  # noqa: S603 -- our own words
        [sys.executable, "-c", SUPERVISOR, str(folder), *words],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    with started:
        yield started


@pytest.mark.parametrize(("ends_with", "status"), [(3, 3), (0, 1)])
def test_one_that_ends_by_itself_stops_the_others(
    tmp_path: Path, ends_with: int, status: int
) -> None:
    os.mkfifo(tmp_path / "alive")
    ends = f"open('alive').read(1); raise SystemExit({ends_with})"
    with supervised(tmp_path, web=LIVES, worker=ends) as supervisor:
        out, _ = supervisor.communicate(timeout=ENDS_WITHIN_SECONDS)
    assert (supervisor.returncode, out.splitlines()) == (
        status,
        [f"The worker process ended by itself (rc={ends_with}): stopping the others."],
    )


def test_who_stops_it_before_all_have_started_stops_all() -> None:
    early = subprocess.run(  # noqa: S603 -- our own words
        [sys.executable, "-c", STOPPED_EARLY],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
        timeout=ENDS_WITHIN_SECONDS,
    )
    assert early.stdout.splitlines()[-1] == str(-signal.SIGTERM)


@pytest.mark.parametrize(
    ("number", "status"),
    [
        (signal.SIGINT, 0),
        (signal.SIGTERM, 0),
        (signal.SIGHUP, 0),
        (signal.SIGKILL, -signal.SIGKILL),
    ],
)
def test_who_stops_the_supervisor_stops_all(
    tmp_path: Path, number: signal.Signals, status: int
) -> None:
    os.mkfifo(tmp_path / "alive")
    with (
        supervised(tmp_path, web=LIVES) as supervisor,
        (tmp_path / "alive").open() as pipe,
    ):
        assert pipe.read(1) == "x"
        supervisor.send_signal(number)
        assert pipe.read() == ""
        assert supervisor.wait(timeout=ENDS_WITHIN_SECONDS) == status
