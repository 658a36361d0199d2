"""Many cohorts, facilitators and rooms at once, as one model of whole numbers.

For each cohort under each of its facilitators there is a column X[k, d] for "meeting k stands on
day d or before" (cumulative, "order encoded"): the gap rules then read X[k, d] <= X[k-1, d-14] and
X[k-1, d] <= X[k, d+28], and leave hardly anything to branch on. Columns z choose slot and place on
a day. Rooms need no columns: at each place and time, meetings larger than a number are at most as
many as the free rooms that hold as many.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from cohorts.planning.bookings import Bookings
from cohorts.planning.lines import Choice, Line
from cohorts.planning.lookup import Where
from cohorts.planning.model import Model, Term
from cohorts.planning.options import Option, least_able, reachable
from cohorts.planning.series import Route
from cohorts.planning.shared import Use, add_shared_rows

HALF = 0.5


@dataclass
class LineColumns:
    """The columns of one cohort under one facilitator."""

    line: Line
    chosen: int
    by_day: list[dict[int, int]]
    options: dict[tuple[int, Where], tuple[Option, int]]

    def on_day(self, number: int, day: int) -> list[Term]:
        """Return the terms of "meeting ``number`` stands on this very day"."""
        days = list(self.by_day[number])
        place = days.index(day)
        terms = [(self.by_day[number][day], 1.0)]
        if place:
            terms.append((self.by_day[number][days[place - 1]], -1))
        return terms


class Joint:
    """The model of several cohorts beside what is booked, with the meaning of its columns."""

    def __init__(
        self,
        lines: Mapping[str, Sequence[Line]],
        bookings: Bookings,
        *,
        floor: int = 0,
        some_may_wait: bool = False,
    ) -> None:
        self.lookup = bookings.lookup
        self.bookings = bookings
        self.floor = floor
        self.some_may_wait = some_may_wait
        self.model = Model()
        self.cohorts: dict[str, list[LineColumns]] = {}
        for cohort in sorted(lines):
            laid = [self._lay(line) for line in lines[cohort]]
            self.cohorts[cohort] = [one for one in laid if one]
            chosen = [(one.chosen, 1.0) for one in self.cohorts[cohort]]
            self.model.row(chosen, lower=0 if some_may_wait else 1, upper=1)
        add_shared_rows(
            self.model,
            self.bookings,
            [
                Use(laid.line.leader, laid.line.cohort, option, column)
                for laid in self.all_lines
                for option, column in laid.options.values()
            ],
        )

    @property
    def all_lines(self) -> Iterator[LineColumns]:
        """The columns of every cohort under each of its facilitators."""
        for laid in self.cohorts.values():
            yield from laid

    def routes(self, columns: Mapping[int, float]) -> dict[str, Route]:
        """Return the series that a solution stands for; their worth is worked out anew."""
        routes = {}
        for cohort, laid in self.cohorts.items():
            chosen = next((one for one in laid if columns.get(one.chosen, 0) > HALF), None)
            if chosen is None:
                continue
            options = tuple(
                option
                for option, column in sorted(chosen.options.values(), key=lambda pair: pair[0].day)
                if columns.get(column, 0) > HALF
            )
            worth = chosen.line.worth_of(options)
            routes[cohort] = Route(worth, chosen.line.leader, options)
        return routes

    def start(self, routes: Mapping[str, Route]) -> dict[int, float]:
        """Return the columns of series that are known, for the search to start from."""
        columns: dict[int, float] = {}
        for cohort, route in routes.items():
            laid = self.cohorts[cohort]
            chosen = next(one for one in laid if one.line.leader == route.leader)
            columns[chosen.chosen] = 1
            for number, option in enumerate(route.options):
                columns[chosen.options[option.day, (option.slot, option.place)][1]] = 1
                for day, column in chosen.by_day[number].items():
                    if day >= option.day:
                        columns[column] = 1
        return columns

    def _lay(self, line: Line) -> LineColumns | None:
        case = self.lookup.case
        rows = [line.beside(self.bookings, number) for number in range(line.cohort.meetings)]
        days = reachable(rows, case.gap_days)
        if not days[0]:
            return None
        chosen = self.model.column()
        by_day = []
        for those in days:
            columns = {day: self.model.column() for day in those[:-1]}
            columns[those[-1]] = chosen
            by_day.append(columns)
            for earlier, later in pairwise(those):
                self.model.row([(columns[earlier], 1), (columns[later], -1)], upper=0)
        for number in range(1, len(days)):
            self._gap_rows(by_day[number - 1], by_day[number], case.gap_days)
        options = self._options(rows, days)
        laid = LineColumns(line, chosen, by_day, options)
        self._day_rows(laid)
        self._quota_rows(laid)
        self._floor_rows(laid)
        return laid

    def _gap_rows(
        self, before: dict[int, int], after: dict[int, int], gap_days: tuple[int, int]
    ) -> None:
        least, most = gap_days
        # X[k, d] <= X[k-1, d - least], and X[k-1, d] <= X[k, d + most]
        for inner, outer, shift in ((after, before, -least), (before, after, most)):
            known = list(outer)
            tightest: dict[int, int] = {}
            for day in inner:
                tightest[known[bisect_right(known, day + shift) - 1]] = day
            for bound, day in tightest.items():
                if bound != known[-1]:
                    self.model.row([(inner[day], 1), (outer[bound], -1)], upper=0)

    def _options(
        self, rows: Sequence[Mapping[int, Sequence[Choice]]], days: Sequence[Sequence[int]]
    ) -> dict[tuple[int, Where], tuple[Option, int]]:
        options: dict[tuple[int, Where], tuple[Option, int]] = {}
        for row, those in zip(rows, days, strict=True):
            for day in those:
                for option, _, _ in row[day]:
                    key = day, (option.slot, option.place)
                    if key not in options:
                        options[key] = option, self.model.column()
        return options

    def _day_rows(self, laid: LineColumns) -> None:
        terms: dict[int, list[Term]] = defaultdict(list)
        for option, column in laid.options.values():
            terms[option.day].append((column, 1))
        for number, columns in enumerate(laid.by_day):
            for day in columns:
                terms[day].extend((at, -factor) for at, factor in laid.on_day(number, day))
        for those in terms.values():
            summed: dict[int, float] = defaultdict(float)
            for column, factor in those:
                summed[column] += factor
            self.model.row([term for term in summed.items() if term[1]], 0, 0)

    def _quota_rows(self, laid: LineColumns) -> None:
        for place, (least, most) in sorted(laid.line.cohort.quota.items()):
            there = [
                (column, 1.0) for option, column in laid.options.values() if option.place == place
            ]
            self.model.row([*there, (laid.chosen, -least)], lower=0)
            if most < laid.line.cohort.meetings:
                self.model.row([*there, (laid.chosen, -most)], upper=0)

    def _floor_rows(self, laid: LineColumns) -> None:
        if not self.floor:
            return
        options = list(laid.options.values())
        comers = [option.comers for option, _ in options]
        for person in least_able(comers, len(laid.line.cohort.participants)):
            there = [(column, 1.0) for option, column in options if option.comers >> person & 1]
            self.model.row([*there, (laid.chosen, -self.floor)], lower=0)
