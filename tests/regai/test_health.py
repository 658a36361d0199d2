"""What the site says of its own health, and how it does without Redis and without its database."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.test import Client, override_settings
from django.utils import timezone
from psycopg import sql

from outbox.models import Message
from outbox.rules import LetterState
from regai import breaker, caching
from regai.breaker import Breaker
from regai.caching import ForgivingCache
from regai.health import LETTERS_ARE_LATE_AFTER
from regai.metrics import as_text, numbers
from tests.prodlike import Answer, Site
from tests.regai.stoppable import StoppableRedis

NOBODY_THERE = "redis://127.0.0.1:1/0"
A_MINUTE_SECONDS = 60


def letter(*, late: timedelta, **fields: Any) -> Message:
    due_at = timezone.now() - late
    return Message.objects.create(
        key=f"test/{late}",
        about="test/1",
        to="somebody@example.org",
        language="sv",
        subject="s",
        text="t",
        state=LetterState.WAITING,
        queued_at=due_at,
        **{"next_try_at": due_at, **fields},
    )


def signup(site: Site, name: str) -> Answer:
    """Return the site's answer to a sign-up by ``name``."""
    form = {"name": name, "email": f"{name}@example.org", "company": "Exempelbolaget AB"}
    return site.ask("/anmalan/", form=form | {"place": "umea", "language": "sv"})


def arrived(site: Site, name: str) -> bool:
    """Wait until a letter to ``name`` has arrived; False if it has not in a minute."""
    until = time.monotonic() + A_MINUTE_SECONDS
    while time.monotonic() < until:
        if any(f"To: {name}@example.org" in told for told in site.letters):
            return True
        time.sleep(0.1)
    return False


# --- /healthz and /readyz ---


@pytest.mark.django_db
def test_a_site_in_order_is_ready(client: Client) -> None:
    answer = client.get("/readyz")
    assert (answer.status_code, answer.content) == (200, b"database ok\nbroker ok\nletters ok\n")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("late", "status", "word"),
    [
        (LETTERS_ARE_LATE_AFTER - timedelta(minutes=1), 200, "ok"),
        (LETTERS_ARE_LATE_AFTER + timedelta(minutes=1), 503, "late"),
    ],
)
def test_letters_that_nobody_takes_make_the_site_unready(
    client: Client, late: timedelta, status: int, word: str
) -> None:
    letter(late=late)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.content.decode().splitlines()[2]) == (
        status,
        f"letters {word}",
    )


@pytest.mark.django_db
def test_letters_that_a_mail_server_has_not_taken_for_hours_make_the_site_unready(
    client: Client,
) -> None:
    again_at = timezone.now() + timedelta(hours=2)
    fault = {"tries": 4, "last_fault": "ConnectionRefusedError"}
    letter(late=timedelta(hours=1), next_try_at=again_at, **fault)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.content.decode().splitlines()[2]) == (503, "letters late")
    assert "regai_letters_oldest_seconds 36" in as_text(now=timezone.now())


@pytest.mark.django_db
@override_settings(REDIS_URL=NOBODY_THERE, CELERY_BROKER_URL=NOBODY_THERE)
def test_a_broker_that_is_away_makes_the_site_unready_but_not_dead(client: Client) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.content == b"database ok\nbroker away\nletters ok\n"
    assert client.get("/healthz").status_code == 200


@pytest.mark.django_db
def test_health_is_only_asked_for(client: Client) -> None:
    assert client.post("/readyz", headers={"Sec-Fetch-Site": "none"}).status_code == 405


# --- the cache fails open ---


@pytest.fixture
def away() -> Iterator[ForgivingCache]:
    """A cache whose Redis does not answer."""
    caching.redis = Breaker("cache")
    cache = ForgivingCache(NOBODY_THERE, {"OPTIONS": {"socket_connect_timeout": 0.5}})
    yield cache
    cache.clear()
    caching.redis = Breaker("cache")


@pytest.mark.pure
def test_a_cache_that_is_away_keeps_in_memory(away: ForgivingCache) -> None:
    assert away.get("k", "nothing") == "nothing"
    assert away.get_or_set("k", lambda: "made anew") == "made anew"
    assert away.get_many(["k", "l"]) == {"k": "made anew"}
    assert (away.has_key("k"), away.touch("k"), away.delete("k"), away.delete("k")) == (
        True,
        True,
        True,
        False,
    )
    assert away.set_many({"k": 1}) == []
    away.clear()
    assert away.get("k") is None


@pytest.mark.pure
def test_a_lock_is_had_once_and_a_count_goes_on_while_it_is_away(away: ForgivingCache) -> None:
    assert [away.add("lock", 1), away.add("lock", 1)] == [True, False]
    assert [away.add("count", 0), away.incr("count"), away.incr("count")] == [True, 1, 2]
    assert caching.redis.is_away


@pytest.mark.pure
def test_two_windows_of_a_process_count_together_while_it_is_away(away: ForgivingCache) -> None:
    other = ForgivingCache(NOBODY_THERE, {})
    assert [away.add("count", 0), away.incr("count"), other.incr("count")] == [True, 1, 2]


@pytest.mark.pure
def test_what_is_away_is_said_once_and_so_is_its_return(
    caplog: pytest.LogCaptureFixture,
) -> None:
    bell = Breaker("bell")
    bell.failed(ConnectionError())
    bell.failed(ConnectionError())
    bell.answered()
    bell.answered()
    said: list[Any] = [record.msg for record in caplog.records]
    assert [line["event"] for line in said] == ["away", "back"]


@pytest.mark.pure
def test_what_is_away_is_left_alone_for_a_while() -> None:
    bell = Breaker("bell")
    rested = [bell.rests()]
    bell.failed(ConnectionError())
    rested.append(bell.rests())
    bell.asked_again_at = time.monotonic()
    rested.append(bell.rests())
    assert rested == [False, True, False]


# --- Redis stopped in the middle, on the whole site ---


@pytest.mark.postgresql
def test_a_sign_up_goes_on_without_redis_and_its_letter_leaves_when_it_is_back(
    site: Site, redis_to_stop: StoppableRedis
) -> None:
    assert signup(site, "before").status == 302
    assert arrived(site, "before")
    redis_to_stop.kill()
    try:
        assert signup(site, "during").status == 302
        assert site.ask("/").status == 200
        ready = site.ask("/readyz")
        assert (ready.status, ready.text) == (503, "database ok\nbroker away\nletters ok\n")
        assert ("during@example.org",) in letters_waiting(site)
    finally:
        redis_to_stop.start()
    time.sleep(breaker.RESTS_SECONDS)
    assert signup(site, "after").status == 302
    assert arrived(site, "after")
    assert arrived(site, "during")
    assert site.ask("/readyz").status == 200


@pytest.mark.postgresql
def test_a_database_that_is_away_gives_a_page_that_keeps_what_was_typed(site: Site) -> None:
    with database_shut(site):
        refused = signup(site, "typed-in-vain")
        assert refused.status == 503
        assert '<input type="hidden" name="name" value="typed-in-vain">' in refused.text
        assert site.ask("/healthz").status == 200
        ready = site.ask("/readyz")
        assert (ready.status, ready.text) == (503, "database away\nbroker ok\nletters unknown\n")
    assert signup(site, "typed-again").status == 302


def letters_waiting(site: Site) -> list[tuple[str]]:
    with psycopg.connect(site.env["DATABASE_URL"]) as connection:
        asked = "SELECT \"to\" FROM outbox_message WHERE state = 'waiting'"
        return connection.execute(asked).fetchall()


@contextmanager
def database_shut(site: Site) -> Iterator[None]:
    """Let nobody into the site's database, and throw out who is there."""
    with psycopg.connect(site.env["DATABASE_URL"]) as connection:
        name = connection.info.dbname
    server = psycopg.conninfo.conninfo_to_dict(site.env["DATABASE_URL"]) | {"dbname": "postgres"}
    shut = sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS {}")
    with psycopg.connect(**server, autocommit=True) as operator:  # type: ignore[arg-type]  # all are text
        operator.execute(shut.format(sql.Identifier(name), sql.Literal(False)))
        operator.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name]
        )
        try:
            yield
        finally:
            operator.execute(shut.format(sql.Identifier(name), sql.Literal(True)))


# --- numbers ---


@pytest.mark.django_db
def test_the_numbers_are_in_the_text_format_and_name_nobody() -> None:
    letter(late=timedelta(minutes=2))
    text = as_text(now=timezone.now())
    values = {line.split()[0]: line.split()[1] for line in text.splitlines() if line[0] != "#"}
    assert values["regai_letters_waiting"] == "1"
    assert 120 <= float(values["regai_letters_oldest_seconds"]) < 180
    assert len(values) == text.count("# TYPE") == len([*numbers(now=timezone.now())])
    assert "@" not in text


@pytest.mark.postgresql
def test_the_worker_writes_its_lines_as_json(site: Site) -> None:
    lines = (site.folder / "worker.out").read_text().splitlines()
    assert [line for line in lines if line and not json.loads(line)] == []
