"""Open ballots for the tests, made by the real steps."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from accounts.models import User
from accounts.steps import acting
from tests.factories import NOW, make_user
from voting.actions import cast_vote
from voting.models import Ballot
from voting.rules import Ranking, VoteRefusal
from voting.steps import Choice, Settled, close_and_count, open_ballot, prepare_ballot

DAY = timedelta(days=1)
CLOSES = NOW + 14 * DAY


def ballot_among(people: int = 3, *, options: str = "abc", **settled: Any) -> Ballot:
    """Return a ballot that has just opened among new people."""
    fields = {"question": "next course", "opens_at": NOW, "closes_at": CLOSES, **settled}
    actor = acting(make_user())
    with transaction.atomic():
        ballot = prepare_ballot(
            Settled(**fields),
            choices=[Choice(key=key, title=f"Kurs {key}") for key in options],
            actor=actor,
            now=NOW,
        )
        open_ballot(ballot, voters=[make_user() for _ in range(people)], actor=actor, now=NOW)
    return ballot


def voters(ballot: Ballot) -> list[User]:
    """Return those on the roll."""
    return list(User.objects.filter(on_rolls__ballot=ballot).order_by("pk"))


def cast(
    ballot: Ballot, voter: User, ranking: Ranking, *, receipt: str, now: datetime = NOW + DAY
) -> VoteRefusal | None:
    """Cast a vote on the day after the opening."""
    return cast_vote(ballot_id=ballot.pk, voter=voter, ranking=ranking, receipt=receipt, now=now)


def close(ballot: Ballot, *, now: datetime = CLOSES) -> str | None:
    """Close and count a ballot."""
    with transaction.atomic():
        return close_and_count(ballot.pk, now=now)
