"""Every list: as many statements for a thousand rows as for one, and a page at a time.

``MOST`` holds for a page that is one list. A desk shows several things besides its list; how many
statements it may take stands beside it.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any, TypeVar
from uuid import uuid4

import pytest
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from accounts.rules import Role
from cohorts.models import InterestPlace
from cohorts.rules import CohortState
from deminimis.models import RegisterMark
from outbox.models import Message
from outbox.rules import LetterState
from tests.factories import (
    make_certificate,
    make_cohort,
    make_company,
    make_contact,
    make_course,
    make_enrolment,
    make_entry,
    make_interest,
    make_invitation,
    make_meeting,
    make_programme,
    make_user,
)

pytestmark = pytest.mark.django_db

MOST = 6
MANY = 1_000
A_PAGE = 50
AMOUNT = "(?:11|2[01])\u00a0\\d{3}\u00a0kr"
Row = TypeVar("Row", bound=Model)


def copies(row: Row, many: int, **told: Callable[[int], Any]) -> list[Row]:
    """Return ``row`` with as many copies of it as make ``many``, written in one go."""
    model = type(row)
    fields = {f.attname: getattr(row, f.attname) for f in model._meta.concrete_fields}
    del fields[model._meta.pk.attname]
    made = [
        model(**{**fields, **{name: value(n) for name, value in told.items()}})
        for n in range(1, many)
    ]
    return [row, *model._default_manager.bulk_create(made)]


def interests(many: int, **fields: Any) -> list[Any]:
    rows = copies(
        make_interest(name="Rad 0000", **fields),
        many,
        name=lambda n: f"Rad {n:04}",
        sort_key=lambda n: f"rad {n:04}",
        email=lambda n: f"rad{n}@example.org",
    )
    InterestPlace.objects.bulk_create(
        InterestPlace(interest=row, place_id="umea", rank=1) for row in rows[1:]
    )
    return rows


def companies(many: int, **fields: Any) -> list[Any]:
    unknown = {"number": None, "number_digest": None, **fields}
    return copies(make_company(**unknown), many, name=lambda n: f"Rad {n:04}")


def entries(many: int) -> list[Any]:
    return copies(
        make_entry(),
        many,
        case=lambda n: f"participation/x{n}",
        amount_sek=lambda n: Decimal(20_000 + n),
    )


def people(_user: User, many: int) -> str:
    interests(many)
    return "/samordna/personer/"


def brought(user: User, many: int) -> str:
    interests(many, on_behalf_by=user)
    return "/coach/"


def waiting(_user: User, many: int) -> str:
    interests(many)
    return "/samordna/forslag/"


def flagged(_user: User, many: int) -> str:
    companies(many, needs_check=True)
    return "/samordna/"


def letters(_user: User, many: int) -> str:
    now = timezone.now()
    letter = Message(
        key="x/0", about="interest/1", to="a@example.org", language="sv", subject="Hej"
    )
    letter.state, letter.queued_at = LetterState.GIVEN_UP, now
    letter.next_try_at = letter.ended_at = now
    letter.save()
    copies(letter, many, key=lambda n: f"x/{n}")
    return "/samordna/brev/"


def mailbox(user: User, many: int) -> str:
    letters(user, many)
    return "/brevladan/"


def to_check(_user: User, many: int) -> str:
    rows = companies(many)
    certificate = make_certificate(
        company=rows[0], state="submitted", submitted_at=timezone.now() - timedelta(days=1)
    )
    copies(certificate, many, company_id=lambda n: rows[n].pk)
    return "/stod/"


def to_register(_user: User, many: int) -> str:
    entries(many)
    return "/stod/register/"


def registered(user: User, many: int) -> str:
    on = timezone.localdate()
    RegisterMark.objects.bulk_create(
        RegisterMark(entry=entry, registered_on=on, reference="R", by=user)
        for entry in entries(many)
    )
    return "/stod/register/?visa=registrerade"


def ledger(_user: User, many: int) -> str:
    return f"/stod/foretag/{entries(many)[0].company_id}/"


def own_ledger(user: User, many: int) -> str:
    make_contact(entries(many)[0].company, user)
    return "/foretag/"


def colleagues(user: User, many: int) -> str:
    company = make_company()
    make_contact(company, user)
    rows = interests(many, company=company)
    seat = make_enrolment(interest=rows[0])
    users = copies(seat.user, many, email=lambda n: f"rad{n}@example.org")
    copies(seat, many, interest_id=lambda n: rows[n].pk, user_id=lambda n: users[n].pk)
    return "/foretag/"


def cohorts(user: User, many: int) -> str:
    copies(make_cohort(facilitator=user, state=CohortState.ARCHIVED), many)
    return "/handledare/?grupper=alla"


def running(user: User, many: int) -> str:
    cohort = make_cohort(facilitator=user, state=CohortState.RUNNING)
    rounds = copies(cohort.rounds.get(), 1)
    more = copies(cohort, many)
    copies(rounds[0], many, cohort_id=lambda n: more[n].pk)
    return "/handledare/"


def invitations(user: User, many: int) -> str:
    cohort = make_cohort(facilitator=user)
    rows = interests(many)
    copies(make_invitation(cohort=cohort, interest=rows[0]), many, interest_id=lambda n: rows[n].pk)
    return f"/handledare/grupper/{cohort.pk}/"


def meetings(_user: User, many: int) -> str:
    first = timezone.now().replace(hour=4, minute=0) + timedelta(days=20)
    # A leader is in one place at a time.
    leaders = [make_user() for _ in range(16)]
    copies(
        make_meeting(starts_at=first, duration_minutes=15, facilitator=leaders[0]),
        many,
        starts_at=lambda n: first + timedelta(minutes=n),
        facilitator_id=lambda n: leaders[n % 16].pk,
        uid=lambda _n: uuid4(),
    )
    return "/traffar/"


def courses(_user: User, many: int) -> str:
    copies(make_course(slug="rad-0"), many, slug=lambda n: f"rad-{n}")
    return "/kurser/"


def closed(_user: User, many: int) -> str:
    over = timezone.localdate() - timedelta(days=1)
    programme = make_programme(slug="rad-0", ends_on=over, runs_cohorts=False)
    copies(programme, many, slug=lambda n: f"rad-{n}")
    return "/projekt/avslutade/"


def figures(_user: User, many: int) -> str:
    interests(many)
    return "/rapporter/"


@dataclass(frozen=True, slots=True)
class List:
    """One list: its rows, who reads it, and what tells one row from the next on the page."""

    rows: Callable[[User, int], str]
    role: Role | None = None
    row: str = ""
    most: int = MOST
    a_page: int = A_PAGE


LISTS = [
    List(people, Role.COORDINATOR, r"/personer/(\d+)/"),
    List(brought, Role.COACH, r"Rad \d{4}"),
    List(letters, Role.COORDINATOR, r"/brev/(\d+)/"),
    List(mailbox, None, r"/brevladan/(\d+)/"),
    List(to_register, Role.AID_OFFICER, r"/register/(\d+)/"),
    List(registered, Role.AID_OFFICER, r"/register/(\d+)/"),
    List(meetings, None, r"(\d\d\.\d\d)–"),
    List(courses, None, r"/kurser/(rad-\d+)/"),
    List(closed, None, r"/projekt/(rad-\d+)/"),
    List(to_check, Role.AID_OFFICER, r"/intyg/(\d+)/"),
    # Desks: the list is one thing of several that they show.
    List(flagged, Role.COORDINATOR, r"/foretag/(\d+)/", most=8, a_page=20),
    List(waiting, Role.COORDINATOR, most=8),
    List(ledger, Role.AID_OFFICER, AMOUNT, most=12),
    List(own_ledger, None, AMOUNT, most=15),
    List(colleagues, None, r"Rad \d{4}", most=15),
    List(cohorts, Role.FACILITATOR, r"/grupper/(\d+)/", most=8),
    List(running, Role.FACILITATOR, r"/grupper/(\d+)/", most=7),
    List(invitations, Role.FACILITATOR, most=15),
    List(figures, Role.AUDITOR, most=9),
]


@pytest.mark.parametrize("one", LISTS, ids=lambda one: one.rows.__name__)
@pytest.mark.parametrize("many", [1, MANY])
def test_a_list_takes_as_many_statements_for_many_rows_as_for_one(
    client: Client, one: List, many: int
) -> None:
    user = make_user(role=one.role)
    address = one.rows(user, many)
    client.force_login(user)
    client.get(address)  # what is kept for five minutes, such as the financiers' names, is read
    with CaptureQueriesContext(connection) as taken:
        response = client.get(address)
    assert response.status_code == 200
    shown = set(re.findall(one.row, response.content.decode())) if one.row else set()
    assert len(shown) == (min(many, one.a_page) if one.row else 0)
    assert len(taken) <= one.most
