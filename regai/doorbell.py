"""The doorbells: they wake a worker after a commit that promised letters or asked for a plan.

Best effort. Without a broker it says so once in the log and the clock takes both within a minute of
its return; nobody waits for it.
"""

from celery import Task
from django.conf import settings
from django.core.cache import cache
from kombu.exceptions import OperationalError

from cohorts.tasks import make_plans
from outbox.tasks import RUNG, deliver_waiting
from regai import caching
from regai.breaker import Breaker

broker = Breaker("broker")
# A ring that got lost keeps the bell silent for so long; the clock sweeps besides.
RING_LASTS_SECONDS = 5


def ring() -> None:
    """Ask a worker to deliver what waits, unless one has been asked and has not begun.

    The worker forgets the ring before it looks, so it finds what was promised until then.
    Without a cache that both see, each ring is heard.
    """
    is_shared = settings.REDIS_URL and not caching.redis.is_away
    if not is_shared or cache.add(RUNG, value=True, timeout=RING_LASTS_SECONDS):
        _ask(deliver_waiting)


def ring_planner() -> None:
    """Ask a worker to make the joint plans that wait."""
    _ask(make_plans)


def _ask(task: "Task[..., int]") -> None:
    if broker.rests():
        return
    try:
        task.apply_async(retry=False, ignore_result=True)
    except (OperationalError, OSError) as fault:
        broker.failed(fault)
    else:
        broker.answered()
