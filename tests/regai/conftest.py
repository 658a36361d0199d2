"""One site as in production, for the tests that need real processes; it starts once."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from psycopg import sql

from tests.prodlike import Site, environment, prepare, running
from tests.regai.stoppable import StoppableRedis


@pytest.fixture(scope="session")
def redis_to_stop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StoppableRedis]:
    """A Redis of the site's own, which a test may kill and start again."""
    redis = StoppableRedis(tmp_path_factory.mktemp("redis"))
    redis.start()
    yield redis
    redis.kill()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, redis_to_stop: StoppableRedis) -> Iterator[Site]:
    """Web, worker and mail server with production's settings on a database of their own."""
    folder = tmp_path_factory.mktemp("site")
    with own_database(f"regai_site_{os.getpid()}") as url:
        env = environment(
            folder,
            DATABASE_URL=url,
            REDIS_URL=redis_to_stop.url,
            REGAI_WEB_THREADS="2",
            REGAI_WORKER_PROCESSES="1",
        )
        prepare(env)
        with running(folder, env, "mail", "web", "worker") as started:
            yield started


@contextmanager
def own_database(name: str) -> Iterator[str]:
    """Make a database on the server that DATABASE_URL names; yield its URL, drop it at the end."""
    server = os.environ["DATABASE_URL"]
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
        finally:
            connection.execute(
                sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name))
            )
