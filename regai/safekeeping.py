"""The whole site in one file, and back: every table as it was at one moment, and the uploads.

Needs no program of PostgreSQL's and goes between its versions. ``manifest.json`` in the file names
the migrations, and for each table how many rows it has and a digest of them; what is restored is
held against it before it counts. The keys are not in it: they are kept apart.
"""

import json
import os
import shutil
import tarfile
import zlib
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryDirectory
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.migrations.recorder import MigrationRecorder
from psycopg import sql

from accounts.models import User
from cohorts.models import Interest
from regai.starting.place import CannotStart

MANIFEST, TABLES, FILES = "manifest.json", "tables", "files"
FORMAT = 1
BLOCK_BYTES = 1024 * 1024
DIGEST = """
SELECT count(*), coalesce(md5(string_agg(one::text, '|' ORDER BY one::text COLLATE "C")), '')
FROM {} AS one
"""


@dataclass(frozen=True, slots=True)
class Kept:
    """What a table holds: how many rows, and a digest of all of them in no order."""

    rows: int
    digest: str


def back_up(file: Path) -> dict[str, Kept]:
    """Write the site into ``file``, readable by its owner only; return what each table holds.

    Everything is of one moment, and the site may be in use. The file is there whole or not at all.

    :raises CannotStart: if the database is no PostgreSQL.
    :raises OSError: if the file cannot be written.
    """
    _refuse_sqlite()
    unfinished = file.with_name(f".{file.name}.unfinished")
    try:
        with tarfile.open(unfinished, "w:gz") as archive:
            unfinished.chmod(0o600)
            held = _tables_into(archive)
            folder = Path(settings.VAR_DIR) / FILES
            if folder.is_dir():
                archive.add(folder, arcname=FILES)
            _manifest_into(archive, held)
        with unfinished.open("rb") as written:
            os.fsync(written.fileno())
        unfinished.rename(file)
    finally:
        unfinished.unlink(missing_ok=True)
    return held


def restore(file: Path) -> dict[str, Kept]:
    """Fill an empty database of the same version from ``file``, and put the uploads back.

    All or nothing: each table is counted and its digest compared before the commit.

    :raises CannotStart: if the file is none of ours, of another version or damaged, or if the
        database holds people already.
    """
    _refuse_sqlite()
    try:
        with tarfile.open(file) as archive, TemporaryDirectory(prefix="regai-") as room:
            archive.extractall(room, filter="data")
            folder = Path(room)
            manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
            _refuse_other_version(manifest)
            held = {name: Kept(**kept) for name, kept in manifest["tables"].items()}
            _fill(folder / TABLES, held)
            _put_back(folder / FILES, Path(settings.VAR_DIR) / FILES)
    except (tarfile.TarError, zlib.error, KeyError, TypeError, ValueError, EOFError) as wrong:
        raise CannotStart(f"{file} is not a backup of RegAI, or it is damaged.") from wrong
    return held


def _tables() -> list[str]:
    """Return the tables of every model, those between two models too; not the migrations'."""
    models = apps.get_models(include_auto_created=True)
    return sorted(model._meta.db_table for model in models if model._meta.managed)  # noqa: SLF001 -- Django's name


def _migrations() -> list[str]:
    return sorted(".".join(name) for name in MigrationRecorder(connection).applied_migrations())


def _held(cursor: CursorWrapper, name: str) -> Kept:
    cursor.execute(sql.SQL(DIGEST).format(sql.Identifier(name)))
    rows, digest = cursor.fetchone()
    return Kept(rows, digest)


def _tables_into(archive: tarfile.TarFile) -> dict[str, Kept]:
    held = {}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        for name in _tables():
            held[name] = _held(cursor, name)
            with NamedTemporaryFile(prefix="regai-") as rows:
                told = sql.SQL("COPY {} TO STDOUT").format(sql.Identifier(name))
                with cursor.copy(told) as copy:
                    for block in copy:
                        rows.write(block)
                rows.flush()
                archive.add(rows.name, arcname=f"{TABLES}/{name}")
    return held


def _manifest_into(archive: tarfile.TarFile, held: dict[str, Kept]) -> None:
    manifest = {
        "format": FORMAT,
        "migrations": _migrations(),
        "tables": {name: asdict(kept) for name, kept in held.items()},
    }
    with NamedTemporaryFile("w", prefix="regai-", encoding="utf-8") as told:
        json.dump(manifest, told, indent=1)
        told.flush()
        archive.add(told.name, arcname=MANIFEST)


def _fill(folder: Path, held: dict[str, Kept]) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        if User.objects.exists() or Interest.objects.exists():
            raise CannotStart(
                "The database holds people already: nothing was restored. Name an empty one."
            )
        every = sql.SQL(", ").join(sql.Identifier(name) for name in held)
        cursor.execute(sql.SQL("TRUNCATE {}").format(every))
        for name, kept in held.items():
            told = sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(name))
            with (folder / name).open("rb") as rows, cursor.copy(told) as copy:
                while block := rows.read(BLOCK_BYTES):
                    copy.write(block)
            if _held(cursor, name) != kept:
                raise CannotStart(f"{name} came out different: nothing was restored.")
        for reset in connection.ops.sequence_reset_sql(no_style(), [*apps.get_models()]):
            cursor.execute(reset)


def _put_back(kept: Path, folder: Path) -> None:
    """Copy uploads that are not there yet; none is replaced."""
    if kept.is_dir():
        for file in kept.rglob("*"):
            there = folder / file.relative_to(kept)
            if file.is_file() and not there.exists():
                there.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(file, there)


def _refuse_sqlite() -> None:
    if connection.vendor != "postgresql":
        raise CannotStart("This keeps PostgreSQL. In the example, stop the site and copy var/.")


def _refuse_other_version(manifest: dict[str, Any]) -> None:
    there = _migrations()
    if manifest["format"] != FORMAT or manifest["migrations"] != there:
        other = sorted(set(manifest["migrations"]) ^ set(there))
        raise CannotStart(
            f"The backup is of another version ({', '.join(other[:3]) or 'format'}): install that"
            " version, restore, and upgrade then. Nothing was restored."
        )
