"""A handful of numbers about the site's work, in the text format that Prometheus reads.

What the web server does (requests, workers, memory) it tells itself: REGAI_METRICS_PORT.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from cohorts.models import Cohort, Invitation
from cohorts.rules import CohortState, InvitationState
from deminimis.queries import register_queue
from outbox.models import Message
from outbox.queries import letters_given_up, oldest_waiting
from outbox.rules import LetterState
from voting.queries import due_to_close


@dataclass(frozen=True, slots=True)
class Number:
    """One number, what it counts, and whether it only grows. The unit ends its name."""

    name: str
    says: str
    value: float


def numbers(*, now: datetime) -> Iterator[Number]:
    """Yield the numbers as they are at ``now``; none of them tells of a person."""
    waiting = Message.objects.filter(state=LetterState.WAITING)
    since = oldest_waiting(now)
    age = (now - since).total_seconds() if since else 0.0
    yield Number("letters_waiting", "letters not yet sent", waiting.count())
    yield Number(
        "letters_failing", "of these, tried and refused", waiting.filter(tries__gt=0).count()
    )
    yield Number(
        "letters_oldest_seconds", "how long the oldest letter that should have left waits", age
    )
    yield Number("letters_given_up", "letters that never arrived", letters_given_up().count())
    yield Number("cohorts_running", "cohorts that take a course", _running())
    overdue = Q(state=InvitationState.RELEASED, expires_at__lt=now)
    yield Number(
        "invitations_overdue",
        "open invitations past their deadline",
        Invitation.objects.filter(overdue).count(),
    )
    yield Number("ballots_overdue", "open votes past their close", due_to_close(now).count())
    late = register_queue().filter(register_due_on__lt=now.date())
    yield Number("register_overdue", "aid not registered within 20 working days", late.count())


def as_text(*, now: datetime) -> str:
    """Return the numbers as lines for Prometheus."""
    return "".join(
        f"# HELP regai_{number.name} {number.says}\n"
        f"# TYPE regai_{number.name} gauge\n"
        f"regai_{number.name} {number.value:g}\n"
        for number in numbers(now=now)
    )


def _running() -> int:
    return Cohort.objects.filter(state=CohortState.RUNNING).count()
