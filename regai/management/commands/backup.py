"""``manage.py backup FILE``: the database and the uploads as they are now, in one file."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from regai.safekeeping import back_up
from regai.starting.place import CannotStart

REFUSED = 2


class Command(BaseCommand):
    """Says how much was kept; what is wrong is a sentence with exit status 2, and no file."""

    help = "Write all tables and uploads into one file; the site may be in use. No keys are in it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="for instance regai-2026-11-29.backup")

    def handle(self, *_: Any, file: Path, **__: Any) -> None:
        if file.exists():
            self.stderr.write(f"{file} is there already: name another file.")
            sys.exit(REFUSED)
        try:
            held = back_up(file)
        except CannotStart as reason:
            self.stderr.write(str(reason))
            sys.exit(REFUSED)
        except OSError as wrong:
            self.stderr.write(f"{file} cannot be written ({wrong.strerror}). Nothing was kept.")
            sys.exit(REFUSED)
        rows = sum(kept.rows for kept in held.values())
        self.stdout.write(f"{rows} rows of {len(held)} tables are kept in {file}.")
