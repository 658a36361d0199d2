"""What people need at the table: for the leader's eyes only, and gone when the course is over."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.rules import Role
from accounts.steps import LINK
from cohorts.actions import needs, rounds, seats
from cohorts.models import Cohort, Enrolment
from cohorts.rules import CohortState, RoundState
from outbox.models import Message
from tests.aftermath import everything, read_again
from tests.cohorts.staff_world import from_now, join, log_in, read, round_of, running, send
from tests.factories import (
    NOW,
    make_course,
    make_enrolment,
    make_invitation,
    make_meeting,
    make_user,
)

pytestmark = pytest.mark.django_db(transaction=True)

ALLERGY = "Nötallergi"
NUMBER = "070-174 06 05"


def group(leader: Any, **fields: Any) -> tuple[Cohort, Enrolment]:
    cohort = running(leader)
    return cohort, join(cohort, "Nora Nöt", needs=ALLERGY, **fields)


def test_a_member_changes_what_they_need_and_takes_it_back(client: Client) -> None:
    _, seat = group(make_user(role=Role.FACILITATOR))
    client.force_login(seat.user)
    page = f"/grupp/{seat.cohort_id}/behov/"
    assert ALLERGY in client.get(page).content.decode()
    assert "Sparat" in send(client, page, {"needs": "Hörslinga"})
    assert read_again(seat).needs == "Hörslinga"
    send(client, page, {"needs": ""})
    assert read_again(seat).needs == ""


@pytest.mark.parametrize(
    ("role", "leads", "sees"),
    [(Role.FACILITATOR, True, True), (Role.COORDINATOR, False, False)],
)
def test_only_the_leader_sees_what_people_need(
    client: Client, role: Role, leads: bool, sees: bool
) -> None:
    user = log_in(client, role)
    cohort, seat = group(user if leads else make_user(role=Role.FACILITATOR))
    meeting = make_meeting(round=round_of(cohort), starts_at=from_now(days=3))
    for page in (
        f"/handledare/traffar/{meeting.pk}/",
        f"/handledare/grupper/{cohort.pk}/deltagare/{seat.pk}/",
    ):
        assert (ALLERGY in read(client, page)) == sees
    assert ALLERGY not in read(client, f"/handledare/traffar/{meeting.pk}/lista/")


def test_it_is_in_no_letter_and_in_no_line_of_history() -> None:
    invitation = make_invitation()
    seat = seats.accept_invitation(
        invitation_id=invitation.pk, login_email="n@example.org", needs=ALLERGY, now=NOW
    )
    needs.tell_needs(enrolment_id=seat.pk, needs=f"{ALLERGY} och tolk", phone=NUMBER)
    tables = everything()
    for said in (ALLERGY, NUMBER):
        holding = [name for name, rows in tables.items() if said in str(rows)]
        assert holding == ["cohorts.Enrolment"]
    assert Message.objects.count() == 1


def test_it_is_erased_when_the_round_is_over_and_it_is_gone_everywhere(
    client: Client,
) -> None:
    leader = log_in(client)
    cohort, seat = group(leader, phone=NUMBER)
    needs.erase_needs(now=timezone.now())
    assert (read_again(seat).needs, read_again(seat).phone) == (ALLERGY, NUMBER)
    rounds.close_round(round_id=round_of(cohort).pk, by=leader, now=timezone.now())
    assert [said for said in (ALLERGY, NUMBER) if said in str(everything())] == []
    client.force_login(seat.user)
    assert ALLERGY not in client.get("/mina-uppgifter/hamta/").content.decode()


@pytest.mark.parametrize("next_one", [None, RoundState.CHOSEN, RoundState.FEE_CHECK])
def test_what_is_said_between_two_courses_is_kept_for_the_next(
    next_one: RoundState | None,
) -> None:
    leader = make_user(role=Role.FACILITATOR)
    cohort, seat = group(leader)
    rounds.close_round(round_id=round_of(cohort).pk, by=leader, now=timezone.now())
    if next_one:
        cohort.rounds.create(course=make_course(), state=next_one, price_sek=0)
    needs.tell_needs(enrolment_id=seat.pk, needs=ALLERGY, phone=NUMBER)
    assert needs.erase_needs(now=timezone.now()) == 0
    assert (read_again(seat).needs, read_again(seat).phone) == (ALLERGY, NUMBER)


def test_it_stays_before_the_first_course_and_while_the_next_one_runs() -> None:
    leader = make_user(role=Role.FACILITATOR)
    cohort, seat = group(leader)
    cohort.rounds.update(state=RoundState.CHOSEN)
    assert needs.erase_needs(now=NOW) == 0
    cohort.rounds.update(state=RoundState.CLOSED)
    cohort.rounds.create(course=make_course(), state=RoundState.RUNNING, price_sek=0)
    assert needs.erase_needs(now=NOW) == 0
    assert read_again(seat).needs == ALLERGY


@pytest.mark.parametrize("how", ["left", "completed"])
def test_it_goes_with_the_seat_or_the_group(how: str) -> None:
    cohort, seat = group(make_user(role=Role.FACILITATOR))
    if how == "left":
        seats.leave_cohort(enrolment_id=seat.pk, actor=LINK, why="", now=NOW)
    else:
        Cohort.objects.filter(pk=cohort.pk).update(state=CohortState.COMPLETED)
    other = make_enrolment(needs="Tolk")
    assert needs.erase_needs(now=NOW) == 1
    assert (read_again(seat).needs, read_again(other).needs) == ("", "Tolk")


@pytest.mark.parametrize(
    ("typed", "kept"), [("+46 (0)70-174 06 05", True), ("070", False), ("ring mig aldrig", False)]
)
def test_a_member_leaves_a_number_and_is_told_when_it_is_none(
    client: Client, typed: str, kept: bool
) -> None:
    cohort, seat = group(make_user(role=Role.FACILITATOR))
    client.force_login(seat.user)
    page = f"/grupp/{cohort.pk}/behov/"
    client.post(page, {"needs": ALLERGY, "phone": typed})
    assert read_again(seat).phone == (typed if kept else "")
    if not kept:
        said = client.post(page, {"needs": ALLERGY, "phone": typed}).content.decode()
        assert "Skriv numret med siffror" in said
