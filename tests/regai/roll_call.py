"""A vote with a roll of two hundred on a site of production: run inside it by ``manage.py shell``.

Each person has one address, for letters and to log in with.
"""

import json
from datetime import timedelta

from django.utils import timezone

from cohorts.actions.votes import call_vote, close_votes
from cohorts.rules import CohortState, RoundState
from cohorts.rules.votes import VotePlan
from tests import factories
from tests.regai.due import tell_of_all
from voting.models import Ballot
from voting.rules import BallotState

VOTERS, COURSES = 200, 4
FIRST_NUMBER = 10_001
OPEN_FOR = timedelta(days=10)


def address_of(number: int) -> str:
    """Return the address of one voter."""
    return f"valjare{number}@example.org"


def call() -> None:
    """Call an open count among two hundred, and print its number and the keys of its courses."""
    factories.begin_numbers_at(FIRST_NUMBER)
    cohort = factories.make_cohort(
        state=CohortState.RUNNING, round_state=RoundState.RUNNING, seats=VOTERS
    )
    company = factories.make_company()
    for number in range(VOTERS):
        factories.make_enrolment(
            cohort=cohort,
            interest=factories.make_interest(company=company, email=address_of(number)),
            user=factories.make_user(email=address_of(number)),
        )
    courses = [factories.make_course().pk for _ in range(COURSES)]
    now = timezone.now()
    plan = VotePlan(course_ids=courses, opens_at=now, closes_at=now + OPEN_FOR, is_open_count=True)
    ballot = call_vote(cohort_id=cohort.pk, plan=plan, by=cohort.facilitator, now=now)
    assert isinstance(ballot, Ballot)
    tell_of_all()
    titles = dict(ballot.options.values_list("title", "key"))
    print(json.dumps({"ballot": ballot.pk, "titles": titles}))  # noqa: T201 -- the answer


def close(ballot_id: int) -> None:
    """Let the clock close the vote, as it will when its time has come."""
    close_votes(now=Ballot.objects.get(pk=ballot_id).closes_at)
    assert Ballot.objects.get(pk=ballot_id).state == BallotState.DECIDED
