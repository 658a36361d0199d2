"""The doorbell: wakes a worker after a commit that promised letters.

Best effort. Without a broker it says so once in the log and the sweep takes the letters within a
minute of its return; nobody waits for it.
"""

from kombu.exceptions import OperationalError

from outbox.tasks import deliver_waiting
from regai.breaker import Breaker

broker = Breaker("broker")


def ring() -> None:
    """Ask a worker to deliver what waits."""
    if broker.rests():
        return
    try:
        deliver_waiting.apply_async(retry=False, ignore_result=True)
    except (OperationalError, OSError) as fault:
        broker.failed(fault)
    else:
        broker.answered()
