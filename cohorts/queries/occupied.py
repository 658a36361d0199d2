"""What takes the time of leaders and of rooms in a period: meetings, time off, bookings."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from cohorts.models import Break, Meeting, RoomTime, TimeOff, WorkingHours
from cohorts.planning.closed import closed_days, named_holidays
from cohorts.rules import MeetingState
from companies.models import Place

LONGEST = timedelta(hours=8)
Hours = Mapping[int, tuple[time, time]]  # by weekday, Monday = 0


@dataclass(frozen=True, slots=True)
class Taken:
    """A time, half-open, that is not free; ``place`` is where a meeting is, empty for the rest."""

    starts_at: datetime
    ends_at: datetime
    place: str = ""
    meeting_id: int | None = None

    def touches(self, starts_at: datetime, ends_at: datetime) -> bool:
        """Return whether the two times overlap."""
        return self.starts_at < ends_at and starts_at < self.ends_at


@dataclass(frozen=True, slots=True)
class Period:
    """Local days, both included, with the meetings that are not looked at: those replanned."""

    first: date
    last: date
    without: Collection[int] = ()

    @property
    def bounds(self) -> tuple[datetime, datetime]:
        """The moments between which the period lies."""
        days = self.first, self.last + timedelta(days=1)
        start, end = (timezone.make_aware(datetime.combine(day, time.min)) for day in days)
        return start, end


def led(leaders: Collection[int], period: Period) -> dict[int, list[Taken]]:
    """Return the planned meetings of each leader, soonest first."""
    taken = defaultdict(list)
    for meeting in _planned(period).filter(facilitator__in=leaders):
        taken[meeting.facilitator_id].append(_taken(meeting))
    return taken


def off(leaders: Collection[int], period: Period) -> dict[int, list[Taken]]:
    """Return when each leader leads nothing."""
    start, end = period.bounds
    taken = defaultdict(list)
    times = TimeOff.objects.filter(
        user__in=leaders, ended_at=None, starts_at__lt=end, ends_at__gt=start
    )
    for one in times.order_by("starts_at", "id"):
        taken[one.user_id].append(Taken(one.starts_at, one.ends_at))
    return taken


def hours_of(leaders: Collection[int]) -> dict[int, Hours]:
    """Return the weekly hours of each leader who has told any."""
    hours: dict[int, dict[int, tuple[time, time]]] = defaultdict(dict)
    for one in WorkingHours.objects.filter(user__in=leaders).order_by("user", "weekday"):
        hours[one.user_id][one.weekday] = one.starts, one.ends
    return dict(hours)


def in_rooms(rooms: Collection[int], period: Period) -> dict[int, list[Taken]]:
    """Return when each room is taken: by meetings, by others, or closed."""
    start, end = period.bounds
    taken: dict[int, list[Taken]] = defaultdict(list)
    for meeting in _planned(period).filter(room__in=rooms):
        taken[meeting.room_id or 0].append(_taken(meeting))
    times = RoomTime.objects.filter(
        room__in=rooms, ended_at=None, starts_at__lt=end, ends_at__gt=start
    )
    for one in times.order_by("starts_at", "id"):
        taken[one.room_id].append(Taken(one.starts_at, one.ends_at))
    return taken


def closed_in(places: Collection[str], first: date, last: date) -> dict[str, frozenset[date]]:
    """Return the closed days of each place: Swedish holidays and the breaks of its municipality."""
    towns = dict(Place.objects.filter(code__in=places).values_list("code", "municipality"))
    breaks = defaultdict(list)
    standing = Break.objects.filter(
        municipality__in=[one for one in towns.values() if one],
        ended_at=None,
        first_on__lte=last,
        last_on__gte=first,
    )
    for one in standing:
        breaks[one.municipality_id].append((one.first_on, one.last_on))
    return {
        place: closed_days(first, last, breaks[town] if town else ())
        for place, town in towns.items()
    }


def _planned(period: Period) -> QuerySet[Meeting]:
    start, end = period.bounds
    return (
        Meeting.objects.filter(
            state=MeetingState.SCHEDULED, starts_at__gte=start - LONGEST, starts_at__lt=end
        )
        .exclude(pk__in=period.without)
        .order_by("starts_at", "id")
    )


def _taken(meeting: Meeting) -> Taken:
    ends_at = meeting.starts_at + timedelta(minutes=meeting.duration_minutes)
    return Taken(meeting.starts_at, ends_at, meeting.place_id, meeting.pk)


def named_closed_days(place: str, first: date, last: date) -> dict[date, str]:
    """Return the closed days of a place with what each is called."""
    town = Place.objects.values_list("municipality", flat=True).get(code=place)
    named: dict[date, str] = {}
    standing = Break.objects.filter(
        municipality=town, ended_at=None, first_on__lte=last, last_on__gte=first
    )
    for one in standing:
        day = max(one.first_on, first)
        while day <= min(one.last_on, last):
            named[day] = one.name
            day += timedelta(days=1)
    return named | dict(named_holidays(first, last))
