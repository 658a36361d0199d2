"""A running cohort with a vote on its next course, through the real actions."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from cohorts.actions.votes import call_vote, close_votes
from cohorts.models import Cohort, Course
from cohorts.rules import CohortState, RoundState
from cohorts.rules.votes import VotePlan
from tests.factories import make_cohort, make_course, make_enrolment
from voting.actions import cast_vote
from voting.models import Ballot
from voting.rules import Ranking, new_receipt

DAY = timedelta(days=1)


def running(people: int = 4) -> Cohort:
    """Return a running cohort with so many members."""
    cohort = make_cohort(state=CohortState.RUNNING, round_state=RoundState.RUNNING)
    for _ in range(people):
        make_enrolment(cohort=cohort)
    return cohort


def courses(*prices: int) -> list[Course]:
    """Return courses "Kurs A", "Kurs B" and so on at these prices."""
    return [
        make_course(title=f"Kurs {letter}", price_sek=Decimal(price))
        for letter, price in zip("ABCDEFGHIJKLM", prices, strict=False)
    ]


def called(cohort: Cohort, *prices: int, **settled: Any) -> Ballot:
    """Return a vote on courses at these prices, open from now on unless told otherwise."""
    now = timezone.now()
    fields = {"opens_at": now, "closes_at": now + 10 * DAY, **settled}
    plan = VotePlan(course_ids=[c.pk for c in courses(*(prices or (0, 0, 0)))], **fields)
    ballot = call_vote(cohort_id=cohort.pk, plan=plan, by=cohort.facilitator, now=now)
    assert isinstance(ballot, Ballot)
    return ballot


def rankings_in(ballot: Ballot, *written: str) -> list[str]:
    """Let one member after the other vote "A BC" and the like; return their receipts."""
    keys = {option.title.removeprefix("Kurs "): option.key for option in ballot.options.all()}
    keys["-"] = "none"
    receipts = []
    people = ballot.roll.select_related("voter").order_by("voter_id")
    for entry, text in zip(people, written, strict=False):
        ranking: Ranking = [[keys[letter] for letter in tier] for tier in text.split()]
        receipts.append(new_receipt())
        refusal = cast_vote(
            ballot_id=ballot.pk,
            voter=entry.voter,
            ranking=ranking,
            receipt=receipts[-1],
            now=ballot.opens_at + DAY / 24,
        )
        assert refusal is None
    return receipts


def closed(ballot: Ballot) -> Ballot:
    """Return the ballot once its time is over."""
    close_votes(now=ballot.closes_at)
    return Ballot.objects.get(pk=ballot.pk)
