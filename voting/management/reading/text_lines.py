"""The lines of a text file one at a time, so that its size does not matter."""

from collections.abc import Iterator
from pathlib import Path

from ground.reading import Malformed

LONGEST_LINE = 1 << 20
"""Bytes."""


def text_lines(file: Path) -> Iterator[tuple[int, str]]:
    """Yield the number of each line, from 1, and its text without the line break.

    :raises Malformed: if a line is not UTF-8, or longer than a line can be.
    """
    with file.open("rb") as stream:
        number = 0
        while raw := stream.readline(LONGEST_LINE):
            number += 1
            if len(raw) == LONGEST_LINE:
                raise Malformed([f"line {number}: expected at most {LONGEST_LINE} bytes"])
            try:
                text = raw.decode("utf-8-sig" if number == 1 else "utf-8")
            except UnicodeDecodeError as wrong:
                fault = f"line {number}: expected UTF-8 text, found {wrong.reason}"
                raise Malformed([fault]) from wrong
            yield number, text.rstrip("\r\n")
