"""Production refuses to start on what is wrong, in one sentence; and it starts when all is well."""

import base64
import os
import resource
import subprocess
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.test import override_settings
from django.utils import timezone

from regai.checks import keys_are_usable
from regai.environment import Environment, database, redis_url
from regai.starting.keys import new_keys, stand_ins
from regai.starting.place import CannotStart
from regai.starting.preflight import (
    refuse_example,
    refuse_unbuilt,
    refuse_wrong_clock,
    refuse_wrong_database,
    refuse_wrong_disk,
)
from tests.prodlike import ROOT, Site, command

REFUSED = 2
NEWEST = ("accounts", "0999_of_a_newer_version")
# So that a part of a test that has been broken says so instead of waiting.
ENDS_WITHIN_SECONDS = 60


def refused(*words: str, **env: str) -> tuple[int, list[str]]:
    """Return the exit status of a command of manage.py and the lines on its standard error."""
    told = {"PATH": os.environ["PATH"], **env}
    ended = subprocess.run(  # noqa: S603 -- our own words
        command("manage.py", *words),
        env=told,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=ENDS_WITHIN_SECONDS,
    )
    return ended.returncode, ended.stderr.splitlines()


def production(**named: str) -> Environment:
    return Environment({**stand_ins(), **named})


# --- settings ---


@pytest.mark.pure
def test_all_that_is_missing_is_said_in_one_sentence() -> None:
    status, said = refused("serve", "web", REGAI_MODE="production")
    names = [name for name in stand_ins() if name != "REGAI_MODE"]
    assert status == REFUSED
    assert len(said) == 1
    assert said[0].endswith(" must be set in production: see docs/operations.md.")
    assert [name for name in names if name not in said[0]] == []


@pytest.mark.pure
def test_a_command_of_djangos_own_shows_no_trace_either() -> None:
    status, said = refused("migrate", REGAI_MODE="production")
    assert (status, len(said)) == (REFUSED, 1)


@pytest.mark.pure
def test_a_database_that_does_not_answer_is_said_in_one_sentence_without_its_password(
    tmp_path: Path,
) -> None:
    env = stand_ins() | {"DATABASE_URL": "postgres://regai:hemligt@127.0.0.1:1/regai"}
    status, said = refused("upgrade", **env, REGAI_VAR=str(tmp_path))
    assert (status, len(said)) == (REFUSED, 1)
    assert said[0].startswith("The database cannot be used: ")
    assert "hemligt" not in said[0]


@pytest.mark.pure
@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("nonsense", "DATABASE_URL cannot be read"),
        ("postgres://host:port/name", "DATABASE_URL cannot be read"),
        ("sqlite:////srv/regai.sqlite3", "DATABASE_URL must name a PostgreSQL database"),
        ("mysql://user@host/name", "DATABASE_URL must name a PostgreSQL database"),
        ("postgres://user@host", "DATABASE_URL names no database"),
    ],
)
def test_a_wrong_database_url_is_refused(url: str, sentence: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=sentence):
        database(production(DATABASE_URL=url), Path("var"))


@pytest.mark.pure
@pytest.mark.parametrize("url", ["127.0.0.1:6379", "http://redis:6379", "amqp://host"])
def test_a_wrong_redis_url_is_refused(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="REDIS_URL must look like"):
        redis_url(production(REDIS_URL=url))


@pytest.mark.pure
@pytest.mark.parametrize("value", ["many", "-1", "1.5", "٣"])
def test_a_number_that_is_none_is_refused(value: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"REGAI_LIMIT_FORMS is .* from 0"):
        production(REGAI_LIMIT_FORMS=value).number("REGAI_LIMIT_FORMS", 60)


@pytest.mark.pure
def test_spaces_are_no_value() -> None:
    env = production(REGAI_CONTROLLER="   ")
    assert (env.needed("REGAI_CONTROLLER", "x"), env.missing) == ("", ["REGAI_CONTROLLER"])


def faults(**changed: Any) -> list[str | None]:
    """Return the ids of what the checks find in production's settings with some changed."""
    keys = new_keys()
    good = {
        "EXAMPLE_MODE": False,
        "SECRET_KEY": keys["REGAI_SECRET_KEY"],
        "LOOKUP_KEY": keys["REGAI_LOOKUP_KEY"],
        "RECEIPT_KEY": keys["REGAI_RECEIPT_KEY"],
        "SEALING_KEYS": [keys["REGAI_SEALING_KEYS"]],
        "SITE_URL": "https://regai.example",
        "ALLOWED_HOSTS": ["regai.example"],
    }
    with override_settings(**{**good, **changed}):
        return [fault.id for fault in keys_are_usable()]


@pytest.mark.pure
@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({}, []),
        ({"SECRET_KEY": "example-mode-only-" + "insecure" * 5}, ["regai.E003"]),
        ({"SECRET_KEY": "change-me-" + "x" * 50}, ["regai.E003"]),
        ({"SECRET_KEY": "a1b2c3d4e5" * 4}, ["regai.E002"]),
        ({"LOOKUP_KEY": "x" * 64}, ["regai.E002"]),
        ({"SEALING_KEYS": ["short"]}, ["regai.E001"]),
        (
            {
                "SEALING_KEYS": [
                    base64.urlsafe_b64encode(b"example-mode-only-not-a-secret-!").decode()
                ]
            },
            ["regai.E003"],
        ),
        ({"SITE_URL": "http://regai.example"}, ["regai.E005"]),
        ({"ALLOWED_HOSTS": ["*"]}, ["regai.E006"]),
        ({"EMAIL_USE_TLS": True, "EMAIL_USE_SSL": True}, ["regai.E007"]),
    ],
)
def test_a_secret_must_be_one(changed: dict[str, Any], found: list[str]) -> None:
    assert faults(**changed) == found


@pytest.mark.pure
def test_two_secrets_may_not_be_the_same() -> None:
    same = new_keys()["REGAI_SECRET_KEY"]
    assert faults(LOOKUP_KEY=same, RECEIPT_KEY=same) == ["regai.E004"]


@pytest.mark.pure
def test_django_finds_nothing_to_warn_of_in_production() -> None:
    status, said = refused("check", "--deploy", "--fail-level", "WARNING", **stand_ins())
    assert (status, said) == (0, [])


@pytest.mark.pure
def test_what_belongs_to_production_does_not_run_in_the_example() -> None:
    with pytest.raises(CannotStart, match="set REGAI_MODE=production"):
        refuse_example()


# --- database and disk ---


@pytest.mark.django_db
def test_a_database_of_this_version_is_taken() -> None:
    refuse_wrong_database(may_be_older=False)


@pytest.mark.django_db
@pytest.mark.parametrize("may_be_older", [True, False])
def test_a_database_of_a_newer_version_is_refused(*, may_be_older: bool) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES (%s, %s, '2030-01-01')",
            NEWEST,
        )
    with pytest.raises(CannotStart, match=r"newer version \(accounts.0999_of_a_newer_version"):
        refuse_wrong_database(may_be_older=may_be_older)


@pytest.mark.django_db
def test_a_database_of_an_older_version_is_refused_by_all_but_the_upgrade() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'sessions'")
    with pytest.raises(CannotStart, match=r"older version \(sessions.0001_initial is missing\)"):
        refuse_wrong_database(may_be_older=False)
    refuse_wrong_database(may_be_older=True)


@pytest.mark.postgresql
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("off_by", "sentence"),
    [
        (timedelta(hours=1), r"60 minutes ahead of the database's: set both by NTP"),
        (-timedelta(hours=1), r"60 minutes behind the database's: set both by NTP"),
        (timedelta(minutes=2), "2 minutes ahead of"),
    ],
)
def test_a_clock_that_is_off_is_refused(off_by: timedelta, sentence: str) -> None:
    with pytest.raises(CannotStart, match=sentence):
        refuse_wrong_clock(now=timezone.now() + off_by)


@pytest.mark.postgresql
@pytest.mark.django_db
def test_a_clock_that_is_right_is_taken() -> None:
    refuse_wrong_clock(now=timezone.now())


@pytest.mark.pure
def test_a_folder_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(CannotStart, match=r"Nothing can be written to .*/file/var \(Not a dir"):
        refuse_wrong_disk(tmp_path / "file" / "var")


@pytest.mark.pure
def test_a_disk_that_takes_nothing_is_refused(tmp_path: Path) -> None:
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1024, usual[1]))
    try:
        with pytest.raises(CannotStart, match=r"Nothing can be written to .* \(File too large\)"):
            refuse_wrong_disk(tmp_path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)
    assert list((tmp_path / "files").iterdir()) == []


@pytest.mark.pure
def test_a_disk_with_room_is_taken_and_left_as_it_was(tmp_path: Path) -> None:
    refuse_wrong_disk(tmp_path)
    assert list((tmp_path / "files").iterdir()) == []


@pytest.mark.pure
def test_pages_without_style_are_not_served(tmp_path: Path) -> None:
    with override_settings(STATIC_ROOT=tmp_path), pytest.raises(CannotStart, match="collectstatic"):
        refuse_unbuilt()


# --- the whole site ---


@pytest.mark.postgresql
def test_an_upgrade_may_run_again(site: Site) -> None:
    again = site.run("upgrade")
    assert (again.returncode, again.stderr) == (0, "")
    assert again.stdout.splitlines()[-1] == "The database is of this version."


@pytest.mark.postgresql
def test_nothing_is_violated_on_a_fresh_site(fresh_site: Site) -> None:
    checked = fresh_site.run("check_invariants")
    assert (checked.returncode, checked.stderr) == (0, "")
    assert checked.stdout.startswith("0 violations in seats, ")


@pytest.mark.postgresql
def test_a_process_refuses_a_database_of_a_newer_version_in_one_sentence(site: Site) -> None:
    with psycopg.connect(site.env["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES (%s, %s, now())", NEWEST
        )
        try:
            refused = site.run("serve", "web")
        finally:
            connection.execute("DELETE FROM django_migrations WHERE name = %s", [NEWEST[1]])
    sentence = (
        "The database was upgraded by a newer version (accounts.0999_of_a_newer_version is not"
        " known here): start that version, or restore the backup made before the upgrade."
    )
    assert (refused.returncode, refused.stderr.splitlines()) == (REFUSED, [sentence])


@pytest.mark.postgresql
def test_a_process_refuses_a_disk_that_takes_nothing_in_one_sentence(site: Site) -> None:
    refused = subprocess.run(  # noqa: S603 -- our own words
        ["sh", "-c", 'ulimit -f 0; exec "$@"', "sh", *command("manage.py", "serve", "beat")],  # noqa: S607 -- found as usual
        env=site.env,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=ENDS_WITHIN_SECONDS,
    )
    assert (refused.returncode, len(refused.stderr.splitlines())) == (REFUSED, 1)
    assert refused.stderr.startswith(f"Nothing can be written to {site.env['REGAI_VAR']} (")


@pytest.mark.postgresql
def test_a_visitor_is_sent_to_https_and_a_health_check_is_not(site: Site) -> None:
    plain = site.ask("/", X_Forwarded_Proto="http")
    assert (plain.status, plain.headers["location"]) == (
        301,
        f"https://localhost:{site.env['PORT']}/",
    )
    assert site.ask("/healthz", X_Forwarded_Proto="http").status == 200


@pytest.mark.postgresql
def test_pages_come_with_their_style_compressed_and_named_by_content(site: Site) -> None:
    page = site.ask("/")
    style = page.text.split('rel="stylesheet" href="')[1].split('"')[0]
    answer = site.ask(style, Accept_Encoding="gzip")
    assert page.status == 200
    assert style.startswith("/static/regai/regai.")
    assert style != "/static/regai/regai.css"
    assert (answer.status, answer.headers["content-encoding"]) == (200, "gzip")
    assert "immutable" in answer.headers["cache-control"]


@pytest.mark.postgresql
@pytest.mark.parametrize("service", ["web", "worker"])
def test_a_process_that_is_well_says_so_to_who_knocks(site: Site, service: str) -> None:
    asked = subprocess.run(  # noqa: S603 -- our own words
        command("regai/starting/knock.py", service),
        env=site.env,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=ENDS_WITHIN_SECONDS,
    )
    assert (asked.returncode, asked.stderr) == (0, "")


@pytest.mark.pure
def test_a_web_process_that_is_gone_is_noticed() -> None:
    asked = subprocess.run(  # noqa: S603 -- our own words
        command("regai/starting/knock.py", "web"),
        env={"PORT": "1"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=ENDS_WITHIN_SECONDS,
    )
    assert (asked.returncode, asked.stderr.split(":")[0]) == (1, "no answer")


@pytest.mark.pure
@pytest.mark.parametrize(("age", "status"), [(0, 0), (700, 1)])
def test_a_beat_whose_schedule_grows_old_is_noticed(tmp_path: Path, age: int, status: int) -> None:
    schedule = tmp_path / "beat-schedule"
    schedule.touch()
    written = schedule.stat().st_mtime - age
    os.utime(schedule, (written, written))
    asked = subprocess.run(  # noqa: S603 -- our own words
        command("regai/starting/knock.py", "beat"),
        env={"REGAI_VAR": str(tmp_path)},
        cwd=ROOT,
        capture_output=True,
        check=False,
        timeout=ENDS_WITHIN_SECONDS,
    )
    assert asked.returncode == status
