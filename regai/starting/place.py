"""Whether the site can start here: a folder of its own and a free port, said in one sentence."""

import errno
import fcntl
import os
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ADDRESSES = ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1"))
LAST_PORT = 65_535
FOLDERS = ("queue", "queue-control", "static", "files")
BEAT_SCHEDULE = "beat-schedule"
LOADING = "loading"
# Everything that the example keeps. Nothing else in the folder is ever deleted.
EXAMPLE_FILES = ("regai.sqlite3*", *FOLDERS, f"{BEAT_SCHEDULE}*", LOADING)


class CannotStart(Exception):
    """Something on this machine is in the way. The sentence says what, and what to do."""


@contextmanager
def own_folder(folder: Path) -> Iterator[None]:
    """Hold the folder for this process alone, with the folders that the site expects in it.

    The hold ends with the process, however it ends.

    :raises CannotStart: if the folder cannot be written to, or a running site holds it.
    """
    try:
        make_folders(folder)
        for found in folder.iterdir():
            if not os.access(found, os.W_OK):
                raise PermissionError(errno.EACCES, f"{found.name}: {os.strerror(errno.EACCES)}")
        lock = (folder / "running.lock").open("a+")
    except OSError as wrong:
        raise CannotStart(
            f"The folder {folder} cannot be written to ({wrong.strerror})."
            " Set REGAI_VAR to a folder that can."
        ) from wrong
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as wrong:
            lock.seek(0)
            raise CannotStart(
                f"RegAI is already running on {folder} (process {lock.read().strip()})."
                " Stop it first, or set REGAI_VAR to another folder."
            ) from wrong
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


def free_port(named: str) -> int:
    """Return the port that PORT names.

    :raises CannotStart: if it is no port, is in use, or is not ours to use.
    """
    if not (named.isascii() and named.isdigit() and 1 <= int(named) <= LAST_PORT):
        raise CannotStart(f"PORT is {named!r}: it must be a number from 1 to {LAST_PORT}.")
    port = int(named)
    for family, address in ADDRESSES:
        try:
            with socket.socket(family) as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind((address, port))
        except OSError as wrong:
            if wrong.errno == errno.EADDRINUSE:
                raise CannotStart(
                    f"Port {port} is in use by another program."
                    f" Choose another one: make run PORT={port + 1}"
                ) from wrong
            if wrong.errno == errno.EACCES:
                raise CannotStart(
                    f"Port {port} may only be used by the system. Choose one from 1024 up."
                ) from wrong
            # No IPv6 here: then nobody can be in the way on it.
    return port


def forget(folder: Path) -> None:
    """Delete the example's data, and nothing else that may be in the folder."""
    for pattern in EXAMPLE_FILES:
        for found in folder.glob(pattern):
            if found.is_dir():
                shutil.rmtree(found)
            else:
                found.unlink()
    make_folders(folder)


def make_folders(folder: Path) -> None:
    """Make the folder with what the task queue, the web server and uploads expect in it.

    :raises OSError: if it cannot be written to.
    """
    for name in FOLDERS:
        (folder / name).mkdir(parents=True, exist_ok=True)
