"""A course offered once more to somebody who sat it out, or did not answer in time."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from accounts.steps import acting
from cohorts.emails import fees as emails
from cohorts.queries.offering import refusal_of
from cohorts.rules import ParticipationState
from cohorts.rules.offering import OfferRefusal
from cohorts.steps import move_participation
from cohorts.steps.fees import ANSWER_WITHIN, bind, decide_fee, locked_participation
from outbox.steps import queue


@transaction.atomic(durable=True)
def offer_again(*, participation_id: int, by: User, now: datetime) -> OfferRefusal | None:
    """Offer a course again with a new last day and what it costs today; return why not, or None.

    One letter tells all of it. A course that is worth nothing needs no answer: the person takes
    part. May run twice: the second finds that it has been done.
    """
    participation = locked_participation(participation_id)
    round_, actor = participation.round, acting(by)
    refusal = refusal_of(participation)
    if refusal is not None:
        return refusal
    participation.answer_by = now + ANSWER_WITHIN
    to = ParticipationState.OFFERED
    move_participation(participation, to, actor=actor, now=now, fields=("answer_by",))
    decide_fee(participation, now=now, is_told=True)
    if round_.value_sek == 0:
        bind(participation, actor=actor, now=now)
    queue(emails.offered_again(participation, now=now), now=now)
    return None
