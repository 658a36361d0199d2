"""What an officer judges about somebody who left a course after it began."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts.models import User
from accounts.steps import acting, record
from cohorts.emails import fees as emails
from cohorts.models import DropOut
from cohorts.queries.fees import standing_grant_of
from cohorts.rules.leaving import DropOutRefusal
from cohorts.steps.fees import locked_participation
from cohorts.steps.leaving import annul_aid, lock_owed_fee, take_fee_away
from deminimis.steps import lock_ledger
from outbox.steps import queue


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What is to become of a fee and of aid, and why; None where there is none of it."""

    fee_stays: bool | None
    aid_stays: bool | None
    why: str
    without_conflict: bool


@transaction.atomic(durable=True)
def judge_drop_out(
    *, drop_out_id: int, judgement: Judgement, by: User, now: datetime
) -> DropOutRefusal | None:
    """Say whether a fee and aid stay after somebody has left; return why not, or None.

    The ledger is locked first. Whoever pays is told by letter, the company of aid that ends.
    """
    lock_ledger()
    if not judgement.without_conflict:
        return DropOutRefusal.CONFLICT
    found = DropOut.objects.values_list("participation", flat=True).get(id=drop_out_id)
    participation = locked_participation(found)
    waiting = DropOut.objects.select_for_update().get(id=drop_out_id)
    if waiting.judged_at is not None:
        return DropOutRefusal.OVER
    fee, entry, actor = lock_owed_fee(participation), standing_grant_of(participation), acting(by)
    waiting.fee_stays = judgement.fee_stays if fee else None
    waiting.aid_stays = judgement.aid_stays if entry else None
    waiting.why, waiting.judged_by, waiting.judged_at = judgement.why, by, now
    waiting.without_conflict = judgement.without_conflict
    waiting.save()
    record(waiting, was="waits", became="judged", actor=actor, now=now)
    if fee is not None and judgement.fee_stays:
        queue(emails.fee_stays(fee, why=judgement.why), now=now)
    elif fee is not None:
        take_fee_away(fee, actor=actor, now=now, why=judgement.why)
    if entry is not None and not judgement.aid_stays:
        annul_aid(entry, participation, actor=actor, now=now, why=judgement.why)
    return None
