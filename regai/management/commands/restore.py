"""``manage.py restore FILE``: what ``backup`` wrote, into an empty database of the same version."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from regai.safekeeping import restore
from regai.starting.place import CannotStart

REFUSED = 2


class Command(BaseCommand):
    """Restores everything or, with a sentence and exit status 2, nothing."""

    help = "Fill an empty, upgraded database from a backup, and put the uploads back."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="what manage.py backup wrote")

    def handle(self, *_: Any, file: Path, **__: Any) -> None:
        try:
            held = restore(file)
        except CannotStart as reason:
            self.stderr.write(str(reason))
            sys.exit(REFUSED)
        except OSError as wrong:
            self.stderr.write(f"{file} cannot be restored ({wrong.strerror}).")
            sys.exit(REFUSED)
        rows = sum(kept.rows for kept in held.values())
        self.stdout.write(
            f"{rows} rows of {len(held)} tables are restored. Look at letters that wait, and run"
            " manage.py check_invariants, before the site starts."
        )
