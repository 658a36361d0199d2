"""A large case as arrays: every meeting that could stand, and the rows in which meetings compete.

A use is one option of one cohort under one facilitator. The rows are those of the joint model (a
facilitator's time, a facilitator's week, rooms of a size); what stands in no row takes nothing
from anybody. For cases without meetings that stand, in which no cohort meets twice in a week.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from cohorts.planning.bookings import Bookings
from cohorts.planning.drafts import Search
from cohorts.planning.lines import Line
from cohorts.planning.model import Model
from cohorts.planning.options import Option
from cohorts.planning.series import Route
from cohorts.planning.shared import Use, add_shared_rows
from cohorts.planning.sweep import Floats, Ints, Sweep, SweptLine


@dataclass(frozen=True, slots=True)
class Bid:
    """One series that a cohort could have, by its uses."""

    cohort: str
    line: int
    uses: tuple[int, ...]


class Market:
    """The uses of a case in the order of cohorts, facilitators and days, and the rows they are in.

    ``gains`` are what uses are worth; ``left`` what each row holds.
    """

    def __init__(self, search: Search) -> None:
        self.search = search
        self.lines: list[Line] = []
        self.options: list[Option] = []
        self._swept: list[SweptLine] = []
        self._ends: list[int] = []
        self._of_cohort: dict[str, list[int]] = {}
        gains: list[int] = []
        model, shared = Model(), list[Use]()
        for cohort, lines in search.lines.items():
            self._of_cohort[cohort] = []
            for line in lines:
                if line.possible:
                    self._of_cohort[cohort].append(len(self.lines))
                    self._add(line, gains, model, shared)
        add_shared_rows(model, Bookings(search.lookup), shared)
        self.gains: Floats = np.array(gains, dtype=float)
        self.left: Floats = np.array(model.row_upper, dtype=float)
        self._used: Ints = np.array(model.index, dtype=np.int64)
        starts: Ints = np.array(model.starts, dtype=np.int64)
        sizes = starts[1:] - starts[:-1]
        self._row_of: Ints = np.repeat(np.arange(len(sizes)), sizes)
        self._by_use()

    def sweeps(self) -> list[Sweep]:
        """Return the lines in as few sweeps as can be: those with the same meetings and quotas."""
        alike: dict[object, list[int]] = {}
        for number, one in enumerate(self._swept):
            alike.setdefault((one.meetings, one.quota), []).append(number)
        return [self._sweep(numbers) for numbers in alike.values()]

    def cohort_of(self, line: int) -> str:
        """Return the cohort of a line."""
        return self.lines[line].cohort.id

    def prices(self, rents: Floats) -> Floats:
        """Return what each use pays in all its rows."""
        paid = np.bincount(self._used, weights=rents[self._row_of], minlength=len(self.gains))
        return np.asarray(paid, dtype=np.float64)

    def taken(self, uses: Iterable[int]) -> Floats:
        """Return how much of each row the uses take."""
        rows = [self.rows_of(use) for use in uses]
        return np.bincount(np.concatenate(rows), minlength=len(self.left)).astype(float)

    def rows_of(self, use: int) -> Ints:
        """Return the rows that a use is in."""
        return self._rows[self._starts[use] : self._starts[use + 1]]

    def bid(self, cohort: str, route: Route) -> Bid:
        """Return a series as a bid."""
        number = next(n for n in self._of_cohort[cohort] if self.lines[n].leader == route.leader)
        first = self._swept[number].first_use
        places = {
            (one.day, one.slot, one.place): use
            for use, one in enumerate(self.options[first : self._ends[number]], start=first)
        }
        uses = (places[one.day, one.slot, one.place] for one in route.options)
        return Bid(cohort, number, tuple(uses))

    def route(self, bid: Bid) -> Route:
        """Return a bid as a series."""
        line = self.lines[bid.line]
        options = tuple(self.options[use] for use in bid.uses)
        return Route(line.worth_of(options), line.leader, options)

    def _add(self, line: Line, gains: list[int], model: Model, shared: list[Use]) -> None:
        by_day = {
            day: row[day] for row, days in zip(line.rows, line.days, strict=True) for day in days
        }
        index = {place: number for number, place in enumerate(line.places)}
        first = len(self.options)
        places = []
        for day in sorted(by_day):
            for option in by_day[day]:
                self.options.append(option)
                places.append(index.get(option.place, len(index)))
                gains.append(line.worth.gain(line.cohort.id, 0, option, line.leader))
                shared.append(Use(line.leader, line.cohort, option, model.column()))
        self.lines.append(line)
        self._ends.append(len(self.options))
        self._swept.append(
            SweptLine(
                meetings=line.cohort.meetings,
                quota=tuple(line.cohort.quota[place] for place in line.places),
                days=line.days,
                first_use=first,
                use_days=tuple(option.day for option in self.options[first:]),
                use_places=tuple(places),
            )
        )

    def _sweep(self, numbers: Sequence[int]) -> Sweep:
        case = self.search.case
        first, last = (day.toordinal() for day in case.horizon)
        pulls = [self.search.worth.pull(gap) for gap in range(case.gap_days[1] + 1)]
        return Sweep(
            {number: self._swept[number] for number in numbers},
            days=range(first, last + 1),
            pulls={gap: pulls[gap] for gap in range(case.gap_days[0], len(pulls))},
        )

    def _by_use(self) -> None:
        order = np.argsort(self._used, kind="stable")
        self._rows: Ints = self._row_of[order]
        many = np.bincount(self._used, minlength=len(self.gains))
        self._starts: Ints = np.concatenate([[0], np.cumsum(many)])
