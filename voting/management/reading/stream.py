"""JSON read piece by piece, so that a file of a million ballots is never in memory at once.

The stream knows where it stands: the line, for whoever has to mend the file, and the byte, so
that a part can be read again later. It reads small values whole with the standard decoder and
walks through objects and lists itself.
"""

import codecs
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple, Self

from ground.reading import Malformed

READ_BYTES = 1 << 16
LARGEST_VALUE = 1 << 24
"""Characters in one value that is read whole."""
SPACE = " \t\r\n"


class Mark(NamedTuple):
    """A place in the file: bytes before it, and its line."""

    byte: int = 0
    line: int = 1


START = Mark()


class JsonStream:
    """A JSON file from a mark onwards. Use it as a context: it holds the file open."""

    def __init__(self, file: Path, mark: Mark = START) -> None:
        self._file = file.open("rb")
        self._file.seek(mark.byte)
        self._mark = mark
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._json = json.JSONDecoder(parse_constant=_refuse, object_pairs_hook=_once)
        self._text = ""
        self._at = 0
        self._began = 0
        self._ended = False
        if mark.byte == 0 and self._file.read(len(codecs.BOM_UTF8)) != codecs.BOM_UTF8:
            self._file.seek(0)
        elif mark.byte == 0:
            self._mark = Mark(len(codecs.BOM_UTF8))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    @property
    def line(self) -> int:
        """Return the line that the next character stands on."""
        return self._mark.line + self._text.count("\n", 0, self._at)

    @property
    def began(self) -> int:
        """Return the line that the last value began on."""
        return self._mark.line + self._text.count("\n", 0, self._began)

    def mark(self) -> Mark:
        """Return this place, to come back to."""
        return Mark(self._mark.byte + len(self._text[: self._at].encode("utf-8")), self.line)

    def peek(self) -> str:
        """Return the next character that is not a space, or nothing at the end of the file."""
        while True:
            text = self._text
            while self._at < len(text) and text[self._at] in SPACE:
                self._at += 1
            if self._at < len(text):
                return text[self._at]
            if not self._more():
                return ""

    def value(self) -> Any:
        """Return the next value whole."""
        if not self.peek():
            self.refuse("a value")
        size = READ_BYTES
        last = ("", 0)
        while True:
            fault = ("", 0)
            try:
                value, end = self._json.raw_decode(self._text, self._at)
            except json.JSONDecodeError as wrong:
                fault = (wrong.msg, wrong.pos - self._at)
            except (ValueError, RecursionError) as wrong:
                raise Malformed([f"line {self.line}: expected JSON, found {wrong}"]) from wrong
            else:
                if end < len(self._text) or self._ended:
                    self._began, self._at = self._at, end
                    return value
            # What is cut off by the end of the piece moves when there is more; a fault stays.
            stays = fault[0] and fault == last and not fault[0].startswith("Unterminated")
            if self._ended or stays:
                self._at += fault[1]
                raise Malformed([f"line {self.line}: expected JSON, found a fault: {fault[0]}"])
            if len(self._text) - self._at > LARGEST_VALUE:
                self.refuse(f"a value of at most {LARGEST_VALUE} characters")
            last = fault
            self._more(size)
            size *= 2

    def fields(self) -> Iterator[str]:
        """Yield each name in the object that comes next; whoever asks reads its value.

        :raises Malformed: if it is no object, or names something twice.
        """
        seen = set()
        for _ in self._listed("{", "}", "an object"):
            if self.peek() != '"':
                self.refuse("a name in quotation marks")
            name = self.value()
            if name in seen:
                raise Malformed(
                    [f'line {self.line}: expected each name once, found "{name}" twice']
                )
            seen.add(name)
            if self.peek() != ":":
                self.refuse("a colon")
            self._at += 1
            yield name

    def items(self) -> Iterator[int]:
        """Yield the index of each value in the list that comes next; whoever asks reads it."""
        return self._listed("[", "]", "a list")

    def end(self) -> None:
        """Refuse anything but the end of the file."""
        if self.peek():
            self.refuse("the end of the file")

    def refuse(self, expected: str) -> None:
        """End the reading here.

        :raises Malformed: always.
        """
        found = self.peek()
        raise Malformed([f"line {self.line}: expected {expected}, found {found or 'the end'}"])

    def _listed(self, opening: str, closing: str, expected: str) -> Iterator[int]:
        if self.peek() != opening:
            self.refuse(expected)
        self._at += 1
        if self.peek() == closing:
            self._at += 1
            return
        index = 0
        while True:
            yield index
            index += 1
            following = self.peek()
            if following not in {",", closing}:
                self.refuse(f"a comma or {closing}")
            self._at += 1
            if following == closing:
                return

    def _more(self, size: int = READ_BYTES) -> bool:
        """Read on; forget what has been gone through. Return whether there was anything."""
        self._mark = self.mark()
        self._text = self._text[self._at :]
        self._at = self._began = 0
        if self._ended:
            return False
        raw = self._file.read(size)
        self._ended = not raw
        try:
            self._text += self._decoder.decode(raw, final=self._ended)
        except UnicodeDecodeError as wrong:
            line = self._mark.line + self._text.count("\n") + raw.count(b"\n", 0, wrong.start)
            raise Malformed([f"line {line}: expected UTF-8 text, found {wrong.reason}"]) from wrong
        return bool(raw)


def _refuse(word: str) -> None:
    raise ValueError(word)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name twice in one object")
    return found
