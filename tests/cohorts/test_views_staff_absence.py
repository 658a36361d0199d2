"""A leader who is away some days: the preview repairs all cohorts, and saves all or nothing."""

import re
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.rules import Role
from cohorts.models import Cohort, Enrolment, Meeting, TimeOff
from cohorts.planning.closed import closed_days
from cohorts.queries.repairs import repairs_for
from tests.aftermath import letters, whys
from tests.cohorts.staff_world import log_in, read, running, send
from tests.factories import make_meeting, make_place, make_user

pytestmark = pytest.mark.django_db

PAGE = "/handledare/borta/"


def tuesday() -> date:
    """Return a Tuesday a few weeks ahead, with three open ones around it."""
    today = timezone.localdate()
    day = today + timedelta(days=21 + (1 - today.weekday()) % 7)
    closed = closed_days(today, today + timedelta(days=200))
    while closed & {day + timedelta(days=step) for step in (-7, 0, 7, 14, 21)}:
        day += timedelta(days=7)
    return day


def series(leader: User, *days: date, hour: int = 12) -> Cohort:
    cohort = running(leader, time=f"{days[0].weekday()}-lunch")
    for day in days:
        at = timezone.make_aware(datetime.combine(day, time(hour)))
        make_meeting(round=cohort.rounds.get(), starts_at=at)
    return cohort


def shown(page: Client, day: date, **told: Any) -> str:
    return read(page, PAGE, first_on=day.isoformat(), last_on=day.isoformat(), **told)


def days_of(cohort: Cohort) -> list[date]:
    starts = Meeting.objects.filter(round__cohort=cohort).order_by("starts_at")
    return [timezone.localdate(one) for one in starts.values_list("starts_at", flat=True)]


def test_all_cohorts_are_repaired_in_one_preview_and_nobody_else_hears_of_it(
    client: Client,
) -> None:
    leader, away = log_in(client), tuesday()
    other = away + timedelta(days=21)
    one = series(leader, away, other)
    untouched = series(leader, other, hour=15)
    said = shown(client, away)
    assert "flyttas till" in said
    [repair] = repairs_for(leader.pk, away, away, now=timezone.now())
    told = {"first_on": away.isoformat(), "last_on": away.isoformat()}
    said = send(client, PAGE, {**told, f"grupp-{one.pk}": f"move {repair.signature}"})
    assert "Frånvaron är sparad. De berörda har fått brev." in said
    moved, kept = days_of(one)
    assert (moved != away, kept) == (True, other)
    assert 14 <= (kept - moved).days <= 28
    assert days_of(untouched) == [other]
    assert len(letters()) == 3  # the two members of the one cohort, and its leader
    assert TimeOff.objects.filter(user=leader).count() == 1


def test_a_preview_that_has_grown_old_saves_nothing(client: Client) -> None:
    leader, away = log_in(client), tuesday()
    one = series(leader, away)
    [repair] = repairs_for(leader.pk, away, away, now=timezone.now())
    Meeting.objects.update(sequence=7)
    told = {"first_on": away.isoformat(), "last_on": away.isoformat()}
    said = send(client, PAGE, {**told, f"grupp-{one.pk}": f"move {repair.signature}"})
    assert "Något har ändrats sedan förslaget visades." in said
    assert (days_of(one), TimeOff.objects.count(), letters()) == ([away], 0, [])


def test_where_the_rules_leave_no_way_the_page_says_why_and_what_would_help(
    client: Client,
) -> None:
    leader, away = log_in(client), tuesday()
    make_place("digital")
    cohort = series(leader, away - timedelta(days=28), away, away + timedelta(days=28))
    Meeting.objects.filter(round__cohort=cohort, starts_at__lt=timezone.now()).update(state="held")
    off = timezone.make_aware(datetime.combine(away, time.min))
    TimeOff.objects.create(user=leader, starts_at=off, ends_at=off + timedelta(days=90))
    said = shown(client, away)
    assert "Det finns inget sätt att flytta som håller reglerna" in said
    assert "vikarie, digitalt eller inställd" in said


def test_days_that_are_over_or_turned_around_are_pointed_out(client: Client) -> None:
    log_in(client)
    past, today = date(2020, 1, 1), timezone.localdate()
    said = read(client, PAGE, first_on=past.isoformat(), last_on=past.isoformat())
    assert "Dagarna har redan varit." in said
    said = read(client, PAGE, first_on=today.isoformat(), last_on=past.isoformat())
    assert "Sista dagen ligger före den första." in said


def test_an_absence_without_meetings_is_saved_all_the_same(client: Client) -> None:
    leader, away = log_in(client), tuesday()
    assert "Inga träffar berörs de dagarna." in shown(client, away)
    told = {"first_on": away.isoformat(), "last_on": away.isoformat()}
    assert "Frånvaron är sparad." in send(client, PAGE, told)
    assert TimeOff.objects.filter(user=leader).count() == 1


def meeting_soon(leader: User) -> Meeting:
    """Return a meeting of two in a few hours, on a day on which meetings stand or not."""
    cohort = running(leader)
    starts_at = timezone.now() + timedelta(hours=3)
    return make_meeting(round=cohort.rounds.get(), starts_at=starts_at)


def on_the_day_of(meeting: Meeting) -> dict[str, str]:
    day = timezone.localdate(meeting.starts_at).isoformat()
    return {"first_on": day, "last_on": day}


def offered(page: str, way: str) -> str:
    """Return the first value of a radio button that begins with a way."""
    found = re.search(rf'value="({way}[^"]*)"', page)
    assert found is not None
    return found[1]


def raw(client: Client, told: dict[str, str]) -> str:
    return client.get(PAGE, told).content.decode()


def test_today_a_substitute_is_offered_first_with_whom_to_ring_and_takes_over_in_one_click(
    client: Client,
) -> None:
    leader = log_in(client)
    meeting = meeting_soon(leader)
    seat = meeting.round.cohort.enrolments.order_by("pk")[0]
    Enrolment.objects.filter(pk=seat.pk).update(phone="070-174 06 05")
    free = make_user(role=Role.FACILITATOR, name="Frida Fri")
    busy = make_user(role=Role.FACILITATOR, name="Uno Upptagen")
    make_meeting(round=running(busy).rounds.get(), starts_at=meeting.starts_at)
    told = on_the_day_of(meeting)
    page = raw(client, told)
    assert "Frida Fri leder i stället" in page
    assert "Uno Upptagen" not in page
    assert '<a class="govuk-link regai-nowrap"' in page
    assert 'href="tel:0701740605"' in page
    choice = offered(page, "substitute")
    assert page.index(choice) < page.index('value="leave"')
    send(client, PAGE, {**told, f"grupp-{meeting.round.cohort_id}": choice})
    meeting.refresh_from_db()
    assert (meeting.facilitator, meeting.sequence) == (free, 1)
    assert TimeOff.objects.filter(user=leader).count() == 1
    assert letters() == [
        f"meeting/{meeting.pk}/led-by/{free.pk}/1",
        f"led/{meeting.pk}/1/taken_over/{leader.pk}",
    ]


def test_a_meeting_called_off_the_same_day_leaves_a_list_to_ring(client: Client) -> None:
    leader = log_in(client)
    meeting = meeting_soon(leader)
    names = [one.interest.name for one in meeting.round.cohort.enrolments.all()]
    told = on_the_day_of(meeting)
    choice = offered(raw(client, told), "call_off")
    field = f"grupp-{meeting.round.cohort_id}"
    said = send(client, PAGE, {**told, field: choice, "skal": "Jag är sjuk."})
    meeting.refresh_from_db()
    assert meeting.state == "cancelled"
    assert "Ring de här nu" in said
    assert all(name in said for name in names)
    assert whys(meeting)[-1] == "Jag är sjuk."


def test_a_list_to_ring_is_only_of_meetings_of_ones_own(client: Client) -> None:
    log_in(client)
    other = meeting_soon(make_user(role=Role.FACILITATOR))
    assert "Ring de här nu" not in read(client, PAGE, ring=str(other.pk))


def test_a_substitute_who_is_taken_meanwhile_stops_everything(client: Client) -> None:
    leader = log_in(client)
    meeting = meeting_soon(leader)
    free = make_user(role=Role.FACILITATOR)
    told = on_the_day_of(meeting)
    choice = offered(raw(client, told), f"substitute {free.pk}")
    make_meeting(round=running(free).rounds.get(), starts_at=meeting.starts_at)
    said = send(client, PAGE, {**told, f"grupp-{meeting.round.cohort_id}": choice})
    assert "Något har ändrats sedan förslaget visades." in said
    assert TimeOff.objects.count() == 0


def test_a_choice_that_was_never_offered_saves_nothing(client: Client) -> None:
    leader = log_in(client)
    meeting = meeting_soon(leader)
    told = on_the_day_of(meeting)
    said = send(client, PAGE, {**told, "grupp-999999": "leave"})
    assert "Något har ändrats sedan förslaget visades." in said
    assert (TimeOff.objects.count(), letters()) == (0, [])


def test_a_coordinator_sees_to_the_meetings_of_somebody_who_is_ill_for_a_week(
    client: Client,
) -> None:
    log_in(client, Role.COORDINATOR)
    leader, away = make_user(role=Role.FACILITATOR), tuesday()
    one = series(leader, away)
    other = series(leader, away + timedelta(days=1), hour=15)
    page = f"/samordna/handledare/{leader.pk}/borta/"
    told = {
        "first_on": away.isoformat(),
        "last_on": (away + timedelta(days=6)).isoformat(),
    }
    shown_ = client.get(page, told).content.decode()
    choices = {
        f"grupp-{cohort.pk}": offered(shown_.split(f'id="cohort-{cohort.pk}"')[1], "move")
        for cohort in (one, other)
    }
    send(client, page, {**told, **choices})
    for cohort in (one, other):
        assert all(day > away + timedelta(days=6) for day in days_of(cohort))
