"""A command that reads one file, prints one JSON result, and refuses a malformed file whole."""

import json
import sys
from abc import abstractmethod
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from ground.reading import Malformed

LARGEST_FILE_BYTES = 512 * 1024 * 1024
REFUSED = 2


class FileCommand(BaseCommand):
    """Runs ``answer`` on a file. Needs no settings, database or system checks.

    A malformed file gives one line per fault on standard error, nothing on standard output and
    exit status 2.
    """

    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the file to read")

    def handle(self, *_: Any, file: Path, **options: Any) -> None:
        try:
            answer = self.answer_file(file, **options)
        except Malformed as refused:
            for fault in refused.faults:
                self.stderr.write(fault)
            sys.exit(REFUSED)
        self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=1))

    def answer_file(self, file: Path, **options: Any) -> Any:
        """Return the result to print as JSON; override it to read a large file piece by piece.

        :raises Malformed: if the file cannot be read.
        """
        return self.answer(_text(file), **options)

    @abstractmethod
    def answer(self, text: str, **options: Any) -> Any:
        """Return the result to print as JSON.

        :raises Malformed: if ``text`` cannot be read.
        """


def _text(file: Path) -> str:
    try:
        if file.stat().st_size > LARGEST_FILE_BYTES:
            raise Malformed([f"{file}: expected at most {LARGEST_FILE_BYTES} bytes"])
        return file.read_text(encoding="utf-8-sig")
    except OSError as wrong:
        raise Malformed([f"{file}: expected a readable file, found {wrong.strerror}"]) from wrong
    except UnicodeDecodeError as wrong:
        raise Malformed([f"{file}: expected UTF-8 text, found byte {wrong.start}"]) from wrong
