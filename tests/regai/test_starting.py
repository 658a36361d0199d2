"""Starting on one computer: what is in the way is said before anything is changed."""

import os
import socket
from pathlib import Path

import pytest
from django.urls import reverse

from regai.starting.place import CannotStart, forget, free_port, own_folder
from regai.starting.welcome import LETTERS_PATH, LOGIN_PATH, welcome

pytestmark = pytest.mark.pure


@pytest.mark.parametrize("named", ["", "abc", "0", "-1", "65536", "80 ", "٣"])
def test_a_port_that_is_none_is_refused_in_words(named: str) -> None:
    with pytest.raises(CannotStart) as refused:
        free_port(named)
    assert str(refused.value) == f"PORT is {named!r}: it must be a number from 1 to 65535."


def test_a_port_in_use_is_refused_with_another_one_to_try() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(CannotStart) as refused:
            free_port(str(port))
    assert str(refused.value) == (
        f"Port {port} is in use by another program. Choose another one: make run PORT={port + 1}"
    )
    assert free_port(str(port)) == port


def test_a_folder_below_a_file_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    folder = tmp_path / "file/var"
    with pytest.raises(CannotStart) as refused, own_folder(folder):
        pass
    assert str(refused.value) == (
        f"The folder {folder} cannot be written to (Not a directory)."
        " Set REGAI_VAR to a folder that can."
    )


def test_a_folder_serves_one_site_at_a_time(tmp_path: Path) -> None:
    with own_folder(tmp_path):
        with pytest.raises(CannotStart) as refused, own_folder(tmp_path):
            pass
        assert str(refused.value) == (
            f"RegAI is already running on {tmp_path} (process {os.getpid()})."
            " Stop it first, or set REGAI_VAR to another folder."
        )
    with own_folder(tmp_path):
        pass


def test_forgetting_the_example_leaves_what_is_not_ours(tmp_path: Path) -> None:
    with own_folder(tmp_path):
        for name in ("regai.sqlite3", "regai.sqlite3-wal", "loading", "mine.txt", "files/a.pdf"):
            (tmp_path / name).touch()
        forget(tmp_path)
    assert sorted(found.relative_to(tmp_path).as_posix() for found in tmp_path.rglob("*")) == [
        "files",
        "mine.txt",
        "queue",
        "queue-control",
        "running.lock",
        "static",
    ]


def test_the_addresses_that_are_written_out_are_those_of_the_pages() -> None:
    assert (reverse("account_login"), reverse("example:mailbox")) == (LOGIN_PATH, LETTERS_PATH)


def test_the_welcome_names_the_address_the_letters_and_one_log_in_per_role() -> None:
    letters = "http://localhost:8000/brevladan/"
    assert welcome(
        url="http://localhost:8000",
        login_url="http://localhost:8000/logga-in/",
        letters_url=letters,
        logins=[("coach", "coach@example.org"), ("participant", "anna@example.org")],
    ).split("\n") == [
        "",
        "RegAI answers at http://localhost:8000   (Ctrl-C stops it)",
        "",
        "Log in at http://localhost:8000/logga-in/ with one of these addresses.",
        f"No letter leaves this computer: the log-in code is in Brevlådan, {letters}",
        "",
        "  coach        coach@example.org",
        "  participant  anna@example.org",
        "",
    ]
