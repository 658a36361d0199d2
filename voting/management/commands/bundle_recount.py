"""``manage.py bundle_recount``: write ``recount.py`` anew after a change to the counting code."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from voting.management.bundling import TARGET, bundle

STALE = 1


class Command(BaseCommand):
    """Writes the file that is offered for download, or only says whether it is up to date."""

    help = "Write recount.py from the counting code."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing, fail if stale")

    def handle(self, *_: Any, check: bool, **__: Any) -> None:
        text = bundle()
        if not check:
            TARGET.write_text(text, encoding="utf-8")
        elif TARGET.read_text(encoding="utf-8") != text:
            self.stderr.write(f"{TARGET.name} is stale: run manage.py bundle_recount")
            sys.exit(STALE)
