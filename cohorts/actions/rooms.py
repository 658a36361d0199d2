"""Rooms, their times, and breaks: added, changed, ended; nothing is taken away."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from accounts.models import User
from accounts.steps import acting, record
from cohorts.models import Break, Room, RoomTime
from cohorts.rules.rooms import BreakRefusal, RoomRefusal, RoomTimeKind
from cohorts.steps import lock_leaders_and_rooms


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomTold:
    """What a coordinator says about a room."""

    place: str
    name: str
    address: str
    seats: int
    is_step_free: bool


@transaction.atomic(durable=True)
def add_room(*, told: RoomTold, by: User, now: datetime) -> RoomRefusal | None:
    """Add a room that meetings may have; return why not, or None."""
    if _name_taken(told, but=None):
        return RoomRefusal.NAME_TAKEN
    room = Room.objects.create(
        place_id=told.place,
        name=told.name,
        address=told.address,
        seats=told.seats,
        is_step_free=told.is_step_free,
    )
    record(room, was="", became="added", actor=acting(by), now=now, why=_sentence(room))
    return None


@transaction.atomic(durable=True)
def change_room(*, room_id: int, told: RoomTold, by: User, now: datetime) -> RoomRefusal | None:
    """Change what is known of a room; meetings in it stand. Return why not, or None.

    A room does not move to another town: end it and add the other.
    """
    lock_leaders_and_rooms([], [room_id])
    room = Room.objects.get(id=room_id, ended_at=None)
    if _name_taken(told, but=room_id):
        return RoomRefusal.NAME_TAKEN
    was = _sentence(room)
    room.name, room.address = told.name, told.address
    room.seats, room.is_step_free = told.seats, told.is_step_free
    room.is_example = False
    room.save()
    why = f"{was} -> {_sentence(room)}"
    record(room, was="added", became="changed", actor=acting(by), now=now, why=why[:500])
    return None


@transaction.atomic(durable=True)
def end_room(*, room_id: int, by: User, now: datetime) -> RoomRefusal | None:
    """Let no more meetings have a room; return why not, or None.

    A room with meetings to come cannot be ended: they would have nowhere to go.
    """
    lock_leaders_and_rooms([], [room_id])
    room = Room.objects.get(id=room_id)
    if room.meetings.filter(state="scheduled", starts_at__gte=now).exists():
        return RoomRefusal.HAS_MEETINGS
    if room.ended_at is None:
        room.ended_at = now
        room.save(update_fields=["ended_at"])
        record(room, was="added", became="ended", actor=acting(by), now=now)
    return None


@transaction.atomic(durable=True)
def take_room(  # noqa: PLR0913 -- a booking is a room and a time
    *,
    room_id: int,
    kind: RoomTimeKind,
    starts_at: datetime,
    ends_at: datetime,
    note: str,
    by: User,
    now: datetime,
) -> RoomRefusal | None:
    """Write down that others have a room, or that it is closed; return why not, or None."""
    lock_leaders_and_rooms([], [room_id])
    planned = Room.objects.get(id=room_id).meetings.filter(
        state="scheduled", starts_at__lt=ends_at, starts_at__gte=now
    )
    if any(one.ends_at > starts_at for one in planned):
        return RoomRefusal.HAS_MEETING_THEN
    taken = RoomTime.objects.create(
        room_id=room_id, kind=kind, starts_at=starts_at, ends_at=ends_at, note=note
    )
    record(taken, was="", became=kind, actor=acting(by), now=now, why=note)
    return None


@transaction.atomic(durable=True)
def free_room(*, time_id: int, by: User, now: datetime) -> None:
    """Say that a room can be had after all. May run twice."""
    taken = RoomTime.objects.select_for_update().get(id=time_id)
    if taken.ended_at is None:
        taken.ended_at = now
        taken.save(update_fields=["ended_at"])
        record(taken, was=taken.kind, became="ended", actor=acting(by), now=now)


@transaction.atomic(durable=True)
def add_break(  # noqa: PLR0913 -- a break is a name, a municipality and days
    *, municipality: str, name: str, first_on: date, last_on: date, by: User, now: datetime
) -> BreakRefusal | None:
    """Close the days of a break in a municipality; meetings that stand there stand.

    Returns why not, or None.
    """
    if Break.objects.filter(
        municipality=municipality, ended_at=None, first_on__lte=last_on, last_on__gte=first_on
    ).exists():
        return BreakRefusal.OVERLAPS
    added = Break.objects.create(
        municipality_id=municipality, name=name, first_on=first_on, last_on=last_on
    )
    why = f"{name} {first_on}--{last_on}"
    record(added, was="", became="added", actor=acting(by), now=now, why=why)
    return None


@transaction.atomic(durable=True)
def end_break(*, break_id: int, by: User, now: datetime) -> None:
    """Open the days of a break again. May run twice."""
    standing = Break.objects.select_for_update().get(id=break_id)
    if standing.ended_at is None:
        standing.ended_at = now
        standing.save(update_fields=["ended_at"])
        record(standing, was="added", became="ended", actor=acting(by), now=now)


def _name_taken(told: RoomTold, *, but: int | None) -> bool:
    named = Room.objects.filter(place=told.place, name=told.name, ended_at=None)
    return any(one.pk != but for one in named)


def _sentence(room: Room) -> str:
    free = "step-free" if room.is_step_free else "steps"
    return f"{room.name}, {room.address}, {room.seats} seats, {free}"
