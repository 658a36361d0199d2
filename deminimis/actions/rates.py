"""Newer exchange rates than those that came with the product."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from accounts.steps import CLOCK, acting, record
from deminimis import engine
from deminimis.models import Rate

UPLOADED, BANK = "uploaded", "ecb"
# A grant looks three years back and some days more; older rates would only be carried along.
MOST_RATES = 1_500


@transaction.atomic(durable=True)
def keep_rates(*, text: str, by: User | None, now: datetime) -> int:
    """Keep the bank's rates of days that have none, or an invented one; return how many are new.

    A rate that is known is never changed: what was granted by it must be found again. ``by`` has
    handed the file in; None where the clock fetched it. May run twice.

    :raises Malformed: if the text is not the bank's file.
    """
    told = sorted(engine.rates_in(text).items(), reverse=True)[:MOST_RATES]
    known = set(Rate.objects.exclude(source="example").values_list("on", flat=True))
    source = UPLOADED if by else BANK
    new = [Rate(on=on, sek_per_eur=rate, source=source) for on, rate in told if on not in known]
    Rate.objects.bulk_create(
        new,
        update_conflicts=True,
        unique_fields=["on"],
        update_fields=["sek_per_eur", "source"],
    )
    if new:
        actor = acting(by) if by else CLOCK
        record(new[0], was="", became=f"{len(new)} {source}"[:30], actor=actor, now=now)
    return len(new)
