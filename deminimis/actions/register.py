"""That aid granted here has been entered in the national register."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.steps import acting, record
from deminimis.models import LedgerEntry, RegisterMark
from deminimis.rules import MarkRefusal, mark_refusal


@transaction.atomic(durable=True)
def mark_registered(
    *, entry_id: int, registered_on: date, reference: str, by: User, now: datetime
) -> MarkRefusal | None:
    """Write that a line of the ledger stands in the national register; return why not, or None.

    The line is locked first: two officers never mark it both.
    """
    entry = LedgerEntry.objects.select_for_update().get(id=entry_id)
    refusal = mark_refusal(
        granted_on=entry.granted_on,
        registered_on=registered_on,
        today=timezone.localdate(now),
        is_marked=RegisterMark.objects.filter(entry=entry).exists(),
    )
    if refusal is None:
        RegisterMark.objects.create(
            entry=entry, registered_on=registered_on, reference=reference, by=by
        )
        record(entry, was="", became="registered", actor=acting(by), now=now, why=reference)
    return refusal
