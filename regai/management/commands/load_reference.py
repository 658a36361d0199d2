"""``manage.py load_reference``: municipalities, places, programmes, courses, exchange rates."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ground.reading import Malformed
from regai import reference


class Command(BaseCommand):
    """Brings the tables in line with ``regai/reference``. May run as often as it likes."""

    help = "Load the reference data; run again after a change in regai/reference."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--programme",
            type=Path,
            help="a YAML file that describes your own programme (shape: successor.yaml)",
        )

    def handle(self, *_: Any, programme: Path | None, **__: Any) -> None:
        try:
            loaded = reference.load(own_programme=programme)
        except Malformed as refused:
            raise CommandError("\n".join(refused.faults)) from refused
        for part in loaded:
            self.stdout.write(f"{part.rows} {part.what}: {part.new} new, {part.changed} changed.")
