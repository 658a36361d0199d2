"""Casting a vote, changing it with its receipt, and sweeping up after the close."""

from datetime import datetime

import structlog
from django.db import OperationalError, connection, transaction

from accounts.models import User
from voting.models import Ballot, RollEntry, Vote
from voting.queries import due_to_sweep, receipt_hash
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

logger = structlog.get_logger(__name__)
WAITS_FOR_LOCK = "2s"
# Old versions stay as long as anything runs, or looks, that began before they were written over.
OLDER_RUNS = """
SELECT greatest(
  age(pg_snapshot_xmin(pg_current_snapshot())::xid),
  (SELECT max(age(backend_xmin)) FROM pg_stat_activity
   WHERE datname = current_database() AND pid <> pg_backend_pid())
) >= least((SELECT min(age(xmin)) FROM voting_vote), (SELECT min(age(xmin)) FROM voting_rollentry))
"""


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
        return VoteRefusal.RECEIPT_TAKEN
    put_in(ballot, ranking=wanted, receipt=letters, voter_id=voter.pk)
    return None


def sweep_up(*, now: datetime) -> int:
    """Take old row versions of votes and rolls out of the database; return for how many ballots.

    PostgreSQL keeps what was written over, and who wrote it when, until a table is vacuumed. The
    tables are written anew, outside a transaction. Whoever holds them for long, or reads since
    before the last vote, is not waited for: the next minute tries again. Nothing is owed on SQLite,
    which keeps no versions.
    """
    over = list(due_to_sweep().values_list("pk", flat=True))
    if over and connection.vendor == "postgresql" and not _vacuumed():
        return 0
    return _swept(over, now=now) if over else 0


def _vacuumed() -> bool:
    tables = ", ".join(model._meta.db_table for model in (RollEntry, Vote))  # noqa: SLF001 -- public
    with connection.cursor() as cursor:
        cursor.execute(OLDER_RUNS)
        if cursor.fetchone() == (True,):
            logger.info("sweep_waits")
            return False
        try:
            cursor.execute(f"SET lock_timeout = '{WAITS_FOR_LOCK}'")
            cursor.execute(f"VACUUM (FULL) {tables}")
        except OperationalError:
            logger.info("sweep_waits")
            return False
        finally:
            cursor.execute("RESET lock_timeout")
    return True


@transaction.atomic(durable=True)
def _swept(ballots: list[int], *, now: datetime) -> int:
    return Ballot.objects.filter(pk__in=ballots, swept_at=None).update(swept_at=now)
