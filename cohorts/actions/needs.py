"""What people need at the table and where to ring them: told, changed, erased after the course."""

from datetime import datetime

from django.db import transaction

from cohorts.models import Enrolment
from cohorts.queries.needs import needs_to_erase


@transaction.atomic(durable=True)
def tell_needs(*, enrolment_id: int, needs: str, phone: str = "") -> None:
    """Write down what somebody needs, and their number; nothing of it goes into the history."""
    Enrolment.objects.filter(pk=enrolment_id).update(needs=needs, phone=phone)


@transaction.atomic(durable=True)
def erase_needs(*, now: datetime) -> int:  # noqa: ARG001 -- as every action on the clock
    """Erase what is not needed any more; return of how many. May run as often as it likes."""
    return needs_to_erase().update(needs="", phone="")
