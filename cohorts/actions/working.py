"""Leaders say when and where they can lead; a coordinator may say it for them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, time

from django.db import transaction

from accounts.models import User
from accounts.steps import acting, record
from cohorts.models import TimeOff, WorkingHours, WorkingTerms
from cohorts.steps import lock_leaders_and_rooms
from companies.models import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a leader says: hours by weekday (Monday = 0), base, places, meetings in a week."""

    hours: Mapping[int, tuple[time, time]]
    base: str | None
    serves: Collection[str]
    most_a_week: int | None


@transaction.atomic(durable=True)
def set_terms(*, user_id: int, told: Terms, by: User, now: datetime) -> None:
    """Replace what a leader has said. Meetings that stand are let be. May run twice."""
    lock_leaders_and_rooms([user_id], [])
    terms, _ = WorkingTerms.objects.update_or_create(
        user_id=user_id, defaults={"base_id": told.base, "most_a_week": told.most_a_week}
    )
    terms.serves.set(Place.objects.filter(pk__in=told.serves))
    WorkingHours.objects.filter(user=user_id).delete()
    WorkingHours.objects.bulk_create(
        WorkingHours(user_id=user_id, weekday=weekday, starts=starts, ends=ends)
        for weekday, (starts, ends) in sorted(told.hours.items())
    )
    record(terms, was="", became="changed", actor=acting(by), now=now, why=_sentence(told))


@transaction.atomic(durable=True)
def take_time_off(
    *, user_id: int, starts_at: datetime, ends_at: datetime, by: User, now: datetime
) -> TimeOff:
    """Write down when a leader leads nothing. Meetings that stand are let be: see the repair."""
    lock_leaders_and_rooms([user_id], [])
    off = TimeOff.objects.create(user_id=user_id, starts_at=starts_at, ends_at=ends_at)
    record(off, was="", became="off", actor=acting(by), now=now)
    return off


@transaction.atomic(durable=True)
def end_time_off(*, time_id: int, by: User, now: datetime) -> None:
    """Say that a leader can lead then after all. May run twice."""
    off = TimeOff.objects.select_for_update().get(id=time_id)
    if off.ended_at is None:
        off.ended_at = now
        off.save(update_fields=["ended_at"])
        record(off, was="off", became="ended", actor=acting(by), now=now)


def _sentence(told: Terms) -> str:
    days = [f"{day}: {a:%H:%M}-{b:%H:%M}" for day, (a, b) in sorted(told.hours.items())]
    places = "+".join(sorted(told.serves)) or "any"
    return f"{', '.join(days) or 'any time'}; base {told.base}; {places}; {told.most_a_week} a week"
