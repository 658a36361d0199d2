"""One site as in production, for the tests that need real processes; it starts once."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from psycopg import sql

from tests.prodlike import Site, environment, prepare, running
from tests.regai.stoppable import StoppablePostgres, StoppableRedis

FRESH = sql.Identifier("fresh")


@pytest.fixture(scope="session")
def redis_to_stop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StoppableRedis]:
    """A Redis of the site's own, which a test may kill and start again."""
    redis = StoppableRedis(tmp_path_factory.mktemp("redis"))
    redis.start()
    yield redis
    redis.kill()


@pytest.fixture(scope="session")
def postgres_to_stop() -> Iterator[StoppablePostgres]:
    """A PostgreSQL of the site's own, which a test may restart.

    It may run as another user, who cannot reach pytest's own folders.
    """
    with (
        TemporaryDirectory(prefix="regai-") as folder,
        StoppablePostgres(Path(folder) / "postgresql").running() as server,
    ):
        yield server


@pytest.fixture(scope="session")
def site(
    tmp_path_factory: pytest.TempPathFactory,
    redis_to_stop: StoppableRedis,
    postgres_to_stop: StoppablePostgres,
) -> Iterator[Site]:
    """Web, worker and mail server with production's settings on servers of their own."""
    folder = tmp_path_factory.mktemp("site")
    with own_database("regai", on=postgres_to_stop.url) as url:
        env = environment(
            folder,
            DATABASE_URL=url,
            REDIS_URL=redis_to_stop.url,
            REGAI_WEB_THREADS="2",
            REGAI_WORKER_PROCESSES="1",
        )
        prepare(env)
        _asked(postgres_to_stop.url, sql.SQL("CREATE DATABASE {} TEMPLATE regai").format(FRESH))
        with running(folder, env, "mail", "web", "worker") as started:
            yield started


@pytest.fixture
def fresh_site(site: Site) -> Site:
    """The site as it was before any test, without processes: for commands."""
    url = urlunsplit(urlsplit(site.env["DATABASE_URL"])._replace(path="/fresh"))
    return replace(site, env=site.env | {"DATABASE_URL": url}, processes={})


@contextmanager
def own_database(name: str, *, on: str = "") -> Iterator[str]:
    """Make a database on a server, that of DATABASE_URL if none is named; drop it at the end."""
    server = on or os.environ["DATABASE_URL"]
    _asked(server, sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    try:
        yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
    finally:
        _asked(server, sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _asked(server: str, what: sql.Composed) -> None:
    """Ask on a connection of the moment: the server may be restarted in between."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(what)
