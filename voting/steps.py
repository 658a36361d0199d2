"""Opening and closing a ballot, as part of the transaction of whoever calls for the vote."""

import secrets
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import BooleanField, Case, F, Value, When

from accounts.models import User
from accounts.steps import CLOCK, Actor, move, record
from ground.steps import step
from voting import counting
from voting.models import Ballot, Option, RollEntry, Vote
from voting.queries import counted, receipt_hash, receipt_key
from voting.rules import NEXT, BallotState, Ranking, Rule, has_quorum

SEED_BYTES = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One thing to vote for, with the facts that are frozen at the opening."""

    key: str
    title: str
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What is settled before the opening, and never changed after it."""

    question: str
    opens_at: datetime
    closes_at: datetime
    rule: Rule = Rule.RANKED_PAIRS
    quorum_percent: int = 50
    is_open_count: bool = False


@step
def prepare_ballot(
    settled: Settled, *, choices: Sequence[Choice], actor: Actor, now: datetime
) -> Ballot:
    """Return a ballot that waits for its opening, with the facts of its options frozen."""
    ballot = Ballot.objects.create(**asdict(settled))
    record(ballot, was="", became=BallotState.DRAFT, actor=actor, now=now)
    Option.objects.bulk_create(
        Option(ballot=ballot, key=choice.key, title=choice.title, facts=choice.facts)
        for choice in choices
    )
    return ballot


@step
def open_ballot(ballot: Ballot, *, voters: Iterable[User], actor: Actor, now: datetime) -> None:
    """Open a prepared ballot: its roll is frozen and its lot committed to."""
    ballot.seed = secrets.token_hex(SEED_BYTES)
    ballot.seed_digest = counting.commitment(ballot.seed)
    RollEntry.objects.bulk_create(RollEntry(ballot=ballot, voter=voter) for voter in voters)
    fields = ("seed", "seed_digest")
    move(ballot, BallotState.OPEN, ways=NEXT, actor=actor, now=now, fields=fields)


@step
def void_ballot(ballot_id: int, *, why: str, actor: Actor, now: datetime) -> bool:
    """End a ballot that is prepared or open; nothing of it is ever counted. False: it is over.

    The votes stay, in new rows in random order, so that roll and votes still agree.
    """
    ballot = Ballot.objects.select_for_update().get(id=ballot_id)
    if ballot.state not in {BallotState.DRAFT, BallotState.OPEN}:
        return False
    rewrite_votes(ballot)
    ballot.void_why = why
    move(ballot, BallotState.VOID, ways=NEXT, actor=actor, now=now, why=why, fields=("void_why",))
    return True


@step
def close_and_count(ballot_id: int, *, now: datetime) -> str | None:
    """Close a ballot whose time has come, count it, and return the key of the option that won.

    None: nobody won, or too few voted (void), or it has been closed before. Only what a ballot of
    this size may show is kept of the count.
    """
    ballot = Ballot.objects.select_for_update().get(id=ballot_id)
    if ballot.state != BallotState.OPEN or now < ballot.closes_at:
        return None
    move(ballot, BallotState.CLOSED, ways=NEXT, actor=CLOCK, now=now)
    rewrite_votes(ballot)
    result = counted(ballot)
    ballot.turnout = result.n_ballots
    ballot.counted_at = now
    ballot.receipt_key = receipt_key(ballot)
    shown = counting.published(result, open_count=ballot.is_open_count)
    ballot.result = asdict(shown)
    fields = ("turnout", "counted_at", "result", "receipt_key")
    move(ballot, BallotState.COUNTED, ways=NEXT, actor=CLOCK, now=now, fields=fields)
    eligible = ballot.roll.count()
    valid = result.winner is not None and has_quorum(
        turnout=result.n_ballots, eligible=eligible, percent=ballot.quorum_percent
    )
    end = BallotState.DECIDED if valid else BallotState.VOID
    move(ballot, end, ways=NEXT, actor=CLOCK, now=now)
    return result.winner if valid else None


@step
def remind_on_roll(ballot: Ballot, *, number: int) -> None:
    """Note that reminder ``number`` has gone to those who have not voted.

    The ballot's row is locked first, as by those who vote, so that nobody waits in a ring.
    """
    Ballot.objects.select_for_update().get(id=ballot.pk)
    ballot.roll.filter(has_voted=False).update(reminders=number)


@step
def put_in(ballot: Ballot, *, ranking: Ranking, receipt: str, voter_id: int | None) -> None:
    """Write one vote into a locked ballot and mark the voter on the roll (None: a change).

    All votes are written anew in random order, and all roll rows with them: no row of either
    table is older than another, so nothing in the database pairs a person with a ranking.
    """
    kept = {vote.receipt_hash: vote.ranking for vote in ballot.votes.all()}
    kept[receipt_hash(ballot, receipt)] = ranking
    _rewrite(ballot, kept)
    voted = Case(
        When(voter_id=voter_id, then=Value(value=True)),
        default=F("has_voted"),
        output_field=BooleanField(),
    )
    ballot.roll.update(has_voted=voted)


@step
def rewrite_votes(ballot: Ballot) -> None:
    """Copy all votes of a locked ballot to new rows in random order; the old rows are gone."""
    _rewrite(ballot, {vote.receipt_hash: vote.ranking for vote in ballot.votes.all()})


def _rewrite(ballot: Ballot, kept: dict[str, Ranking]) -> None:
    rows = [
        Vote(id=uuid.uuid4(), ballot=ballot, ranking=ranking, receipt_hash=key)
        for key, ranking in kept.items()
    ]
    secrets.SystemRandom().shuffle(rows)
    ballot.votes.all().delete()
    Vote.objects.bulk_create(rows)
