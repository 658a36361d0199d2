"""What is in the way of a start is one sentence, and nothing is begun: never a trace."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.pure

ROOT = Path(__file__).parents[2]
REFUSED = 2


def start(folder: Path, **told: str) -> tuple[int, str]:
    """Return how ``make run`` ends on ``folder``, and what it says."""
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    ended = subprocess.run(
        [sys.executable, "manage.py", "start"],
        cwd=ROOT,
        env={**kept, "REGAI_VAR": str(folder), "PORT": "0", **told},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return ended.returncode, ended.stdout + ended.stderr


def test_a_port_in_use(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        said = start(tmp_path / "var", PORT=str(port))
    sentence = f"Port {port} is in use by another program. Choose another one: make run PORT="
    assert said == (REFUSED, f"{sentence}{port + 1}\n")
    assert not (tmp_path / "var").exists()


def test_a_folder_that_cannot_be_written_to(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    folder = tmp_path / "file" / "var"
    said = start(folder, PORT=str(free_port()))
    assert said == (
        REFUSED,
        (
            f"The folder {folder} cannot be written to (Not a directory)."
            " Set REGAI_VAR to a folder that can.\n"
        ),
    )


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_only_be_read(tmp_path: Path) -> None:
    folder = tmp_path / "var"
    folder.mkdir(mode=0o500)
    status, said = start(folder, PORT=str(free_port()))
    assert (status, said.count("\n")) == (REFUSED, 1)
    assert f"The folder {folder} cannot be written to (Permission denied)." in said


@pytest.mark.parametrize(
    ("url", "begins"),
    [
        ("nonsense", "DATABASE_URL cannot be read: it must look like postgres://"),
        ("postgres://regai:hemligt@127.0.0.1:1/regai", "The database cannot be used: "),
        ("postgres://regai@127.0.0.1", "DATABASE_URL names no database: it must end in /name."),
        ("sqlite:////no/such/folder/regai.sqlite3", "The database cannot be used: "),
    ],
)
def test_a_wrong_database_url(tmp_path: Path, url: str, begins: str) -> None:
    status, said = start(tmp_path / "var", PORT=str(free_port()), DATABASE_URL=url)
    assert (status, said[: len(begins)]) == (REFUSED, begins)
    assert ("Traceback" in said, "hemligt" in said, said.count("\n")) == (False, False, 1)


def free_port() -> int:
    """Return a port that nobody uses just now."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])
