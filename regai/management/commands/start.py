"""``manage.py start``: the whole example site on one computer."""

import multiprocessing
import os
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import connections
from django.utils import timezone

from regai.messages.compiling import compile_stale
from regai.starting.commands import commands
from regai.starting.database import prepare
from regai.starting.place import CannotStart, forget, free_port, own_folder
from regai.starting.supervisor import run_together
from regai.starting.welcome import LETTERS_PATH, LOGIN_PATH, greet, welcome

REFUSED = 2


class Command(BaseCommand):
    """Checks the place, prepares the data, and runs web, worker and beat until Ctrl-C.

    What is in the way is said in one sentence, with exit status 2, before anything is changed.
    """

    requires_system_checks = []  # they take half a second, and the example has its own keys
    help = "Start the example site: web, worker and beat together. PORT chooses the port."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--reset", action="store_true", help="forget the example's data and do not start"
        )

    def handle(self, *_: Any, reset: bool, **options: Any) -> None:  # noqa: ARG002 -- Django's own
        folder = Path(settings.VAR_DIR).resolve()
        try:
            status = self._reset(folder) if reset else self._start(folder)
        except CannotStart as reason:
            self.stderr.write(str(reason))
            status = REFUSED
        except KeyboardInterrupt:
            status = 0
        sys.exit(status)

    def _reset(self, folder: Path) -> int:
        if not settings.EXAMPLE_MODE or os.environ.get("DATABASE_URL"):
            raise CannotStart("Only the example under var/ is forgotten: unset DATABASE_URL first.")
        with own_folder(folder):
            forget(folder)
        self.stdout.write(f"The example in {folder} is forgotten. make run starts over.")
        return 0

    def _start(self, folder: Path) -> int:
        if not settings.EXAMPLE_MODE:
            raise CannotStart(
                "start is for the example. docs/operations.md says how production runs."
            )
        port = free_port(os.environ.get("PORT") or "8000")
        with own_folder(folder):
            try:
                compile_stale(settings.BASE_DIR / "locale")
            except OSError as wrong:
                raise CannotStart(
                    f"{wrong.filename} cannot be written: {wrong.strerror}."
                ) from wrong
            prepare(folder=folder, today=timezone.localdate(), say=self.stdout.write)
            multiprocessing.Process(target=greet, args=(port, self._welcome()), daemon=True).start()
            return run_together(
                commands(port=port, folder=folder),
                cwd=settings.BASE_DIR,
                env={**os.environ, "PORT": str(port), "REGAI_VAR": str(folder)},
                say=self.stdout.write,
            )

    def _welcome(self) -> str:
        from regai.example.people import logins  # noqa: PLC0415 -- only the example has them

        url = settings.SITE_URL
        text = welcome(
            url=url,
            login_url=url + LOGIN_PATH,
            letters_url=url + LETTERS_PATH,
            logins=logins(),
        )
        connections.close_all()  # nothing open may be carried into another process
        return text
