"""Reads about ballots: never a pair of person and choice."""

import hashlib
import hmac
from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.db.models import Count, Q, QuerySet

from accounts.models import User
from voting import counting
from voting.counting.lot import drawn
from voting.models import Ballot, Option, RollEntry
from voting.rules import NONE_OF_THESE, BallotState, Ranking, reminder_due


def ballots_for(user: User) -> QuerySet[Ballot]:
    """Return the ballots whose roll ``user`` is on, with their options."""
    return Ballot.objects.filter(roll__voter=user).prefetch_related("options")


def has_voted(ballot: Ballot, user: User) -> bool:
    """Return whether the roll says that ``user`` has voted."""
    return ballot.roll.filter(voter=user, has_voted=True).exists()


def turnout_of(ballot: Ballot) -> tuple[int, int]:
    """Return how many have voted and how many may."""
    marks = list(ballot.roll.values_list("has_voted", flat=True))
    return sum(marks), len(marks)


def not_voted(ballot: Ballot) -> QuerySet[RollEntry]:
    """Return those on the roll who have not voted."""
    return ballot.roll.filter(has_voted=False).order_by("voter_id")


def due_to_close(now: datetime) -> QuerySet[Ballot]:
    """Return the open ballots whose time is over."""
    return Ballot.objects.filter(state=BallotState.OPEN, closes_at__lte=now).order_by("id")


def due_to_remind(now: datetime) -> list[tuple[Ballot, int]]:
    """Return open ballots that owe a reminder, with its number: 1 halfway, 2 a day before."""
    due: list[tuple[Ballot, int]] = []
    still_open = Ballot.objects.filter(state=BallotState.OPEN, closes_at__gt=now)
    for ballot in still_open.order_by("id"):
        number = reminder_due(opens_at=ballot.opens_at, closes_at=ballot.closes_at, now=now)
        if number and ballot.roll.filter(has_voted=False, reminders__lt=number).exists():
            due.append((ballot, number))
    return due


def options_for(ballot: Ballot, user: User) -> list[Option]:
    """Return the options in an order of this voter's own, the same at each visit.

    "None of these" stands last for all, where it is looked for.
    """

    def place(option: Option) -> tuple[bool, str]:
        said = f"{ballot.lot_id}|{user.pk}|{option.key}"
        return option.key == NONE_OF_THESE, hashlib.sha256(said.encode()).hexdigest()

    return sorted(ballot.options.all(), key=place)


def is_counted(ballot: Ballot, letters: str) -> bool:
    """Return whether a vote with this receipt is among those counted."""
    return ballot.votes.filter(receipt_hash=receipt_hash(ballot, letters)).exists()


def due_to_open(now: datetime) -> QuerySet[Ballot]:
    """Return the prepared ballots whose time to open has come."""
    return Ballot.objects.filter(state=BallotState.DRAFT, opens_at__lte=now).order_by("id")


def due_to_sweep() -> QuerySet[Ballot]:
    """Return the ballots that are over and may still have old row versions in the database."""
    return Ballot.objects.filter(
        state__in=[BallotState.DECIDED, BallotState.VOID], swept_at=None
    ).order_by("id")


def election_of(ballot: Ballot) -> counting.Election:
    """Return the ballots as the counting code reads them, sorted by nothing that tells a voter."""
    rankings = ballot.votes.order_by("id").values_list("ranking", flat=True)
    return counting.Election(
        options=tuple(ballot.options.order_by("key").values_list("key", flat=True)),
        ballots=[counting.ballot_from(1, ranking) for ranking in rankings],
        id=str(ballot.lot_id),
    )


def counted(ballot: Ballot, election: counting.Election | None = None) -> counting.Result:
    """Return the whole count. Never shown as it is: ``counting.published`` says what may be."""
    return counting.count(
        election or election_of(ballot),
        rule=counting.Rule(ballot.rule),
        seed=ballot.seed,
        vote_id=str(ballot.lot_id),
        open_count=ballot.is_open_count,
    )


def is_recountable(ballot: Ballot) -> bool:
    """Return whether the rankings of a closed ballot are published, so that anybody can count."""
    turnout = ballot.turnout or 0
    return ballot.result is not None and counting.shows_rankings(
        turnout, open_count=ballot.is_open_count
    )


def receipts_of(ballot: Ballot) -> list[str]:
    """Return the check values of the receipts in a ballot that is over, sorted."""
    return sorted(ballot.votes.values_list("receipt_hash", flat=True))


def votes_with_receipts(ballot: Ballot) -> list[tuple[str, Ranking]]:
    """Return receipt beside ranking, sorted by receipt: nothing but in an open count."""
    if not ballot.is_open_count or ballot.result is None:
        return []
    return list(ballot.votes.order_by("receipt_hash").values_list("receipt_hash", "ranking"))


def receipt_key(ballot: Ballot) -> str:
    """Return the key of a ballot's check values: kept since the close, else from the site's."""
    said = f"regai-receipt-v1|{ballot.lot_id}".encode()
    made = hmac.new(settings.RECEIPT_KEY.encode(), said, hashlib.sha256).hexdigest()
    return ballot.receipt_key or made


def receipt_hash(ballot: Ballot, letters: str) -> str:
    """Return what is kept of a receipt: its check value under the ballot's key."""
    return counting.check_value(receipt_key(ballot), letters)


def lot_of(ballot: Ballot) -> dict[str, int]:
    """Return the place, from 1, that the lot gives each option of a counted ballot."""
    election = election_of(ballot)
    digest = counting.ballots_digest(election) if is_recountable(ballot) else ""
    numbers = drawn(
        election.options, vote_id=str(ballot.lot_id), seed=ballot.seed, ballots_digest=digest
    )
    by_lot = sorted(zip(numbers, election.options, strict=True))
    return {key: place for place, (_, key) in enumerate(by_lot, start=1)}


def rolls_that_differ() -> Iterator[str]:
    """Yield a line for each ballot with another number of votes than of marks on its roll."""
    marks = Ballot.objects.annotate(n=Count("roll", filter=Q(roll__has_voted=True)))
    votes = dict(Ballot.objects.annotate(n=Count("votes")).values_list("pk", "n"))
    for pk, marked in marks.order_by("pk").values_list("pk", "n"):
        if marked != votes[pk]:
            yield f"ballot/{pk}: {marked} marks on the roll, {votes[pk]} votes"
