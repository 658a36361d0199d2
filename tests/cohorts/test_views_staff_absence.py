"""A leader who is away some days: the preview repairs all cohorts, and saves all or nothing."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from cohorts.models import Cohort, Meeting, TimeOff
from cohorts.planning.closed import closed_days
from cohorts.queries.repairs import repairs_for
from tests.aftermath import letters
from tests.cohorts.staff_world import log_in, read, running, send
from tests.factories import make_meeting, make_place

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
