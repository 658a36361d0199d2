"""The database as the site needs it: migrated, with reference data and an example region."""

from collections.abc import Callable
from datetime import date
from io import StringIO
from pathlib import Path

from django.core.management import CommandError, call_command
from django.db import DatabaseError, DataError, IntegrityError, connection, connections
from django.db.migrations.executor import MigrationExecutor

from accounts.models import User
from cohorts.models import Interest
from regai.starting.place import LOADING, CannotStart, forget

EXAMPLE = "1"


def prepare(*, folder: Path, today: date, say: Callable[[str], None]) -> None:
    """Bring the database up to date and, if it is empty, load the example; keep what is there.

    Loading is not one transaction. A mark in the folder tells the next start that it was cut
    off; the half-loaded example, which nobody has used, is then loaded again from nothing.

    :raises CannotStart: if the database cannot be reached or written to, refuses the example, or
        holds half of one that is not ours to delete.
    """
    loading = folder / LOADING
    try:
        if loading.exists():
            _forget_half_an_example(folder, say)
        plan = MigrationExecutor(connection)
        if plan.migration_plan(plan.loader.graph.leaf_nodes()):
            say("Preparing the database ...")
            call_command("migrate", interactive=False, verbosity=0)
            call_command("load_reference", stdout=StringIO())
        if not (User.objects.exists() or Interest.objects.exists()):
            say("Loading the example region (about a minute, only this once) ...")
            _load_example(loading, today)
    except (IntegrityError, DataError):
        raise  # our own fault, to be seen whole
    except DatabaseError as wrong:
        raise CannotStart(f"The database cannot be used: {_sentence(wrong)}") from wrong
    finally:
        connections.close_all()


def _load_example(loading: Path, today: date) -> None:
    loading.touch()
    words = ("--number", EXAMPLE, "--day", today.isoformat())
    try:
        call_command("load_example", *words, stdout=StringIO())
    except CommandError as refused:  # it has written nothing
        loading.unlink()
        raise CannotStart(str(refused)) from refused
    loading.unlink()


def _forget_half_an_example(folder: Path, say: Callable[[str], None]) -> None:
    if connection.vendor != "sqlite":
        raise CannotStart(
            "The last start was cut off while it loaded the example. Empty the database that"
            f" DATABASE_URL names, delete {folder / LOADING} and start again."
        )
    say("The last start was cut off while it loaded the example: starting over.")
    forget(folder)


def _sentence(wrong: DatabaseError) -> str:
    """Return the first line of what the database said; it never holds the password."""
    lines = str(wrong).splitlines() or [type(wrong).__name__]
    return lines[0].rstrip(".:") + ". Look at DATABASE_URL, or leave it unset to use SQLite."
