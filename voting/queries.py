"""Reads about ballots: never a pair of person and choice."""

import hashlib
import hmac
from collections.abc import Iterator, Sequence
from datetime import datetime

from django.conf import settings
from django.db.models import Count, Q, QuerySet

from accounts.models import User
from voting import counting
from voting.models import Ballot, Option, RollEntry
from voting.rules import BallotState, reminder_due

SHOWN = (BallotState.DECIDED, BallotState.VOID)


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
    """Return the options in an order of this voter's own, the same at each visit."""

    def place(option: Option) -> str:
        said = f"{ballot.lot_id}|{user.pk}|{option.key}"
        return hashlib.sha256(said.encode()).hexdigest()

    return sorted(ballot.options.all(), key=place)


def is_counted(ballot: Ballot, letters: str) -> bool:
    """Return whether a vote with this receipt is among those counted."""
    return ballot.votes.filter(receipt_hash=receipt_hash(ballot, letters)).exists()


def published_lines(ballot: Ballot) -> Sequence[str]:
    """Return the rankings as canonical lines, sorted by content; none in a small ballot."""
    rankings = ballot.votes.order_by("id").values_list("ranking", flat=True)
    ballots = [counting.ballot_from(1, ranking) for ranking in rankings]
    if not counting.shows_rankings(len(ballots), open_count=ballot.is_open_count):
        return []
    options = tuple(ballot.options.order_by("key").values_list("key", flat=True))
    return list(counting.canonical_lines(counting.Election(options=options, ballots=ballots)))


def receipt_hash(ballot: Ballot, letters: str) -> str:
    """Return what is kept of a receipt: an HMAC under the site's receipt key."""
    said = f"{ballot.lot_id}|{letters}".encode()
    return hmac.new(settings.RECEIPT_KEY.encode(), said, hashlib.sha256).hexdigest()


def rolls_that_differ() -> Iterator[str]:
    """Yield a line for each ballot with another number of votes than of marks on its roll."""
    marks = Ballot.objects.annotate(n=Count("roll", filter=Q(roll__has_voted=True)))
    votes = dict(Ballot.objects.annotate(n=Count("votes")).values_list("pk", "n"))
    for pk, marked in marks.order_by("pk").values_list("pk", "n"):
        if marked != votes[pk]:
            yield f"ballot/{pk}: {marked} marks on the roll, {votes[pk]} votes"
