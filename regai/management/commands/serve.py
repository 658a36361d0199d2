"""``manage.py serve web|worker|beat``: one process of production, once all is in order."""

import os
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import connections
from django.utils import timezone

from regai.starting.commands import SERVICES, Sizes, production
from regai.starting.place import CannotStart
from regai.starting.preflight import (
    refuse_example,
    refuse_unbuilt,
    refuse_wrong_clock,
    refuse_wrong_database,
    refuse_wrong_disk,
    refuse_wrong_settings,
)

REFUSED = 2


class Command(BaseCommand):
    """Looks at settings, database and disk, and becomes the process that was asked for.

    What is wrong is said in a sentence on standard error, with exit status 2. A broker that is
    away is not wrong: the site does without, and the letters wait.
    """

    help = "Run one process of production; docs/operations.md says which and how."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("service", choices=SERVICES)

    def handle(self, *_: Any, service: str, **__: Any) -> None:
        folder = Path(settings.VAR_DIR).resolve()
        try:
            refuse_example()
            refuse_wrong_settings()
            refuse_unbuilt()
            refuse_wrong_database(may_be_older=False)
            refuse_wrong_clock(now=timezone.now())
            refuse_wrong_disk(folder)
        except CannotStart as reason:
            self.stderr.write(str(reason))
            sys.exit(REFUSED)
        connections.close_all()
        words = production(Sizes.told_by(settings.ENV), folder=folder)[service]
        os.chdir(settings.BASE_DIR)
        sys.stdout.flush()
        sys.stderr.flush()
        os.execv(words[0], words)  # noqa: S606 -- our own words, no shell
