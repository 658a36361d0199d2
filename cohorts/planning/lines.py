"""What a search for one cohort under one facilitator needs to know, worked out once."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from cohorts.planning.bookings import Bookings
from cohorts.planning.facts import Cohort
from cohorts.planning.lookup import Lookup
from cohorts.planning.options import (
    ByDay,
    Option,
    by_meeting,
    cohort_options,
    led_by,
    reachable,
)
from cohorts.planning.worth import Worth

Choice = tuple[Option, int, int]  # an option, its place among those of the quota or -1, its gain


@dataclass(frozen=True)
class Line:
    """A cohort under one of its facilitators: for each meeting its days, options and gains."""

    cohort: Cohort
    leader: str
    rows: Sequence[ByDay]
    days: Sequence[Sequence[int]]
    worth: Worth

    @property
    def possible(self) -> bool:
        """Whether some series keeps gaps, window and notice, quotas aside."""
        return bool(self.days[0])

    @property
    def columns(self) -> int:
        """About how many columns this takes in a model."""
        options = {id(those): len(those) for row in self.rows for those in row.values()}
        return sum(options.values()) + sum(len(days) for days in self.days)

    @cached_property
    def places(self) -> tuple[str, ...]:
        """The places whose meetings are counted."""
        return tuple(sorted(self.cohort.quota))

    @cached_property
    def gains(self) -> list[dict[int, list[Choice]]]:
        """For each meeting and day: what it could be."""
        index = {place: number for number, place in enumerate(self.places)}
        return [
            {
                day: [
                    (
                        one,
                        index.get(one.place, -1),
                        self.worth.gain(self.cohort.id, number, one, self.leader),
                    )
                    for one in row[day]
                ]
                for day in days
            }
            for number, (row, days) in enumerate(zip(self.rows, self.days, strict=True))
        ]

    def worth_of(self, options: Sequence[Option]) -> int:
        """Return what a series of these options is worth."""
        gains = sum(
            self.worth.gain(self.cohort.id, number, one, self.leader)
            for number, one in enumerate(options)
        )
        return gains - sum(
            self.worth.pull(later.day - earlier.day) for earlier, later in pairwise(options)
        )

    def beside(self, bookings: Bookings, number: int) -> dict[int, list[Choice]]:
        """Return what one meeting could be by day, next to what is booked."""
        size = len(self.cohort.participants)
        free_days = {}
        for day, those in self.gains[number].items():
            left = bookings.week_left(self.leader, day)
            if left is None or left > 0:
                free = [one for one in those if bookings.allow(self.leader, one[0], size)]
                if free:
                    free_days[day] = free
        return free_days


def lines(lookup: Lookup, worth: Worth, cohort: Cohort) -> list[Line]:
    """Return a line for each facilitator of the cohort, in the order of their ids."""
    options = cohort_options(lookup, cohort)
    found = []
    for leader in sorted(cohort.facilitators):
        led = led_by(lookup, lookup.case.facilitators[leader], options)
        rows = by_meeting(lookup, cohort, led)
        days = reachable(rows, lookup.case.gap_days)
        found.append(Line(cohort, leader, rows, days, worth))
    return found
