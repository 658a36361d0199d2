"""The outbox on the clock."""

from typing import Any

from celery import shared_task
from django.core.cache import cache
from django.utils import timezone

from outbox import actions

# In the cache from a ring of the doorbell until a worker answers it.
RUNG = "outbox/rung"


@shared_task
def deliver_waiting(**_: Any) -> int:
    """Send what is due. Whoever promises a letter from here on rings again."""
    cache.delete(RUNG)
    return actions.deliver_waiting(now=timezone.now())
