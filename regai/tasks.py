"""What the site does for itself at night."""

from typing import Any

import structlog
from celery import shared_task
from django.core.management import call_command

from regai.invariants import violations

log = structlog.get_logger(__name__)


@shared_task
def check_invariants(**_: Any) -> int:
    """Look for what must never be, write a line for each, and return how many were found."""
    found = [*violations()]
    for violation in found:
        log.error("invariant_broken", part=violation.part, what=violation.what)
    return len(found)


@shared_task
def forget_ended_sessions(**_: Any) -> None:
    """Delete the log-ins that have run out."""
    call_command("clearsessions")
