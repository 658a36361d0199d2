"""The doorbells: they wake a worker after a commit that promised letters or asked for a plan.

Best effort. Without a broker it says so once in the log and the clock takes both within a minute of
its return; nobody waits for it.
"""

from celery import Task
from kombu.exceptions import OperationalError

from cohorts.tasks import make_plans
from outbox.tasks import deliver_waiting
from regai.breaker import Breaker

broker = Breaker("broker")


def ring() -> None:
    """Ask a worker to deliver what waits."""
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
