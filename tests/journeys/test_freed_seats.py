"""A seat given up in each of five ways, on the pages where people do so, goes to the next person.

Each way starts from the same full cohort and the same line. The one who is next gets one letter,
whose link opens the offer; sending the same form again offers nothing more.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts.rules import Role
from cohorts.actions.seats import release_invitations
from cohorts.models import Cohort, Enrolment, Interest
from cohorts.rules import InvitationState
from tests.cohorts.staff_world import forming, log_in
from tests.factories import make_enrolment, make_interest, make_invitation, make_user
from tests.journeys.forms import words_in
from tests.journeys.letters import latest_to, letters_to, links_in, post

pytestmark = pytest.mark.django_db(transaction=True)

INVITED = "inbjud"


@dataclass(frozen=True, slots=True)
class Full:
    """A cohort without a free seat: one stays, one may leave."""

    cohort: Cohort
    leaver: Enrolment


Sent = tuple[Client, str, dict[str, object]]
"""Who sends which form, and what stands in it."""


@pytest.fixture
def full() -> Full:
    cohort = forming(make_user(role=Role.FACILITATOR), seats=2, least=1)
    make_enrolment(cohort=cohort)
    return Full(cohort, make_enrolment(cohort=cohort))


@pytest.fixture
def line() -> list[Interest]:
    """Three who wait, the first in line last in the order of rows."""
    now = timezone.now()
    return [make_interest(registered_at=now - timedelta(days=days)) for days in (1, 2, 3)][::-1]


def leaves_on_the_own_page(full: Full) -> Sent:
    me = Client()
    me.force_login(full.leaver.user)
    return me, f"/grupp/{full.cohort.pk}/lamna/", {"why": ""}


def declines_by_the_link_in_the_letter(full: Full) -> Sent:
    cohort, asked = full.cohort, full.leaver.interest
    full.leaver.delete()
    draft = make_invitation(cohort=cohort, interest=asked, state=InvitationState.DRAFT)
    now = timezone.now()
    release_invitations(
        cohort_id=cohort.pk, invitation_ids=[draft.pk], by=cohort.facilitator, now=now
    )
    post(now)
    (link,) = [one for one in links_in(latest_to(asked.email, INVITED)) if "/inbjudan/" in one]
    return Client(), link, {"do": "decline"}


def is_ended_by_the_facilitator(full: Full) -> Sent:
    me = Client()
    me.force_login(full.cohort.facilitator)
    return (
        me,
        f"/handledare/grupper/{full.cohort.pk}/deltagare/{full.leaver.pk}/",
        {"why": "flyttar"},
    )


def is_ended_among_several(full: Full) -> Sent:
    me = Client()
    me.force_login(full.cohort.facilitator)
    told: dict[str, object] = {"plats": [full.leaver.pk], "why": "flyttar"}
    return me, f"/handledare/grupper/{full.cohort.pk}/avsluta-flera/", told


def is_erased(full: Full) -> Sent:
    me = Client()
    log_in(me, Role.DATA_PROTECTION)
    return me, f"/dataskydd/konton/{full.leaver.user_id}/", {"understood": "on"}


WAYS = [
    leaves_on_the_own_page,
    declines_by_the_link_in_the_letter,
    is_ended_by_the_facilitator,
    is_ended_among_several,
    is_erased,
]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_a_seat_freed_on_any_page_is_offered_to_the_same_next_person_once(
    way: Callable[[Full], Sent], full: Full, line: list[Interest]
) -> None:
    who, path, told = way(full)
    mail.outbox.clear()
    for _ in range(2):
        answer = who.post(path, told, HTTP_SEC_FETCH_SITE="same-origin")
        assert answer.status_code in {302, 404, 410}
        post(timezone.now())
    released = full.cohort.invitations.filter(state=InvitationState.RELEASED)
    assert list(released.values_list("interest", flat=True)) == [line[0].pk]
    assert [len(letters_to(one.email)) for one in line] == [1, 0, 0]
    (link,) = [
        one for one in links_in(latest_to(line[0].email, INVITED)) if one.startswith("/inbjudan/")
    ]
    assert full.cohort.name in words_in(Client().get(link).content.decode())
