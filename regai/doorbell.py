"""The doorbell: wakes a worker after a commit that promised letters.

Best effort. Without a broker it says so in the log and the sweep takes the letters within a
minute; nobody waits for it.
"""

import logging

from kombu.exceptions import OperationalError

from outbox.tasks import deliver_waiting

log = logging.getLogger(__name__)


def ring() -> None:
    """Ask a worker to deliver what waits."""
    try:
        deliver_waiting.apply_async(retry=False, ignore_result=True)
    except (OperationalError, OSError) as fault:
        log.warning("doorbell_unanswered fault=%s", type(fault).__name__)
