"""A facilitator's world: who is logged in, cohorts in each state, what a page says."""

from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from accounts.rules import Role
from cohorts.models import Cohort, CourseRound, Enrolment, Participation
from cohorts.rules import CohortState, ParticipationState, RoundState
from tests.factories import make_cohort, make_enrolment, make_interest, make_user
from tests.journeys.forms import words_in

NEVER_MIND = "Vi hinner inte"


def log_in(client: Client, role: Role = Role.FACILITATOR, **fields: Any) -> User:
    """Log a member of staff in, and return who it is."""
    user = make_user(role=role, **fields)
    client.force_login(user)
    return user


def read(client: Client, path: str, *, status: int = 200, **told: Any) -> str:
    """Return the words of a page."""
    response = client.get(path, told)
    assert response.status_code == status, (path, response.status_code)
    return words_in(response.content.decode())


def send(client: Client, path: str, told: dict[str, Any] | None = None) -> str:
    """Post to a page and return the words of the page that comes after."""
    response = client.post(path, told or {}, follow=True)
    assert response.status_code == 200, (path, response.status_code)
    return words_in(response.content.decode())


def queries_of(client: Client, path: str) -> int:
    """Return how many statements a page takes."""
    with CaptureQueriesContext(connection) as found:
        assert client.get(path).status_code == 200
    return len(found)


def from_now(**time: int) -> datetime:
    """Return a moment so far from now, to the minute."""
    return timezone.now().replace(second=0, microsecond=0) + timedelta(**time)


def forming(leader: User, **fields: Any) -> Cohort:
    """Return a cohort of ``leader`` that starts in forty days."""
    starts_on = timezone.localdate() + timedelta(days=40)
    return make_cohort(**{"facilitator": leader, "starts_on": starts_on, **fields})


def running(leader: User, *, members: int = 2, ends_in: int = 60, **fields: Any) -> Cohort:
    """Return a running cohort of ``leader`` with members who study its first course."""
    today = timezone.localdate()
    cohort = make_cohort(
        facilitator=leader,
        state=CohortState.RUNNING,
        round_state=RoundState.RUNNING,
        starts_on=today - timedelta(days=30),
        **fields,
    )
    cohort.rounds.update(ends_on=today + timedelta(days=ends_in))
    for _ in range(members):
        join(cohort)
    return cohort


def join(cohort: Cohort, name: str = "", **fields: Any) -> Enrolment:
    """Return a member of a running cohort, who studies."""
    named = {"name": name} if name else {}
    interest = make_interest(**named)
    seat = make_enrolment(cohort=cohort, interest=interest, **fields)
    Participation.objects.create(
        round=round_of(cohort), enrolment=seat, state=ParticipationState.NOT_STARTED
    )
    return seat


def round_of(cohort: Cohort) -> CourseRound:
    """Return the cohort's first round."""
    return cohort.rounds.order_by("id")[0]
