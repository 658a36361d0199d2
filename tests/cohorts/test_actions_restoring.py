"""A cohort called off is called back within fourteen days, with what can still be had."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from accounts.rules import MoveRefused
from cohorts.actions.forming import cancel_cohort
from cohorts.actions.restoring import restore_cohort
from cohorts.models import Cohort, Meeting
from cohorts.rules import CohortState
from tests.aftermath import everything, members_letters, read_again
from tests.cohorts.staff_world import from_now, log_in, read, send
from tests.factories import NOW, make_cohort, make_enrolment, make_meeting

pytestmark = pytest.mark.django_db(transaction=True)

FIRST = datetime(2026, 4, 7, 12, tzinfo=ZoneInfo("Europe/Stockholm"))
FOURTEEN = timedelta(days=14)


@pytest.fixture
def cohort() -> Cohort:
    """A confirmed cohort of two with two meetings, called off now."""
    cohort = make_cohort(state=CohortState.CONFIRMED)
    for _ in range(2):
        make_enrolment(cohort=cohort)
    for days in (0, 21):
        make_meeting(round=cohort.rounds.get(), starts_at=FIRST + timedelta(days=days))
    cancel_cohort(cohort_id=cohort.pk, by=cohort.facilitator, why="För få", now=NOW)
    return cohort


def back(cohort: Cohort, now: datetime = NOW) -> int:
    return restore_cohort(cohort_id=cohort.pk, by=cohort.facilitator, now=now)


def states(cohort: Cohort) -> list[tuple[str, int]]:
    meetings = Meeting.objects.filter(round__cohort=cohort).order_by("starts_at")
    return list(meetings.values_list("state", "sequence"))


@pytest.mark.parametrize(("late", "is_done"), [(timedelta(0), True), (timedelta(seconds=1), False)])
def test_fourteen_days_to_the_second(cohort: Cohort, late: timedelta, is_done: bool) -> None:
    if is_done:
        assert back(cohort, NOW + FOURTEEN + late) == 2
        assert read_again(cohort).state == CohortState.CONFIRMED
        assert states(cohort) == [("scheduled", 2)] * 2
        assert len([key for key in members_letters() if "/restored/" in key]) == 2
        return
    before = everything()
    with pytest.raises(MoveRefused):
        back(cohort, NOW + FOURTEEN + late)
    assert everything() == before


def test_a_meeting_whose_leader_is_taken_since_stays_called_off(cohort: Cohort) -> None:
    other = make_cohort(facilitator=cohort.facilitator).rounds.get()
    make_meeting(round=other, starts_at=FIRST)
    assert back(cohort) == 1
    assert states(cohort) == [("cancelled", 1), ("scheduled", 2)]


def test_a_member_with_a_seat_elsewhere_stays_there(cohort: Cohort) -> None:
    moved = cohort.enrolments.order_by("id")[0]
    make_enrolment(interest=moved.interest, cohort=make_cohort(state=CohortState.RUNNING))
    back(cohort)
    assert read_again(moved).state == "withdrawn"
    assert len([key for key in members_letters() if "/restored/" in key]) == 1


def test_a_second_click_is_refused(cohort: Cohort) -> None:
    back(cohort)
    with pytest.raises(MoveRefused):
        back(cohort)


def test_the_page_shows_what_comes_back_and_does_it(client: Client) -> None:
    leader = log_in(client)
    cohort = make_cohort(state=CohortState.FORMING, facilitator=leader)
    make_enrolment(cohort=cohort)
    make_meeting(round=cohort.rounds.get(), starts_at=_open_day())
    page = f"/handledare/grupper/{cohort.pk}/"
    send(client, f"{page}installd/", {"why": "För få"})
    assert "Ångra att gruppen ställdes in" in read(client, page)
    assert "De här träffarna blir av igen" in read(client, f"{page}aterstall/")
    assert "Gruppen blir av" in send(client, f"{page}aterstall/")
    assert "kan inte återställas" in send(client, f"{page}aterstall/")


def _open_day() -> datetime:
    """Return noon of a Wednesday in September next year: never a holiday."""
    year = timezone.localdate(from_now(days=0)).year + 1
    day = datetime(year, 9, 8, 12, tzinfo=ZoneInfo("Europe/Stockholm"))
    return day + timedelta(days=(2 - day.weekday()) % 7)
