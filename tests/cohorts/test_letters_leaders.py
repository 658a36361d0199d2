"""Leaders' calendars follow: planned, changed, called off, handed over and taken back."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from accounts.models import User
from accounts.rules import Role
from cohorts.actions import forming, restoring
from cohorts.actions import series as planning
from cohorts.actions.series import PlannedMeeting
from cohorts.actions.substitutes import hand_over_meeting
from cohorts.emails.invites import uid_of
from cohorts.models import Cohort, Meeting
from outbox.models import Message
from tests.cohorts.calendar_client import CalendarClient, parsed
from tests.factories import NOW, make_cohort, make_enrolment, make_user

pytestmark = pytest.mark.django_db

FIRST = datetime(2026, 4, 7, 12, tzinfo=ZoneInfo("Europe/Stockholm"))
DAY = timedelta(days=1)


@pytest.fixture
def cohort() -> Cohort:
    cohort = make_cohort(facilitator=make_user(role=Role.FACILITATOR), name="Tisdagsgruppen")
    make_enrolment(cohort=cohort)
    return cohort


def plan(cohort: Cohort) -> list[Meeting]:
    series = [
        PlannedMeeting(starts_at=FIRST + n * DAY, duration_minutes=60, place="umea")
        for n in (0, 21)
    ]
    return planning.plan_series(
        round_id=cohort.rounds.get().pk, series=series, by=cohort.facilitator, now=NOW
    )


def to(user: User) -> list[Message]:
    return list(Message.objects.filter(to=user.email).order_by("id"))


def told(user: User) -> list[tuple[str, str, int]]:
    """Return method, UID and sequence of all that a user's calendar has been told, in order."""
    found: list[tuple[str, str, int]] = []
    for message in to(user):
        for text in message.calendars:
            (event,) = parsed(text).walk("VEVENT")
            assert str(event["ATTENDEE"]) == f"mailto:{user.email}"
            method = str(parsed(text)["METHOD"])
            found.append((method, str(event["UID"]), int(event["SEQUENCE"])))
    return found


def shown(user: User) -> dict[str, Any]:
    client = CalendarClient()
    for message in to(user):
        for text in message.calendars:
            client.take(text)
    return client.shown()


def test_a_planned_series_is_one_letter_with_a_request_for_each_meeting(cohort: Cohort) -> None:
    meetings = plan(cohort)
    leader = cohort.facilitator
    (letter,) = to(leader)
    assert "Träffarna som du leder med Tisdagsgruppen" in letter.subject
    uids = [str(uid_of(one, f"user/{leader.pk}")) for one in meetings]
    assert told(leader) == [("REQUEST", uid, 0) for uid in uids]


def test_a_change_and_the_end_of_a_meeting_follow_whoever_made_them(cohort: Cohort) -> None:
    meeting, _ = plan(cohort)
    leader, coordinator = cohort.facilitator, make_user(role=Role.COORDINATOR)
    later = PlannedMeeting(
        starts_at=meeting.starts_at + timedelta(hours=1), duration_minutes=60, place="umea"
    )
    planning.change_meeting(
        meeting_id=meeting.pk, to=later, gap_reason="", by=coordinator, now=NOW + DAY
    )
    assert later.starts_at in shown(leader).values()
    planning.cancel_meeting(meeting_id=meeting.pk, why="", by=leader, now=NOW + 2 * DAY)
    assert [method for method, _uid, _n in told(leader)] == ["REQUEST"] * 3 + ["CANCEL"]
    assert len(shown(leader)) == 1
    planning.restore_meeting(meeting_id=meeting.pk, by=leader, now=NOW + 3 * DAY)
    assert len(shown(leader)) == 2
    assert [letter.subject.partition(": ")[2] for letter in to(leader)] == [
        "Träffarna som du leder med Tisdagsgruppen",
        "Ändrat: träff som du leder med Tisdagsgruppen",
        "Inställt: träff som du skulle leda med Tisdagsgruppen",
        "Blir av: träff som du leder med Tisdagsgruppen",
    ]


def test_a_substitute_has_it_in_the_calendar_and_the_leader_no_more_until_it_comes_back(
    cohort: Cohort,
) -> None:
    meeting, _ = plan(cohort)
    leader, other = cohort.facilitator, make_user(role=Role.FACILITATOR, name="Vera Vikarie")
    assert (
        hand_over_meeting(meeting_id=meeting.pk, to_id=other.pk, by=leader, now=NOW + DAY) is None
    )
    mine = str(uid_of(meeting, f"user/{leader.pk}"))
    assert told(leader)[-1] == ("CANCEL", mine, 1)
    assert told(other) == [("REQUEST", str(uid_of(meeting, f"user/{other.pk}")), 1)]
    assert "Vera Vikarie leder träffen" in to(leader)[-1].subject
    hand_over_meeting(meeting_id=meeting.pk, to_id=leader.pk, by=other, now=NOW + 2 * DAY)
    assert told(leader)[-1] == ("REQUEST", mine, 2)
    assert (len(shown(leader)), shown(other)) == (2, {})


def test_a_cohort_called_off_and_restored_goes_and_comes_back_as_one_letter(
    cohort: Cohort,
) -> None:
    plan(cohort)
    leader = cohort.facilitator
    forming.cancel_cohort(cohort_id=cohort.pk, by=leader, why="för få", now=NOW + DAY)
    assert (shown(leader), len(to(leader))) == ({}, 2)
    restoring.restore_cohort(cohort_id=cohort.pk, by=leader, now=NOW + 2 * DAY)
    assert (len(shown(leader)), len(to(leader))) == (2, 3)


def test_who_leads_and_takes_part_has_each_meeting_once(cohort: Cohort) -> None:
    make_enrolment(cohort=cohort, user=cohort.facilitator)
    plan(cohort)
    assert Message.objects.filter(key__startswith="led/").count() == 0
