"""Which rules a series touches that a person has typed, dragged or accepted: asked of the checker.

The checker of the engine decides. What it is told is made here: each meeting has a time of its
own, the rooms are those that were chosen, and what stands already is left in peace.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from cohorts.models import Meeting, Room, WorkingTerms
from cohorts.planning.checker import Rule, breaches
from cohorts.planning.facts import Case, Facilitator, Objective, Participant, Slot
from cohorts.planning.facts import Cohort as Group
from cohorts.planning.facts import Meeting as Laid
from cohorts.planning.facts import Room as Seats
from cohorts.queries import occupied
from cohorts.queries.homes import roads
from cohorts.queries.occupied import Hours, Period, Taken
from cohorts.rules.sittings import Sitting, Touch, Touched
from companies.models import Place

ANY_GAP = (1, 366 * 30)
LAST_MINUTE = time(23, 59)


@dataclass(frozen=True)
class Asked:
    """Meetings of one series asked about, beside those of it that stand and are not moved.

    ``without`` are the meetings that these replace; ``people`` how many a room must hold. The
    rhythm has been judged before, by ``rules.meetings``: here only a day is not met on twice.
    """

    leader_id: int
    sittings: Sequence[Sitting]
    standing: Sequence[Meeting] = ()
    without: Sequence[int] = ()
    people: int = 0


def rules_touched(asked: Asked, *, now: datetime) -> list[Touch]:
    """Return what each meeting touches, in the order in which they were given."""
    past = [
        Touch(Touched.PAST, number, _day(one))
        for number, one in enumerate(asked.sittings)
        if one.starts_at <= now
    ]
    return [*past, *_World(asked).touches()] if asked.sittings else past


class _World:
    """What the tables say about the times of the meetings asked about."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.days = [_day(one) for one in asked.sittings]
        first, last = min(self.days), max(self.days)
        # A whole week around, so that the weeks of the first and the last day are complete.
        period = Period(first - timedelta(days=6), last + timedelta(days=6), asked.without)
        leader = [asked.leader_id]
        self.led = occupied.led(leader, period).get(asked.leader_id, [])
        self.off = occupied.off(leader, period).get(asked.leader_id, [])
        self.hours = occupied.hours_of(leader).get(asked.leader_id)
        self.most = (
            WorkingTerms.objects.filter(user=asked.leader_id)
            .values_list("most_a_week", flat=True)
            .first()
        )
        chosen = {one.room_id for one in asked.sittings if one.room_id is not None}
        self.rooms = Room.objects.in_bulk(chosen)
        self.taken = occupied.in_rooms(chosen, period)
        self.closed = occupied.closed_in({one.place for one in asked.sittings}, first, last)
        self.screens = set(Place.objects.filter(municipality=None).values_list("code", flat=True))
        self.minutes = roads("minutes")

    def touches(self) -> Iterator[Touch]:
        """Yield what the checker says about the meetings asked about, in words of pages."""
        case, laid = self._case(), self._laid()
        number_on = {on: number for number, on in reversed(list(enumerate(self.days)))}
        for breach in breaches(case, {"series": laid}):
            on = breach.on or self.days[0]
            if breach.rule is Rule.WEEK_FULL:
                week = on.isocalendar()[:2]
                on = next(day for day in self.days if day.isocalendar()[:2] == week)
            if breach.rule is Rule.GAP and on not in number_on:
                on = min((day for day in self.days if day <= on), default=self.days[0])
            number = number_on.get(on)
            if number is not None:
                yield self._touch(breach.rule, number)
        for number, one in enumerate(self.asked.sittings):
            room = self.rooms.get(one.room_id or 0)
            if room is not None and room.place_id != one.place:
                yield Touch(Touched.ROOM_ELSEWHERE, number, self.days[number])

    def _touch(self, rule: Rule, number: int) -> Touch:
        one, on = self.asked.sittings[number], self.days[number]
        if rule is Rule.NO_ROOM:
            room = self.rooms.get(one.room_id or 0)
            if room is None:  # two meetings of the series on one day
                return Touch(Touched.RHYTHM, number, on)
            if room.seats < self.asked.people:
                many = self.asked.people
                return Touch(Touched.ROOM_TOO_SMALL, number, on, people=many, seats=room.seats)
            return Touch(Touched.ROOM_TAKEN, number, on)
        if rule is Rule.LEADER_NOT_FREE:
            return Touch(self._why_not_free(one), number, on)
        return Touch(PLAINLY[rule], number, on)

    def _why_not_free(self, one: Sitting) -> Touched:
        if self._leads_another(one):
            return Touched.LEADS_ANOTHER
        if any(taken.touches(one.starts_at, _end(one)) for taken in self.off):
            return Touched.LEADER_OFF
        return Touched.OUTSIDE_HOURS

    def _leads_another(self, one: Sitting) -> bool:
        return any(
            taken.touches(one.starts_at - self._travel(one, taken), _end(one) + travel)
            for taken in self.led
            for travel in [self._travel(one, taken)]
        )

    def _travel(self, one: Sitting, taken: Taken) -> timedelta:
        towns = one.place, taken.place
        if towns[0] == towns[1] or self.screens & set(towns):
            return timedelta()
        return timedelta(minutes=self.minutes.get(towns, 0))

    def _laid(self) -> tuple[Laid, ...]:
        """Return the whole series in the order of its days, each at a slot of its own."""
        leader = str(self.asked.leader_id)
        asked = [
            Laid(on, f"s{number}", _place(self.screens, one.place), leader)
            for number, (on, one) in enumerate(zip(self.days, self.asked.sittings, strict=True))
        ]
        stood = [
            Laid(timezone.localdate(one.starts_at), "stands", "stands", leader)
            for one in self.asked.standing
        ]
        return tuple(sorted([*asked, *stood], key=lambda one: one.on))

    def _case(self) -> Case:
        asked, laid = self.asked, self._laid()
        places = {one.place for one in laid}
        people = tuple(Participant(str(n), "nowhere") for n in range(asked.people))
        slots = {f"s{n}": _slot(f"s{n}", one) for n, one in enumerate(asked.sittings)}
        slots["stands"] = Slot("stands", time.min, time(0, 1))
        return Case(
            id="series",
            gap_days=ANY_GAP,
            horizon=(laid[0].on, laid[-1].on),
            slots=slots,
            km={(one, other): 0 for one in ("nowhere", *places) for other in ("nowhere", *places)},
            travel_minutes={},
            closed=frozenset(
                day
                for day, one in zip(self.days, asked.sittings, strict=True)
                if day in self.closed.get(one.place, ())
            ),
            facilitators={str(asked.leader_id): self._leader(laid)},
            rooms=tuple(self._seats(laid)),
            cohorts={
                "series": Group(
                    id="series",
                    meetings=len(laid),
                    first=(laid[0].on, laid[0].on),
                    places=tuple(sorted(places)),
                    facilitators=(str(asked.leader_id),),
                    participants=people,
                )
            },
            objective=Objective.SEATS,
            travels=False,
        )

    def _leader(self, laid: Sequence[Laid]) -> Facilitator:
        sittings = list(zip(self.days, self.asked.sittings, strict=True))
        weekly = {
            (on.weekday(), f"s{number}")
            for number, (on, one) in enumerate(sittings)
            if self.hours is None or within(self.hours, one)
        }
        stand = {(one.on.weekday(), one.slot) for one in laid if one.slot == "stands"}
        busy = {
            (on, f"s{number}")
            for number, (on, one) in enumerate(sittings)
            if self._leads_another(one)
            or any(taken.touches(one.starts_at, _end(one)) for taken in self.off)
        }
        return Facilitator(
            id=str(self.asked.leader_id),
            base="nowhere",
            weekly=frozenset(weekly | stand),
            busy=frozenset(busy),
            max_per_week=self.most,
            also_leads=tuple(self._elsewhere()),
        )

    def _elsewhere(self) -> Iterator[date]:
        """Yield the days of meetings outside the series; those of it count as they are laid."""
        inside = {one.pk for one in self.asked.standing}
        for taken in self.led:
            if taken.meeting_id not in inside:
                yield timezone.localdate(taken.starts_at)

    def _seats(self, laid: Sequence[Laid]) -> Iterator[Seats]:
        """Yield a room for each meeting alone: the chosen one, or one that nobody counts."""
        for one in laid:
            number = int(one.slot[1:]) if one.slot != "stands" else None
            sitting = self.asked.sittings[number] if number is not None else None
            room = self.rooms.get(sitting.room_id or 0) if sitting else None
            others = {(other.on, other.slot) for other in laid if other is not one}
            taken = (
                {(one.on, one.slot)}
                if sitting
                and room
                and any(
                    time.touches(sitting.starts_at, _end(sitting)) for time in self.taken[room.pk]
                )
                else set()
            )
            yield Seats(
                id=f"{one.on}-{one.slot}",
                place=one.place,
                capacity=room.seats if room else self.asked.people,
                busy=frozenset(others | taken),
            )


PLAINLY: Mapping[Rule, Touched] = {
    Rule.GAP: Touched.RHYTHM,
    Rule.CLOSED_DAY: Touched.CLOSED_DAY,
    Rule.WEEK_FULL: Touched.WEEK_FULL,
    Rule.LEADS_ANOTHER: Touched.LEADS_ANOTHER,
    Rule.ROOMS_TAKEN: Touched.ROOM_TAKEN,
}


def within(hours: Hours, one: Sitting) -> bool:
    """Return whether a meeting lies within somebody's weekly hours."""
    local = timezone.localtime(one.starts_at)
    ends = timezone.localtime(_end(one))
    told = hours.get(local.weekday())
    return (
        told is not None
        and told[0] <= local.time()
        and ends.date() == local.date()
        and ends.time() <= told[1]
    )


def _place(screens: set[str], place: str) -> str:
    return "digital" if place in screens else place


def _day(one: Sitting) -> date:
    return timezone.localdate(one.starts_at)


def _end(one: Sitting) -> datetime:
    return one.starts_at + timedelta(minutes=one.minutes)


def _slot(name: str, one: Sitting) -> Slot:
    local, ends = timezone.localtime(one.starts_at), timezone.localtime(_end(one))
    return Slot(name, local.time(), ends.time() if ends.date() == local.date() else LAST_MINUTE)
