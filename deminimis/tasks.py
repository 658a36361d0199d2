"""Rates on the clock."""

from http.client import HTTPException
from typing import Any
from urllib.request import urlopen

import structlog
from celery import shared_task
from django.conf import settings
from django.utils import timezone

from deminimis import actions
from deminimis.engine import rates_text
from ground.reading import Malformed

log = structlog.get_logger(__name__)

WAITS_SECONDS = 20
LARGEST_BYTES = 8 * 1024 * 1024


@shared_task
def fetch_rates(**_: Any) -> int:
    """Fetch the bank's newest rates, if the site has been told where; a failure does no harm."""
    if not settings.RATES_URL:
        return 0
    try:
        text = rates_text(_fetched())
        return actions.keep_rates(text=text, by=None, now=timezone.now())
    except (OSError, HTTPException, Malformed) as fault:
        log.warning("rates_not_fetched", kind=type(fault).__name__)
        return 0


def _fetched() -> bytes:
    """Return what stands at the address that the operator has set.

    :raises OSError: if nobody answers in time.
    """
    with urlopen(settings.RATES_URL, timeout=WAITS_SECONDS) as answer:  # noqa: S310 -- the operator's own
        content: bytes = answer.read(LARGEST_BYTES)
        return content
