"""The access table (access.txt): read, looked up and written out as lines."""

from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

FILE = Path(__file__).with_name("access.txt")
WIDTH = 56


@dataclass(frozen=True, slots=True)
class Line:
    """One line: an address, or several by ``*``, and what each kind of person gets."""

    address: str
    answers: tuple[str, ...]


def _read() -> tuple[tuple[str, ...], list[Line]]:
    written = FILE.read_text(encoding="utf-8").splitlines()
    words = [line.split() for line in written if line.strip() and not line.startswith("#")]
    return tuple(words[0][1:]), [Line(row[0], tuple(row[1:])) for row in words[1:]]


ACTORS, TABLE = _read()


def line_of(address: str) -> Line | None:
    """Return the line about an address: its own, or else the longest with ``*`` that fits."""
    named = "/" + address
    fitting = [
        line for line in TABLE if line.address == named or fnmatchcase(named, _plain(line.address))
    ]
    return max(fitting, key=lambda line: (line.address == named, len(line.address)), default=None)


def answer_for(address: str, actor: str) -> str:
    """Return what the table says that ``actor`` gets; nothing if it has no such line."""
    line = line_of(address)
    return line.answers[ACTORS.index(actor)] if line else ""


def as_line(address: str, answers: Mapping[str, str]) -> str:
    """Return a line of the table as it is to be written."""
    cells = " ".join(f"{answers[actor]:{len(actor)}}" for actor in ACTORS)
    return f"{'/' + address:{WIDTH}} {cells}".rstrip()


def _plain(pattern: str) -> str:
    """Return a pattern in which ``*`` alone is no letter of its own; without one, nothing fits."""
    return pattern.replace("[", "[[]").replace("?", "[?]") if "*" in pattern else ""
