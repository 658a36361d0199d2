"""Reads about rooms, their times, and closed days."""

from datetime import date, datetime, timedelta

from django.db.models import Count, Q, QuerySet

from cohorts.models import Break, Meeting, Room, RoomTime
from cohorts.planning.closed import named_holidays
from cohorts.rules import MeetingState

HOLIDAYS_SHOWN = timedelta(days=400)


def open_rooms() -> QuerySet[Room]:
    """Return the rooms that may be planned, by town and name."""
    return (
        Room.objects.filter(ended_at=None)
        .select_related("place")
        .order_by("place__position", "name", "id")
    )


def rooms_listed(*, now: datetime) -> QuerySet[Room]:
    """Return the open rooms with how many meetings are planned in each."""
    coming = Q(meetings__state=MeetingState.SCHEDULED, meetings__starts_at__gte=now)
    return open_rooms().annotate(coming=Count("meetings", filter=coming))


def times_of(room: Room, *, now: datetime) -> QuerySet[RoomTime]:
    """Return when others have a room from now on, soonest first."""
    return room.times.filter(ended_at=None, ends_at__gt=now).order_by("starts_at", "id")


def coming_breaks(*, on: date) -> QuerySet[Break]:
    """Return the breaks that are not over, soonest first."""
    return (
        Break.objects.filter(ended_at=None, last_on__gte=on)
        .select_related("municipality")
        .order_by("first_on", "municipality__sort_key", "id")
    )


def coming_holidays(*, on: date) -> list[tuple[date, str]]:
    """Return the closed days of the whole country for a good year ahead, with their names."""
    return named_holidays(on, on + HOLIDAYS_SHOWN)


def meetings_in(room: Room, *, now: datetime) -> QuerySet[Meeting]:
    """Return the planned meetings in a room from now on, soonest first."""
    return (
        room.meetings.filter(state=MeetingState.SCHEDULED, starts_at__gte=now)
        .select_related("round__cohort", "facilitator")
        .order_by("starts_at", "id")
    )
