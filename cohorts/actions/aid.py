"""An officer's wish to have a fee decided anew, when the facts behind it have changed."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from cohorts.models import FeeDecision, Participation
from cohorts.rules import ParticipationState
from cohorts.steps.fees import decide_fee
from deminimis.steps import lock_ledger


@transaction.atomic(durable=True)
def decide_anew(*, participation_id: int, by: User, why: str, now: datetime) -> FeeDecision | None:
    """Return what a place costs by today's facts; None if it has been answered, and so is bound.

    The aid rule decides, not the officer. Nothing is written where the answer is the same as
    before; another answer supersedes it and is told by letter. The ledger is locked first.
    """
    lock_ledger()
    participation = (
        Participation.objects.select_for_update(of=("self",))
        .select_related(
            "round__course",
            "enrolment__interest__company",
            "enrolment__cohort__programme",
            "round__cohort__programme",
        )
        .get(id=participation_id)
    )
    if participation.state != ParticipationState.OFFERED:
        return None
    return decide_fee(participation, now=now, by=by, why=why)
