"""Reads about those who lead: what they have told, and how much they lead, over all cohorts."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import User
from cohorts.models import Cohort, Meeting, TimeOff, WorkingHours, WorkingTerms
from cohorts.queries.desk import LIVING
from cohorts.rules import MeetingState

WEEKS_SHOWN = 8


@dataclass(frozen=True, slots=True)
class WeekLoad:
    """How many meetings somebody leads in one week, and whether that is more than they can."""

    monday: date
    meetings: int
    is_over: bool


@dataclass(frozen=True, slots=True)
class Load:
    """What one leader has told, and leads in the weeks ahead."""

    user: User
    terms: WorkingTerms | None
    has_hours: bool
    cohorts: int
    weeks: Sequence[WeekLoad]


def terms_of(user: User) -> WorkingTerms | None:
    """Return what a leader has told of base, places and weeks; None if nothing."""
    terms = WorkingTerms.objects.select_related("base").prefetch_related("serves")
    return terms.filter(user=user).first()


def hours_of(user: User) -> dict[int, tuple[time, time]]:
    """Return the hours of each weekday that a leader works, none if not told."""
    rows = WorkingHours.objects.filter(user=user).order_by("weekday")
    return {one.weekday: (one.starts, one.ends) for one in rows}


def times_off_of(user: User, *, now: datetime) -> QuerySet[TimeOff]:
    """Return when a leader is off from now on, soonest first."""
    times = TimeOff.objects.filter(user=user, ended_at=None, ends_at__gt=now)
    return times.order_by("starts_at", "id")


def led_while_off(user: User, *, now: datetime) -> QuerySet[Meeting]:
    """Return the planned meetings that a leader leads on days on which they are off."""
    during = Q(pk=None)
    for off in times_off_of(user, now=now):
        during |= Q(starts_at__lt=off.ends_at, starts_at__gte=off.starts_at)
    meetings = user.meetings.filter(during, state=MeetingState.SCHEDULED, starts_at__gte=now)
    return meetings.select_related("round__cohort", "place").order_by("starts_at", "id")


def loads_of(leaders: QuerySet[User], *, now: datetime) -> list[Load]:
    """Return the load of each leader over all cohorts; a fixed number of statements."""
    users = list(leaders)
    monday = timezone.localdate(now) - timedelta(days=timezone.localdate(now).weekday())
    mondays = [monday + timedelta(weeks=week) for week in range(WEEKS_SHOWN)]
    until = timezone.make_aware(datetime.combine(mondays[-1] + timedelta(days=7), time.min))
    led: dict[int, Counter[date]] = defaultdict(Counter)
    coming = Meeting.objects.filter(
        facilitator__in=users,
        state=MeetingState.SCHEDULED,
        starts_at__gte=timezone.make_aware(datetime.combine(monday, time.min)),
        starts_at__lt=until,
    )
    for leader, starts_at in coming.values_list("facilitator", "starts_at"):
        on = timezone.localdate(starts_at)
        led[leader][on - timedelta(days=on.weekday())] += 1
    terms = {
        one.user_id: one
        for one in WorkingTerms.objects.filter(user__in=users)
        .select_related("base")
        .prefetch_related("serves")
    }
    told = set(WorkingHours.objects.filter(user__in=users).values_list("user", flat=True))
    leads = Counter(
        Cohort.objects.filter(facilitator__in=users, state__in=LIVING).values_list(
            "facilitator", flat=True
        )
    )
    return [
        Load(
            user=user,
            terms=terms.get(user.pk),
            has_hours=user.pk in told,
            cohorts=leads[user.pk],
            weeks=[
                WeekLoad(one, led[user.pk][one], _is_over(led[user.pk][one], terms.get(user.pk)))
                for one in mondays
            ],
        )
        for user in users
    ]


def _is_over(meetings: int, terms: WorkingTerms | None) -> bool:
    return bool(terms and terms.most_a_week is not None and meetings > terms.most_a_week)
