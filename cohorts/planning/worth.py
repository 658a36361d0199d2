"""One whole number for what a meeting is worth, so that plans can be added up and compared.

The score of the objective stands first, each later number too small to outweigh one step of an
earlier. Below the score stands a soft pull of the gaps towards their middle (21 days between 14
and 28): it costs no seat and leaves room for later repairs on both sides.
"""

from dataclasses import dataclass
from functools import cached_property

from cohorts.planning.distances import km_between
from cohorts.planning.facts import Case, Objective
from cohorts.planning.options import Option


@dataclass(frozen=True)
class Worth:
    """The weights of one case."""

    case: Case

    @cached_property
    def pull_step(self) -> int:
        """How much the score counts for one step of the pull."""
        least, most = self.case.gap_days
        return 1 + sum(one.meetings for one in self.case.cohorts.values()) * min(most - least, _FAR)

    @cached_property
    def seat(self) -> int:
        """What one attended seat is worth."""
        if self.case.objective is Objective.SEATS_THEN_KM:
            return self.pull_step * (1 + self._most_km)
        return self.pull_step

    @cached_property
    def shift(self) -> int:
        """What one day of shift costs in a repair."""
        seats = sum(one.meetings * len(one.participants) for one in self.case.cohorts.values())
        return self.pull_step * (1 + seats)

    @cached_property
    def change(self) -> int:
        """What one changed meeting costs in a repair."""
        return self.shift * (1 + self._most_shift)

    def gain(self, cohort: str, number: int, one: Option, leader: str) -> int:
        """Return what meeting ``number`` of ``cohort`` is worth as this option."""
        worth = one.seats * self.seat
        if self.case.objective is Objective.SEATS_THEN_KM:
            base = self.case.facilitators[leader].base
            km = one.km + 2 * km_between(self.case, base, one.place)
            return worth - km * self.pull_step
        existing = self.case.existing.get(cohort, ())
        if self.case.objective is Objective.REPAIR and number < len(existing):
            old = existing[number]
            shift = abs(old.on.toordinal() - one.day)
            if shift or (old.slot, old.place) != (one.slot, one.place):
                return worth - self.change - shift * self.shift
        return worth

    def pull(self, gap: int) -> int:
        """Return what a gap of so many days costs below the score."""
        least, most = self.case.gap_days
        return min(abs(gap - (least + most) // 2), _FAR)

    def points(self, worth: int) -> int:
        """Return the part of a worth that is the score, as one number."""
        return -(-worth // self.pull_step)

    def score(self, worth: int) -> tuple[int, ...]:
        """Return the numbers of the score that a worth stands for, fairness left out."""
        points = self.points(worth)
        if self.case.objective is Objective.SEATS_THEN_KM:
            seat = self.seat // self.pull_step
            seats = -(-points // seat)
            return seats, points - seats * seat
        if self.case.objective is Objective.REPAIR:
            day, change = self.shift // self.pull_step, self.change // self.shift
            lost, seats = divmod(points, day)
            changes, shift = divmod(-lost, change)
            return -changes, -shift, seats
        return (points,)

    @cached_property
    def _most_km(self) -> int:
        longest = max(self.case.km.values(), default=0)
        return sum(
            2 * longest * (1 + len(one.participants)) * one.meetings
            for one in self.case.cohorts.values()
        )

    @cached_property
    def _most_shift(self) -> int:
        first, last = (day.toordinal() for day in self.case.horizon)
        return sum(
            max(abs(old.on.toordinal() - first), abs(old.on.toordinal() - last))
            for kept in self.case.existing.values()
            for old in kept
        )


_FAR = 28  # days from the middle beyond which the pull is felt no more
