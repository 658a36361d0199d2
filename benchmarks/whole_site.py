"""The site beside the floor in one interleaved run, two thousand letters, 64 clients for 20 seats.

``python -m benchmarks.whole_site`` starts servers, the site as in production and a bare Django
(``benchmarks.floor``) on the same database, and lets 16 visitors open pages and sign up, each kind
in turn, round after round. Processor time is that of the site, the database and Redis together,
which is steady where requests a second swing with everything else on the machine. It prints a
table in Markdown and writes it with all figures as JSON to ``REGAI_VAR`` (``var``).
"""

import json
import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psycopg

from benchmarks.spent import cpu_ms, megabytes, tree
from benchmarks.visitors import Visit, opens, signs_up, visits
from regai.starting.commands import GRANIAN
from tests.prodlike import Site, command, environment, free_port, prepare, running
from tests.services import postgresql, redis_server

ROOT = Path(__file__).resolve().parents[1]
ROUNDS, AT_ONCE = 3, 16
PAGES, FLOWS = 320, 96
WORKERS, THREADS = 2, 4
NOT_FROM_CACHE = "bench=1"
FLOOR_TABLES = """
CREATE TABLE floor_sign_up (id bigserial PRIMARY KEY, name text, email text);
CREATE TABLE floor_letter
  (id bigserial PRIMARY KEY, "to" text, body text, state text DEFAULT 'waiting')
"""
WAITING = """
SELECT (SELECT count(*) FROM outbox_message WHERE state = 'waiting')
  + (SELECT count(*) FROM floor_letter WHERE state = 'waiting')
"""


@dataclass
class Kind:
    """One kind of visit: whose, how often in a round, and what each round took."""

    name: str
    port: int
    visit: Visit
    many: int
    cpu: list[float] = field(default_factory=list)
    rate: list[float] = field(default_factory=list)
    p95: list[float] = field(default_factory=list)


def main() -> int:
    """Print the table and where the figures are."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="regai-")))
        url = stack.enter_context(postgresql(folder / "postgresql"))
        broker = stack.enter_context(redis_server(folder / "redis"))
        env = _environment(folder / "site", url, broker)
        prepare(env)
        _inside(env, "prepare")
        servers = [_postmaster(folder), *_redis(broker)]
        with psycopg.connect(url, autocommit=True) as database:
            database.execute(FLOOR_TABLES)
        starts = time.perf_counter()
        with running(folder / "site", env, "mail", "web", "worker") as site:
            first_page_after = time.perf_counter() - starts
            with _floor(env) as (floor_port, floor):
                kinds = _kinds(int(env["PORT"]), floor_port)
                _warm(kinds)
                for _ in range(ROUNDS):
                    for kind in kinds:
                        _round(kind, url, [*servers, *floor, *_of_the_site(site)])
            workers = sorted(tree(site.processes["web"].pid) - {site.processes["web"].pid})
            memory = max(megabytes(pid) for pid in workers)
            figures: dict[str, Any] = {
                "machine": machine(),
                "visits": {kind.name: _summary(kind) for kind in kinds},
                "statements": _inside(env, "statements"),
                "first_page_after_seconds": first_page_after,
                "megabytes_a_web_worker": memory,
            }
        with running(folder / "site", env, "mail"):
            figures["letters"] = _inside(env, "letters")
        figures["race"] = _inside(env, "race")
    table = as_markdown(figures)
    out = Path(os.environ.get("REGAI_VAR") or ROOT / "var")
    out.mkdir(parents=True, exist_ok=True)
    (out / "benchmarks.json").write_text(json.dumps(figures, indent=1))
    (out / "benchmarks.md").write_text(table)
    print(f"{table}\nAll figures: {out / 'benchmarks.json'}")
    return 0


def machine() -> dict[str, str]:
    """Return what the figures were taken on, and of which state of the code."""
    told = subprocess.run(  # noqa: S603 -- our own words
        ["git", "-C", str(ROOT), "describe", "--always", "--dirty"],  # noqa: S607 -- found as usual
        capture_output=True,
        text=True,
        check=False,
    )
    load = " ".join(f"{one:.1f}" for one in os.getloadavg())
    return {
        "processor": f"{platform.machine()}, {os.cpu_count()} cores",
        "system": f"{platform.system()} {platform.release()}, Python {platform.python_version()}",
        "load": load,
        "code": told.stdout.strip() or "unknown",
    }


def as_markdown(figures: dict[str, Any]) -> str:
    """Return the figures as a table, with the machine and the code above it."""
    lines = [f"{name}: {value}  " for name, value in figures["machine"].items()]
    lines += [
        "",
        "| visit | CPU ms | beside the floor | a second | p95 ms |",
        "|---|---|---|---|---|",
    ]
    of = figures["visits"]
    for name, kind in of.items():
        floor = of["floor flow" if "flow" in name or "sign-up" in name else "floor page"]
        ratio = f"{kind['cpu_ms'] / floor['cpu_ms']:.1f}" if floor["cpu_ms"] else "-"
        lines.append(
            f"| {name} | {kind['cpu_ms']:.1f} | {ratio} x | {kind['rate']:.0f}"
            f" | {kind['p95_ms']:.0f} |"
        )
    letters, race = figures["letters"], figures["race"]
    counted, seconds = figures["statements"], race["seconds"][-1]
    memory, first = figures["megabytes_a_web_worker"], figures["first_page_after_seconds"]
    lines += [
        "",
        f"Statements: page {counted['page']}, sign-up {counted['sign_up']}.  ",
        f"Letters: {letters['letters']} in {letters['seconds']:.1f} s.  ",
        f"64 clients for 20 seats: exact {race['exact']} times, in {seconds:.2f} s at most.  ",
        f"Memory: {memory:.0f} MB a web worker; first page {first:.1f} s after the start.",
        "",
    ]
    return "\n".join(lines)


def _environment(folder: Path, url: str, broker: str) -> dict[str, str]:
    limits = {f"REGAI_LIMIT_{kind}": "0" for kind in ("FORMS", "LINKS", "RECEIPTS")}
    sizes = {"REGAI_WEB_WORKERS": str(WORKERS), "REGAI_WEB_THREADS": str(THREADS)}
    return environment(
        folder, DATABASE_URL=url, REDIS_URL=broker, REGAI_WORKER_PROCESSES="1", **limits, **sizes
    )


@contextmanager
def _floor(env: Mapping[str, str]) -> Iterator[tuple[int, list[int]]]:
    """Run the floor with as many processes and threads as the site; yield port and processes."""
    port = free_port()
    sizes = ("--workers", str(WORKERS), "--blocking-threads", str(THREADS))
    served = (*GRANIAN, "--http", "1", "--no-access-log", "--port", str(port), *sizes)
    works = ("-m", "celery", "--quiet", "--app", "benchmarks.floor:tasks", "worker")
    processes = [
        subprocess.Popen(command(*words), cwd=ROOT, env=env)  # noqa: S603 -- our own words
        for words in (
            (*served, "benchmarks.floor:application"),
            (*works, "--queues", "floor", "--concurrency", "1", "--loglevel", "ERROR"),
        )
    ]
    try:
        _wait_for(port)
        yield port, [process.pid for process in processes]
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait()


def _wait_for(port: int) -> None:
    until = time.monotonic() + 60
    while True:
        try:
            visits(port, opens("/anmalan/"), many=1, at_once=1)
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)
        else:
            return


def _kinds(site: int, floor: int) -> list[Kind]:
    return [
        Kind("floor page", floor, opens("/anmalan/"), PAGES),
        Kind("sign-up page, made", site, opens("/anmalan/", cookie=NOT_FROM_CACHE), PAGES),
        Kind("front page, made", site, opens("/", cookie=NOT_FROM_CACHE), PAGES),
        Kind("front page, from the cache", site, opens("/"), PAGES),
        Kind("floor flow", floor, signs_up, FLOWS),
        Kind("sign-up with its letter", site, signs_up, FLOWS),
    ]


def _warm(kinds: list[Kind]) -> None:
    for kind in kinds:
        visits(kind.port, kind.visit, many=2 * AT_ONCE, at_once=AT_ONCE)


def _round(kind: Kind, url: str, pids: list[int]) -> None:
    """Let visitors come, and take note of what it cost, letters that it promised included."""
    _until_letters_have_left(url)
    before, began = cpu_ms(pids), time.perf_counter()
    took = visits(kind.port, kind.visit, many=kind.many, at_once=AT_ONCE)
    seconds = time.perf_counter() - began
    _until_letters_have_left(url)
    kind.cpu.append((cpu_ms(pids) - before) / kind.many)
    kind.rate.append(kind.many / seconds)
    kind.p95.append(1000 * statistics.quantiles(took, n=20)[-1])


def _until_letters_have_left(url: str) -> None:
    until = time.monotonic() + 60
    with psycopg.connect(url, autocommit=True) as database:
        while database.execute(WAITING).fetchone() != (0,) and time.monotonic() < until:
            time.sleep(0.2)


def _summary(kind: Kind) -> dict[str, float]:
    return {
        "cpu_ms": statistics.median(kind.cpu),
        "rate": statistics.median(kind.rate),
        "p95_ms": statistics.median(kind.p95),
    }


def _inside(env: dict[str, str], part: str) -> dict[str, Any]:
    asked = command("-m", "benchmarks.inside", part)
    said = subprocess.run(  # noqa: S603 -- our own words
        asked, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True, check=True
    )
    told: dict[str, Any] = json.loads(said.stdout.splitlines()[-1])
    return told


def _of_the_site(site: Site) -> list[int]:
    return [site.processes[name].pid for name in ("web", "worker")]


def _postmaster(folder: Path) -> int:
    return int((folder / "postgresql" / "postmaster.pid").read_text().splitlines()[0])


def _redis(broker: str) -> list[int]:
    import redis  # noqa: PLC0415 -- asked once for its process

    return [int(redis.from_url(broker).info("server")["process_id"])]


if __name__ == "__main__":
    sys.exit(main())
