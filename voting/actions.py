"""Casting a vote, and changing it with its receipt."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from voting.models import Ballot, RollEntry
from voting.queries import receipt_hash
from voting.rules import (
    BallotState,
    Ranking,
    VoteRefusal,
    canonical,
    ranking_refusal,
    receipt_letters,
    time_refusal,
)
from voting.steps import put_in


class NotOnTheRoll(Exception):
    """The person may not vote in this ballot, or there is no such ballot."""


@transaction.atomic(durable=True)
def cast_vote(
    *, ballot_id: int, voter: User, ranking: Ranking, receipt: str, now: datetime
) -> VoteRefusal | None:
    """Put a vote in, or replace the vote that ``receipt`` belongs to; return why not, or None.

    The ballot's row is locked first, then the voter's place on the roll. May run twice: the same
    receipt again is the same success. Whoever has voted changes the vote only with its receipt;
    which vote was whose is known to nobody.

    :raises NotOnTheRoll: if ``voter`` is not among the eligible.
    """
    ballot = Ballot.objects.select_for_update().filter(id=ballot_id).first()
    entry = RollEntry.objects.select_for_update().filter(ballot_id=ballot_id, voter=voter).first()
    if ballot is None or entry is None:
        raise NotOnTheRoll
    refusal = time_refusal(
        BallotState(ballot.state), opens_at=ballot.opens_at, closes_at=ballot.closes_at, now=now
    )
    letters = receipt_letters(receipt)
    wanted = canonical(ranking)
    if refusal is None:
        refusal = ranking_refusal(wanted, options=set(ballot.options.values_list("key", flat=True)))
    if refusal is not None:
        return refusal
    if letters is None:
        return VoteRefusal.RECEIPT_SHAPE
    is_known = ballot.votes.filter(receipt_hash=receipt_hash(ballot, letters)).exists()
    if entry.has_voted and not is_known:
        return VoteRefusal.RECEIPT_UNKNOWN
    if is_known and not entry.has_voted:
        return VoteRefusal.RECEIPT_UNKNOWN
    put_in(ballot, ranking=wanted, receipt=letters, voter_id=voter.pk)
    return None
