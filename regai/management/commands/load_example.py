"""``manage.py load_example``: the invented region, with a history. Example mode only."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cohorts.models import Interest
from cohorts.queries import current_programme
from regai import reference
from regai.example import loading


class Command(BaseCommand):
    """Makes a region to try the product in; the same number and day give the same region."""

    help = "Load the example region into an empty database. Example mode only."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--number", type=int, default=1, help="which region (default 1)")
        parser.add_argument(
            "--day", type=date.fromisoformat, help="what is today in it (default: today)"
        )
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing if there are interests already"
        )

    def handle(self, *_: Any, number: int, day: date | None, if_empty: bool, **__: Any) -> None:
        if not settings.EXAMPLE_MODE:
            raise CommandError("The example region is loaded in example mode only.")
        if Interest.objects.exists():
            if if_empty:
                return
            raise CommandError("There are interests in the database already; nothing was loaded.")
        reference.load()
        programme = current_programme()
        if programme is None or not programme.is_example:
            raise CommandError("A real programme takes interests here; nothing was loaded.")
        told = loading.load(number=number, day=day or timezone.localdate(), programme=programme)
        self.stdout.write(told)
