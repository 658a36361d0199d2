"""The doorbell on a real Redis: one ring waits at a time, and none is lost."""

import pytest
import redis
from django.conf import settings
from django.core.cache import cache

from outbox.tasks import deliver_waiting
from regai import caching
from regai.celery import app
from regai.doorbell import ring

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]
QUEUE = "rings-of-this-test"


@pytest.fixture
def waiting_rings(monkeypatch: pytest.MonkeyPatch) -> redis.Redis:
    """A queue of this test's own, which nobody works on."""
    monkeypatch.setitem(app.conf, "task_default_queue", QUEUE)
    broker = redis.from_url(settings.CELERY_BROKER_URL)
    broker.delete(QUEUE)
    cache.clear()
    return broker


def test_many_rings_are_one_until_a_worker_begins(waiting_rings: redis.Redis) -> None:
    for _ in range(3):
        ring()
    assert waiting_rings.llen(QUEUE) == 1
    deliver_waiting()
    ring()
    assert waiting_rings.llen(QUEUE) == 2


def test_each_ring_is_heard_while_no_cache_is_shared(waiting_rings: redis.Redis) -> None:
    caching.redis.failed(OSError())
    for _ in range(3):
        ring()
    assert waiting_rings.llen(QUEUE) == 3
