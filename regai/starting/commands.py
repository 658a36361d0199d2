"""The command lines of the processes: the example's, and production's. Nowhere else.

``docker-compose.yml`` names the processes only ("manage.py serve web"); a test holds it to that.
"""

import sys
from dataclasses import dataclass
from pathlib import Path

from regai.environment import Environment
from regai.starting.place import BEAT_SCHEDULE

# SQLite has one writer at a time; four readers are plenty for one computer.
EXAMPLE_WEB_THREADS = 4
GRANIAN = ("-m", "granian", "--interface", "wsgi", "--log-level", "warning", "--no-ws")
APPLICATION = "regai.wsgi:application"
CELERY = ("-m", "celery", "--quiet", "--skip-checks", "--app", "regai")
# In the example the worker touches nothing but the folder; running it as root is no news there.
NO_ROOT_WARNING = ("-W", "ignore:You're running the worker")
QUIET = ("--loglevel", "WARNING")
ALONE = ("--without-gossip", "--without-mingle")
STOPS_WITHIN_SECONDS = 20
# What an image is built with: both need no database and no secrets that last.
BUILD = (
    ("manage.py", "messages", "--compile"),
    ("manage.py", "collectstatic", "--noinput", "--verbosity", "0"),
)
UPGRADE = ("python", "manage.py", "upgrade")
SERVICES = ("web", "worker", "beat")


def commands(*, port: int, folder: Path) -> dict[str, list[str]]:
    """Return the example's three processes by name, each as the words of its command line."""
    return {
        "web": [
            *(sys.executable, *GRANIAN, "--host", "127.0.0.1", "--port", str(port)),
            *("--workers", "1", "--blocking-threads", str(EXAMPLE_WEB_THREADS), APPLICATION),
        ],
        "worker": [
            *(sys.executable, *NO_ROOT_WARNING, *CELERY, "worker", *QUIET, "--pool", "solo"),
            *(*ALONE, "--without-heartbeat"),
        ],
        "beat": [sys.executable, *CELERY, "beat", *QUIET, *_schedule(folder)],
    }


@dataclass(frozen=True, slots=True)
class Sizes:
    """How large production runs on this machine, and where its web process listens."""

    host: str
    port: int
    web_workers: int
    web_threads: int
    worker_processes: int
    metrics_port: int

    @classmethod
    def told_by(cls, env: Environment) -> "Sizes":
        """Return what the environment says.

        :raises ImproperlyConfigured: if one of the numbers is none.
        """
        return cls(
            host=env.text("REGAI_WEB_HOST", "127.0.0.1"),
            port=env.number("PORT", 8000, least=1),
            web_workers=env.number("REGAI_WEB_WORKERS", 2, least=1),
            web_threads=env.number("REGAI_WEB_THREADS", 4, least=1),
            worker_processes=env.number("REGAI_WORKER_PROCESSES", 2, least=1),
            metrics_port=env.number("REGAI_METRICS_PORT", 0),
        )


def production(sizes: Sizes, *, folder: Path) -> dict[str, list[str]]:
    """Return production's processes by name, each as the words of its command line.

    A web worker that dies is replaced; one that is stopped answers first what it has begun. There
    is no access log: addresses hold tokens, and the site writes a line of its own.
    """
    metrics = (
        ("--metrics", "--metrics-address", sizes.host, "--metrics-port", str(sizes.metrics_port))
        if sizes.metrics_port
        else ()
    )
    return {
        "web": [
            *(sys.executable, *GRANIAN, "--http", "1", "--no-access-log"),
            *("--host", sizes.host, "--port", str(sizes.port)),
            *("--workers", str(sizes.web_workers), "--blocking-threads", str(sizes.web_threads)),
            *("--respawn-failed-workers", "--workers-kill-timeout", str(STOPS_WITHIN_SECONDS)),
            *(*metrics, APPLICATION),
        ],
        "worker": [
            *(sys.executable, *CELERY, "worker", *QUIET, *ALONE),
            *("--concurrency", str(sizes.worker_processes)),
        ],
        "beat": [sys.executable, *CELERY, "beat", *QUIET, *_schedule(folder)],
    }


def serve(service: str) -> tuple[str, ...]:
    """Return how one of production's processes is started, on any machine."""
    return ("python", "manage.py", "serve", service)


def knock(service: str) -> tuple[str, ...]:
    """Return how to find out whether one of production's processes is well: exit status 0."""
    return ("python", "regai/starting/knock.py", service)


def _schedule(folder: Path) -> tuple[str, str]:
    return ("--schedule", str(folder / BEAT_SCHEDULE))
