"""``manage.py upgrade``: bring production's database to this version."""

import sys
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import DatabaseError

from regai.starting.place import CannotStart
from regai.starting.preflight import (
    refuse_example,
    refuse_wrong_database,
    refuse_wrong_disk,
    refuse_wrong_settings,
    sentence_of,
)

REFUSED = 2


class Command(BaseCommand):
    """Migrates and loads the reference data; may run as often as one likes.

    What is in the way is said in a sentence on standard error, with exit status 2.
    """

    help = "Migrate the database and load the reference data of this version."
    requires_system_checks = []

    def handle(self, *_: Any, **__: Any) -> None:
        try:
            refuse_example()
            refuse_wrong_settings()
            refuse_wrong_disk(settings.VAR_DIR.resolve())
            refuse_wrong_database(may_be_older=True)
        except CannotStart as reason:
            self.stderr.write(str(reason))
            sys.exit(REFUSED)
        try:
            call_command("migrate", interactive=False, verbosity=0, stdout=self.stdout)
            call_command("load_reference", stdout=self.stdout)
        except DatabaseError as wrong:
            self.stderr.write(f"The upgrade stopped: {sentence_of(wrong)}")
            sys.exit(REFUSED)
        self.stdout.write("The database is of this version.")
