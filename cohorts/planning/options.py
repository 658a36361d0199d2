"""Where and when each meeting of one cohort could stand, looked at alone."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from cohorts.planning.distances import km_between
from cohorts.planning.facts import DIGITAL, Cohort, Facilitator
from cohorts.planning.lookup import Lookup, weekday


@dataclass(frozen=True, slots=True)
class Option:
    """One possible meeting: ``comers`` has a bit for each participant, by id, who can attend.

    ``km`` is the round trips of those who come, without the facilitator's. ``roomed`` is whether
    it takes a room of the case.
    """

    day: int
    slot: str
    place: str
    comers: int
    km: int
    roomed: bool
    locked: bool = False

    @property
    def seats(self) -> int:
        """How many can attend."""
        return self.comers.bit_count()


ByDay = Mapping[int, Sequence[Option]]
Rows = Sequence[Mapping[int, object]]  # for each meeting, something by day


def cohort_options(lookup: Lookup, cohort: Cohort) -> dict[int, list[Option]]:
    """Return what the cohort could do on each day, whoever leads; by day, slot and place."""
    options: dict[int, list[Option]] = {}
    size = len(cohort.participants)
    attendance = _Attendance(lookup, cohort)
    for day in lookup.days:
        for slot in sorted(lookup.case.slots):
            if cohort.times is not None and (weekday(day), slot) not in cohort.times:
                continue
            for place in sorted(cohort.places):
                roomed = lookup.needs_room(day, slot, place, size)
                if not roomed and place != DIGITAL and not lookup.case.enough_rooms:
                    continue
                option = attendance.option(day, slot, place, roomed=roomed)
                if option.seats >= cohort.min_attend:
                    options.setdefault(day, []).append(option)
    return options


def led_by(lookup: Lookup, leader: Facilitator, options: ByDay) -> dict[int, list[Option]]:
    """Return those options at whose time ``leader`` works and is not busy."""
    off = {day.toordinal() for day in leader.off}
    dates = None if leader.dates is None else {day.toordinal() for day in leader.dates}
    busy = {(day.toordinal(), lookup.band[slot]) for day, slot in leader.busy}
    led: dict[int, list[Option]] = {}
    for day, those in options.items():
        if day in off or (dates is not None and day not in dates):
            continue
        free = [
            one
            for one in those
            if (leader.weekly is None or (weekday(day), one.slot) in leader.weekly)
            and (day, lookup.band[one.slot]) not in busy
        ]
        if free:
            led[day] = free
    return led


def by_meeting(lookup: Lookup, cohort: Cohort, options: ByDay) -> list[ByDay]:
    """Return what each meeting of the series could be: locks, first window and notice kept."""
    case = lookup.case
    existing = case.existing.get(cohort.id, ())
    notice = case.not_before.toordinal() if case.not_before else 0
    usual = {day: those for day, those in options.items() if day >= notice}
    attendance = _Attendance(lookup, cohort)
    rows: list[ByDay] = []
    for number in range(cohort.meetings):
        row: ByDay = usual
        old = existing[number] if number < len(existing) else None
        if old is not None:
            day = old.on.toordinal()
            if case.locked_until and old.on <= case.locked_until:
                roomed = lookup.needs_room(day, old.slot, old.place, len(cohort.participants))
                kept = attendance.option(day, old.slot, old.place, roomed=roomed, locked=True)
                rows.append({day: [kept]})
                continue
            if day < notice and day in options:
                row = {**usual, day: options[day]}
        if number == 0:
            first, last = (day.toordinal() for day in cohort.first)
            row = {day: those for day, those in row.items() if first <= day <= last}
        rows.append(row)
    return rows


def reachable(rows: Rows, gap_days: tuple[int, int]) -> list[list[int]]:
    """Return, for each meeting, the days that lie on a whole series; all empty if there is none."""
    days = list(reached(rows, gap_days))
    if len(days) < len(rows) or not days[-1]:
        return [[] for _ in rows]
    for number in range(len(rows) - 2, -1, -1):
        days[number] = list(_within(days[number], days[number + 1], gap_days, backward=True))
    return days


def reached(rows: Rows, gap_days: tuple[int, int]) -> Iterator[list[int]]:
    """Yield, for each meeting, the days that the ones before lead to; stops after an empty one."""
    before: list[int] | None = None
    for row in rows:
        days = sorted(row)
        if before is not None:
            days = list(_within(days, before, gap_days, backward=False))
        yield days
        if not days:
            return
        before = days


def _within(
    days: Sequence[int], others: Sequence[int], gap_days: tuple[int, int], *, backward: bool
) -> Iterator[int]:
    """Yield the days that have one of ``others``, in order, at a legal distance."""
    least, most = gap_days
    for day in days:
        first, last = (day + least, day + most) if backward else (day - most, day - least)
        nearest = bisect_left(others, first)
        if nearest < len(others) and others[nearest] <= last:
            yield day


def least_able(comers: Sequence[int], people: int) -> list[int]:
    """Return the people, as bits, whose times hold no other person's: a floor for them is all."""
    able = [
        sum(1 << place for place, those in enumerate(comers) if those >> person & 1)
        for person in range(people)
    ]
    return [
        person
        for person, times in enumerate(able)
        if not any(
            other & times == other and (other != times or rival < person)
            for rival, other in enumerate(able)
            if rival != person
        )
    ]


class _Attendance:
    """Who of one cohort can come when and where, as bits."""

    def __init__(self, lookup: Lookup, cohort: Cohort) -> None:
        self._lookup = lookup
        self._people = sorted(cohort.participants, key=lambda person: person.id)
        self._away: dict[int, int] = {}
        self._able: dict[tuple[int, str, str], int] = {}
        self._round_trips: dict[str, list[int]] = {}
        for bit, person in enumerate(self._people):
            for day in person.away:
                ordinal = day.toordinal()
                self._away[ordinal] = self._away.get(ordinal, 0) | 1 << bit

    def option(
        self, day: int, slot: str, place: str, *, roomed: bool, locked: bool = False
    ) -> Option:
        comers = self._usually(weekday(day), slot, place) & ~self._away.get(day, 0)
        trips = self._trips(place)
        km = sum(trip for bit, trip in enumerate(trips) if comers >> bit & 1) if any(trips) else 0
        return Option(day, slot, place, comers, km, roomed, locked)

    def _usually(self, on: int, slot: str, place: str) -> int:
        key = on, slot, place
        if key not in self._able:
            self._able[key] = sum(
                1 << bit
                for bit, person in enumerate(self._people)
                if (person.can is None or (on, slot) in person.can)
                and (
                    person.digital
                    if place == DIGITAL
                    else person.max_km is None
                    or km_between(self._lookup.case, person.home, place) <= person.max_km
                )
            )
        return self._able[key]

    def _trips(self, place: str) -> list[int]:
        if place not in self._round_trips:
            case = self._lookup.case
            self._round_trips[place] = [
                2 * km_between(case, person.home, place) for person in self._people
            ]
        return self._round_trips[place]
