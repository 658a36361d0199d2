"""A calendar of working weeks: what is closed, what stands, what is proposed."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

WORKDAYS = 5
MOST_WEEKS = 60
ROOM_TO_MOVE = timedelta(weeks=2)


@dataclass(frozen=True, slots=True)
class GridDay:
    """One day of the calendar. ``closed`` is why no meeting stands, empty where one may."""

    on: date
    closed: str
    stands: bool
    number: int | None  # of a new meeting, from 1


@dataclass(frozen=True, slots=True)
class GridWeek:
    """Monday to Friday of one ISO week."""

    number: int
    days: tuple[GridDay, ...]


def weeks_of(
    *, new: Collection[date], standing: Collection[date], closed: Mapping[date, str]
) -> list[GridWeek]:
    """Return the weeks from the first meeting to two after the last, none without a meeting."""
    every = [*new, *standing]
    if not every:
        return []
    numbers = {on: number for number, on in enumerate(sorted(new), start=1)}
    monday = min(every) - timedelta(days=min(every).weekday())
    weeks: list[GridWeek] = []
    while monday <= max(every) + ROOM_TO_MOVE and len(weeks) < MOST_WEEKS:
        days = (monday + timedelta(days=day) for day in range(WORKDAYS))
        weeks.append(
            GridWeek(
                monday.isocalendar().week,
                tuple(
                    GridDay(on, closed.get(on, ""), on in standing, numbers.get(on)) for on in days
                ),
            )
        )
        monday += timedelta(days=7)
    return weeks
