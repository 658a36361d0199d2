"""``manage.py check_invariants``: what must never be; read-only, exit status 2 if it is."""

import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from typing import Any

from django.core.management.base import BaseCommand

from outbox.queries import letters_given_up
from regai.invariants import PARTS, violations

VIOLATED = 2


class Command(BaseCommand):
    """Prints a line for each violation, then how many there were, and notes for a person."""

    help = "Look for what must never be: seats, fees, ledger, letters, votes, states, history."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "parts", nargs="*", metavar="PART", help=f"only these of: {', '.join(PARTS)}"
        )

    def handle(self, *_: Any, parts: Sequence[str], **__: Any) -> None:
        if unknown := [part for part in parts if part not in PARTS]:
            self.stderr.write(f"{', '.join(unknown)}: no such part; there are {', '.join(PARTS)}.")
            sys.exit(1)
        chosen = parts or tuple(PARTS)
        number = 0
        for number, found in enumerate(violations(chosen), start=1):  # noqa: B007 -- the last number
            self.stdout.write(f"{found.part}: {found.what}")
        if "letters" in chosen and (given_up := letters_given_up().count()):
            self.stdout.write(f"note: {given_up} letters were given up; staff see which")
        self.stdout.write(f"{number} violations in {', '.join(chosen)}.")
        if number:
            sys.exit(VIOLATED)
