"""What the planner is told of leaders, rooms and people, read from the tables once for a case."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property

from django.utils import timezone

from cohorts.models import Cohort, Interest, WorkingTerms
from cohorts.planning.facts import (
    DIGITAL,
    DatedSlot,
    Facilitator,
    Pair,
    Participant,
    Room,
    Slot,
    WeeklySlot,
)
from cohorts.queries import occupied
from cohorts.queries.homes import homes_near, roads
from cohorts.queries.occupied import Period, Taken
from cohorts.queries.rooms import open_rooms
from cohorts.rules import EnrolmentState, InvitationState
from cohorts.rules.interests import WEEKDAYS
from companies.models import Place

SLOTS = {
    "morning": Slot("morning", time(9), time(10, 30)),
    "lunch": Slot("lunch", time(12), time(13)),
    "afternoon": Slot("afternoon", time(15), time(16, 30)),
}
UNLISTED_SEATS = 9_999


def weekly(code: str) -> WeeklySlot:
    """Return "1-lunch" as the weekday and slot of the planner."""
    weekday, _, slot = code.partition("-")
    return int(weekday), slot


def people_to_plan_for(cohort: Cohort) -> tuple[Participant, ...]:
    """Return the members and those who are invited or drafted, as the planner sees them."""
    home_of = homes_near(cohort.place_id)
    members = Interest.objects.filter(
        enrolments__cohort=cohort, enrolments__state=EnrolmentState.ACTIVE
    )
    asked = Interest.objects.filter(
        invitations__cohort=cohort,
        invitations__state__in=[InvitationState.DRAFT, InvitationState.RELEASED],
    )
    people = (members | asked).distinct().select_related("municipality").order_by("id")
    return tuple(
        Participant(
            id=str(person.pk),
            home=home_of(person),
            can=frozenset(weekly(code) for code in person.times) or None,
        )
        for person in people
    )


@dataclass(frozen=True)
class Ground:
    """What the tables say about a period, for leaders and towns; ``without`` are replanned."""

    leaders: Collection[int]
    places: Collection[str]
    first: date
    last: date
    slots: Mapping[str, Slot] = field(default_factory=lambda: SLOTS)
    without: Collection[int] = ()

    @cached_property
    def period(self) -> Period:
        """The days that are looked at."""
        return Period(self.first, self.last, self.without)

    @cached_property
    def closed(self) -> frozenset[date]:
        """The days that are closed in every town of the case."""
        return frozenset.intersection(*self._closed.values()) if self._closed else frozenset()

    @cached_property
    def facilitators(self) -> dict[str, Facilitator]:
        """The leaders by id, as the planner knows them."""
        terms = {one.user_id: one for one in WorkingTerms.objects.filter(user__in=self.leaders)}
        led = occupied.led(self.leaders, self.period)
        off = occupied.off(self.leaders, self.period)
        hours = occupied.hours_of(self.leaders)
        somewhere = min(self.places, default=DIGITAL)
        return {
            str(leader): Facilitator(
                id=str(leader),
                base=(terms[leader].base_id if leader in terms else None) or somewhere,
                weekly=self._weekly(hours.get(leader)),
                busy=frozenset(
                    self._busy([*self._with_travel(led.get(leader, ())), *off.get(leader, ())])
                ),
                max_per_week=terms[leader].most_a_week if leader in terms else None,
                also_leads=tuple(
                    timezone.localdate(taken.starts_at) for taken in led.get(leader, ())
                ),
            )
            for leader in sorted(self.leaders)
        }

    @cached_property
    def rooms(self) -> tuple[Room, ...]:
        """The rooms of the towns; a town that has told none has as many as are asked for."""
        known = [room for room in open_rooms() if room.place_id in self.places]
        taken = occupied.in_rooms([room.pk for room in known], self.period)
        listed = [
            Room(
                id=str(room.pk),
                place=room.place_id,
                capacity=room.seats,
                busy=frozenset(self._busy(taken.get(room.pk, ())))
                | self._closed_slots(room.place_id),
            )
            for room in known
        ]
        bare = sorted(set(self.places) - {room.place_id for room in known} - {DIGITAL})
        return (*listed, *(room for place in bare for room in self._unlisted(place)))

    @cached_property
    def km(self) -> dict[tuple[str, str], int]:
        """Kilometres between all towns that the case may ask about."""
        return _between_all(roads("km"))

    @cached_property
    def minutes(self) -> dict[tuple[str, str], int]:
        """Minutes between all towns that the case may ask about."""
        return _between_all(roads("minutes"))

    @cached_property
    def _closed(self) -> dict[str, frozenset[date]]:
        return occupied.closed_in(self.places, self.first, self.last)

    def _unlisted(self, place: str) -> Iterator[Room]:
        """Yield rooms that are never short, closed on the town's breaks."""
        for number in range(max(len(self.leaders), 1)):
            yield Room(f"any-{place}-{number}", place, UNLISTED_SEATS, self._closed_slots(place))

    def _closed_slots(self, place: str) -> frozenset[DatedSlot]:
        days = self._closed.get(place, frozenset()) - self.closed
        return frozenset((day, slot) for day in days for slot in self.slots)

    def _weekly(self, hours: occupied.Hours | None) -> frozenset[WeeklySlot] | None:
        if hours is None:
            return None
        return frozenset(
            (weekday, slot.id)
            for weekday, (starts, ends) in hours.items()
            for slot in self.slots.values()
            if starts <= slot.start and slot.end <= ends
        )

    def _with_travel(self, led: Sequence[Taken]) -> Iterator[Taken]:
        """Yield meetings with the longest way to a town of the case before and after them."""
        for taken in led:
            ways = (self.minutes.get((taken.place, place), 0) for place in self.places)
            travel = timedelta(minutes=max(ways, default=0))
            yield Taken(taken.starts_at - travel, taken.ends_at + travel)

    def _busy(self, those: Sequence[Taken]) -> Iterator[DatedSlot]:
        """Yield the slots of each day that a time touches."""
        for taken in those:
            day = max(timezone.localdate(taken.starts_at), self.first)
            last = min(timezone.localdate(taken.ends_at), self.last)
            while day <= last:
                for slot in self.slots.values():
                    starts, ends = (_at(day, clock) for clock in (slot.start, slot.end))
                    if taken.touches(starts, ends):
                        yield day, slot.id
                day += timedelta(days=1)


def _between_all(known: Mapping[Pair, int]) -> dict[Pair, int]:
    """Return the distances between all towns, nought where the way is not known."""
    towns = Place.objects.values_list("code", flat=True)
    return {(one, other): known.get((one, other), 0) for one in towns for other in towns}


def every_weekday(slot: str) -> frozenset[WeeklySlot]:
    """Return a slot on each of the days of the week on which meetings stand."""
    return frozenset((day, slot) for day in WEEKDAYS)


def _at(day: date, clock: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, clock))
