"""Workers that are killed in mid-delivery, and two clocks: every letter arrives, none by two."""

import os
import shelve
import shutil
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
import redis
from kombu import Connection

from regai.celery import app
from regai.starting.commands import serve
from regai.starting.place import BEAT_SCHEDULE
from tests.outbox.post_office import PostOffice, open_on_a_port
from tests.prodlike import ROOT, Site, command
from tests.regai.due import GROUPS, SEATS, VOTERS

pytestmark = pytest.mark.postgresql

KILLS, LETTERS, BEFORE_A_KILL = 20, 400, 5
# The whole worker every so often; in between the process of it that delivers.
WHOLE_EVERY = 10
# A busy machine is no fault: only a part that is broken makes anybody wait so long.
WAITS_SECONDS = 400
PROMISE = """
INSERT INTO outbox_message (key, about, "to", language, subject, text, links, fleeting, state,
    queued_at, next_try_at, tries, perhaps_twice, last_fault, calendars)
SELECT 'kill/' || n, 'test/1', 'k' || n || '@example.org', 'sv', 'RegAI: Hej', 'Hej!', '{}', false,
    'waiting', now(), now(), 0, false, '', '[]' FROM generate_series(1, %s) AS n
"""
# What the clock does in five minutes: leases of the dead run out.
LEASES_RUN_OUT = """
UPDATE outbox_message SET leased_until = now() - interval '1 second'
WHERE state = 'waiting' AND leased_until IS NOT NULL
"""


@pytest.fixture
def beside(site: Site) -> dict[str, str]:
    """The site's environment with a broker of its own, so that only our worker is asked."""
    own = urlsplit(site.env["REDIS_URL"])._replace(path="/5").geturl()
    redis.from_url(own).flushdb()
    return {**site.env, "REDIS_URL": own, "REGAI_WORKER_PROCESSES": "1"}


@contextmanager
def started(env: dict[str, str], folder: Path, service: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run one process of the site with all that it starts; end them all with the block."""
    with (folder / f"{service}.out").open("ab") as out:
        process = subprocess.Popen(  # noqa: S603 -- our own words
            command(*serve(service)),
            env=env,
            cwd=ROOT,
            stdout=out,
            stderr=out,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        kill_whole(process)


def kill_whole(process: subprocess.Popen[bytes]) -> None:
    """End a process and its children as a power cut would."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def kill_children(process: subprocess.Popen[bytes]) -> None:
    """End the processes that do the worker's work; it is left to start others."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    assert children
    for child in children:
        os.kill(int(child), signal.SIGKILL)


def ring(env: dict[str, str]) -> None:
    """Ask a worker to deliver, as a commit does."""
    with Connection(env["REDIS_URL"]) as bell:
        app.send_task("outbox.tasks.deliver_waiting", connection=bell, ignore_result=True)


def wait_until(is_so: Callable[[], bool], *, ring_again: Callable[[], None] | None = None) -> None:
    """Wait until something is so; ring again now and then, as the clock does."""
    until, next_ring = time.monotonic() + WAITS_SECONDS, time.monotonic() + 5
    while not is_so():
        assert time.monotonic() < until
        if ring_again and time.monotonic() > next_ring:
            ring_again()
            next_ring = time.monotonic() + 5
        time.sleep(0.005)


def has_had(office: PostOffice, number: int) -> bool:
    """Return whether so many letters have come."""
    return len(office.letters) >= number


def asked(env: dict[str, str], question: str, *values: object) -> list[tuple[object, ...]]:
    with psycopg.connect(env["DATABASE_URL"], autocommit=True) as connection:
        cursor = connection.execute(question, values)
        return cursor.fetchall() if cursor.description else []


def test_a_worker_killed_twenty_times_in_mid_delivery_sends_at_most_what_was_in_its_hand_twice(
    site: Site, beside: dict[str, str], tmp_path: Path
) -> None:
    office = PostOffice(takes_seconds=0.005)
    asked(beside, PROMISE, LETTERS)
    with open_on_a_port(office) as port:
        env = beside | {"EMAIL_PORT": str(port)}
        kills = 0
        while kills < KILLS:
            with started(env, tmp_path, "worker") as worker:
                for _ in range(min(WHOLE_EVERY, KILLS - kills)):
                    before = len(office.letters)
                    ring(env)
                    wait_until(
                        partial(has_had, office, before + BEFORE_A_KILL),
                        ring_again=lambda: ring(env),
                    )
                    kills += 1
                    if kills % WHOLE_EVERY == 0:
                        kill_whole(worker)
                    else:
                        kill_children(worker)
                    asked(env, LEASES_RUN_OUT)
        waits = "SELECT count(*) FROM outbox_message WHERE key LIKE 'kill/%%' AND state <> 'sent'"
        with started(env, tmp_path, "worker"):
            ring(env)
            wait_until(lambda: asked(env, waits) == [(0,)], ring_again=lambda: ring(env))
    ours = {f"k{number}@example.org" for number in range(1, LETTERS + 1)}
    came = Counter(address for address in office.receivers if address in ours)
    twice = {address for address, times in came.items() if times > 1}
    told = "SELECT \"to\" FROM outbox_message WHERE key LIKE 'kill/%%' AND perhaps_twice"
    assert set(came) == ours
    assert (set(came.values()) <= {1, 2}, len(twice) <= KILLS) == (True, True)
    assert twice <= {str(address) for (address,) in asked(env, told)}
    assert site.run("check_invariants", "letters").returncode == 0


def test_two_clocks_do_nothing_twice(site: Site, beside: dict[str, str], tmp_path: Path) -> None:
    made = site.run("shell", "-c", "from tests.regai.due import make_due; make_due()")
    assert (made.returncode, made.stderr) == (0, "")
    office = PostOffice()
    with open_on_a_port(office) as port:
        env = beside | {"EMAIL_PORT": str(port), "REGAI_WORKER_PROCESSES": "2"}
        queue = redis.from_url(env["REDIS_URL"])
        clocks = [env | {"REGAI_VAR": str(tmp_path / name)} for name in ("one", "two")]
        yesterday(clocks[0], tmp_path)
        shutil.copytree(tmp_path / "one", tmp_path / "two")
        with started(clocks[0], tmp_path, "beat"), started(clocks[1], tmp_path, "beat"):
            wait_until(lambda: queue.llen("celery") >= 2 * len(app.conf.beat_schedule))
        waits = (
            "SELECT count(*) FROM outbox_message WHERE state = 'waiting' AND next_try_at < now()"
        )
        with started(env, tmp_path, "worker"):
            wait_until(lambda: queue.llen("celery") == 0)
            wait_until(lambda: asked(env, waits) == [(0,)], ring_again=lambda: ring(env))
    assert {times for times in Counter(office.receivers).values() if times > 3} == set()
    keys = [letter["Message-ID"] for letter in office.letters]
    assert len(keys) == len(set(keys))
    offered = asked(
        env, "SELECT interest_id FROM cohorts_invitation WHERE reasons = '[\"next_in_line\"]'"
    )
    assert len(offered) == len(set(offered)) == GROUPS * SEATS
    subjects = Counter(str(letter["Subject"]).split(":")[1] for letter in office.letters)
    assert [n for subject, n in subjects.items() if "omröst" in subject.lower()] in ([], [VOTERS])
    checked = site.run("check_invariants", "seats", "votes", "letters", "states")
    assert (checked.returncode, checked.stdout) == (
        0,
        "0 violations in seats, votes, letters, states.\n",
    )


def yesterday(env: dict[str, str], folder: Path) -> None:
    """Leave the notes of a clock that last ran yesterday, so that everything is due."""
    notes = Path(env["REGAI_VAR"]) / BEAT_SCHEDULE
    with started(env, folder, "beat") as beat:
        wait_until(lambda: any(notes.parent.glob(f"{BEAT_SCHEDULE}*")))
        time.sleep(1)
        beat.terminate()  # it writes its notes when it is asked to stop
        beat.wait(WAITS_SECONDS)
    with shelve.open(str(notes)) as kept:  # noqa: S301 -- our own notes of a moment ago
        entries = kept["entries"]
        for entry in entries.values():
            entry.last_run_at -= timedelta(days=1)
        kept["entries"] = entries
    redis.from_url(env["REDIS_URL"]).flushdb()
