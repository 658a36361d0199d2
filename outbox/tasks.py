"""The outbox on the clock."""

from typing import Any

from celery import shared_task
from django.utils import timezone

from outbox import actions


@shared_task
def deliver_waiting(**_: Any) -> int:
    """Send what is due."""
    return actions.deliver_waiting(now=timezone.now())
