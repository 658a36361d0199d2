"""Whether production may run here: its settings, its database and its disk, each in a sentence."""

import os
import shutil
import uuid
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core import checks
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from regai.starting.place import CannotStart, make_folders

CLOCKS_DIFFER_BY = timedelta(minutes=1)
LEAST_FREE_BYTES = 100 * 1024 * 1024
MANIFEST = "staticfiles.json"


def refuse_example() -> None:
    """Stop what belongs to production.

    :raises CannotStart: if the site is set to be an example.
    """
    if settings.EXAMPLE_MODE:
        raise CannotStart(
            "This runs production: set REGAI_MODE=production. The example starts with: make run"
        )


def refuse_wrong_settings() -> None:
    """Stop on what the system checks call an error.

    :raises CannotStart: with a sentence for each.
    """
    found = [fault for fault in checks.run_checks() if fault.is_serious()]
    if found:
        raise CannotStart(" ".join(str(fault.msg) for fault in found))


def refuse_wrong_database(*, may_be_older: bool) -> None:
    """Stop unless the database answers and is of this version; ``may_be_older``: or can become so.

    :raises CannotStart: if it does not answer, or was upgraded by a newer version, or is older.
    """
    try:
        connection.ensure_connection()
        executor = MigrationExecutor(connection)
        applied = set(executor.loader.applied_migrations)
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as wrong:
        raise CannotStart(f"The database cannot be used: {sentence_of(wrong)}") from wrong
    known = {*executor.loader.disk_migrations, *executor.loader.replacements}
    apps = executor.loader.migrated_apps
    if unknown := sorted(name for name in applied - known if name[0] in apps):
        raise CannotStart(
            f"The database was upgraded by a newer version ({'.'.join(unknown[-1])} is not known"
            " here): start that version, or restore the backup made before the upgrade."
        )
    if pending and not may_be_older:
        first = pending[0][0]
        raise CannotStart(
            f"The database is of an older version ({first.app_label}.{first.name} is missing):"
            " run manage.py upgrade first."
        )


def refuse_wrong_clock(*, now: datetime) -> None:
    """Stop if this machine's clock and the database's tell different times.

    Deadlines, links in letters and leases are laid out by the one and looked up by the other.

    :raises CannotStart: if they differ by more than a minute.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        (there,) = cursor.fetchone()
    apart = abs(now - there)
    if apart > CLOCKS_DIFFER_BY:
        minutes = round(apart.total_seconds() / 60)
        raise CannotStart(
            f"The clock here is {minutes} minutes {'ahead of' if now > there else 'behind'} the"
            " database's: set both by NTP, and start again."
        )


def refuse_wrong_disk(folder: Path) -> None:
    """Stop unless uploads can be written, with some room left.

    :raises CannotStart: if they cannot.
    """
    probe = folder / "files" / f".probe-{uuid.uuid4().hex}"
    try:
        make_folders(folder)
        with probe.open("wb") as file:
            file.write(b"x" * 4096)
            file.flush()
            os.fsync(file.fileno())
        free = shutil.disk_usage(folder).free
    except OSError as wrong:
        raise CannotStart(
            f"Nothing can be written to {folder} ({wrong.strerror}): make room there, or set"
            " REGAI_VAR to a folder that can."
        ) from wrong
    finally:
        _forget(probe)
    if free < LEAST_FREE_BYTES:
        raise CannotStart(
            f"The disk of {folder} has only {free // 1024 // 1024} MB left: make room first."
        )


def refuse_unbuilt() -> None:
    """Stop unless the pages' style and their English have been made.

    :raises CannotStart: if they have not.
    """
    if not (Path(settings.STATIC_ROOT) / MANIFEST).exists():
        raise CannotStart(
            f"{settings.STATIC_ROOT} holds no style: run manage.py collectstatic first."
        )
    if not (settings.BASE_DIR / "locale/en/LC_MESSAGES/django.mo").exists():
        raise CannotStart("The English texts are not compiled: run manage.py messages --compile.")


def sentence_of(wrong: Exception) -> str:
    """Return the first line of what the database said; it never holds the password."""
    lines = str(wrong).splitlines() or [type(wrong).__name__]
    return lines[0].rstrip(".:") + ". Look at DATABASE_URL."


def _forget(probe: Path) -> None:
    try:
        probe.unlink(missing_ok=True)
    except OSError:
        pass  # the folder is not there, which has just been said
