"""What a place in a course round is worth: the same for who pays it and who gets it as aid."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from accounts.models import User
from accounts.steps import acting, record
from cohorts.emails import rounds as emails
from cohorts.models import CourseRound
from cohorts.queries.fees import waiting_in
from cohorts.rules import ParticipationState, RoundState
from cohorts.rules.enrolments import STUDIES
from cohorts.rules.fees import ValueRefusal, value_refusal
from cohorts.steps.fees import bind, decide_fee, locked_participation
from deminimis.steps import lock_ledger
from outbox.steps import queue


@transaction.atomic(durable=True)
def set_value(  # noqa: PLR0913 -- the parts of a value
    *,
    round_id: int,
    price_sek: Decimal,
    meeting_value_sek: Decimal,
    meetings_valued: int,
    by: User,
    now: datetime,
) -> ValueRefusal | None:
    """Set what a place is worth; return why not, or None. Offers that wait are decided anew.

    Not after somebody has been bound: one course has one price for all in the group. The ledger
    is locked first, as whenever what is owed or granted may change. What is worth nothing needs no
    answer: whoever waits takes part, and hears.
    """
    lock_ledger()
    round_ = CourseRound.objects.select_for_update().get(id=round_id)
    bound = round_.participations.filter(state__in=STUDIES).count()
    refusal = value_refusal(RoundState(round_.state), bound=bound)
    if refusal is not None:
        return refusal
    was = round_.value_sek
    round_.price_sek, round_.meeting_value_sek = price_sek, meeting_value_sek
    round_.meetings_valued = meetings_valued
    round_.save(update_fields=["price_sek", "meeting_value_sek", "meetings_valued"])
    why = f"value of a place: {was} -> {round_.value_sek} SEK excl. VAT"
    state = round_.state
    record(round_, was=state, became=state, actor=acting(by), now=now, why=why)
    for waiting in waiting_in(round_):
        participation = locked_participation(waiting.pk)
        if participation.state != ParticipationState.OFFERED:
            continue
        decision = decide_fee(participation, now=now)
        if round_.value_sek == 0:
            bind(participation, actor=acting(by), now=now)
            queue(emails.place_confirmed(participation, decision), now=now)
    return None
