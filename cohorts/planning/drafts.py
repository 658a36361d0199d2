"""A plan in the making: which cohorts have a series, and what the series take from each other."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from cohorts.planning.bookings import Bookings
from cohorts.planning.facts import Case, Meeting, Meetings
from cohorts.planning.lines import Line, lines
from cohorts.planning.lookup import Lookup
from cohorts.planning.series import Route, best_route
from cohorts.planning.worth import Worth


@dataclass(frozen=True)
class Search:
    """A case made ready for searching; everything in it is worked out once."""

    case: Case

    @cached_property
    def lookup(self) -> Lookup:
        """The tables of the case."""
        return Lookup(self.case)

    @cached_property
    def worth(self) -> Worth:
        """What meetings are worth."""
        return Worth(self.case)

    @cached_property
    def lines(self) -> Mapping[str, list[Line]]:
        """For each cohort, by id, a line for each facilitator."""
        return {
            key: lines(self.lookup, self.worth, self.case.cohorts[key])
            for key in sorted(self.case.cohorts)
        }

    @cached_property
    def alone(self) -> Mapping[str, Route | None]:
        """For each cohort the best series if it were the only one; None if it has none."""
        nothing = Bookings(self.lookup)
        return {key: best_route(those, nothing) for key, those in self.lines.items()}

    @cached_property
    def hardest_first(self) -> list[str]:
        """The cohorts, those with the fewest possible days first."""

        def days(key: str) -> int:
            return sum(len(row) for line in self.lines[key] for row in line.days)

        return sorted(self.lines, key=lambda key: (days(key), key))


@dataclass
class Draft:
    """The series that stand so far, with their bookings."""

    search: Search
    routes: dict[str, Route] = field(default_factory=dict)
    bookings: Bookings = field(init=False)

    def __post_init__(self) -> None:
        self.bookings = Bookings(self.search.lookup)
        for cohort, route in self.routes.items():
            self.bookings.add(route.leader, route.options, self.size(cohort))

    @property
    def missing(self) -> list[str]:
        """The cohorts without a series."""
        return [cohort for cohort in self.search.lines if cohort not in self.routes]

    @property
    def worth(self) -> tuple[int, int]:
        """How many cohorts have a series, and what the series are worth together."""
        return len(self.routes), sum(route.worth for route in self.routes.values())

    @property
    def rank(self) -> tuple[int, int]:
        """How many cohorts have a series, and what the series score together."""
        return len(self.routes), self.points

    @property
    def points(self) -> int:
        """What the series are worth together by the score alone, the pull left out."""
        return self.search.worth.points(sum(route.worth for route in self.routes.values()))

    def size(self, cohort: str) -> int:
        """Return how many people a cohort has."""
        return len(self.search.case.cohorts[cohort].participants)

    def put(self, cohort: str, route: Route) -> None:
        """Give a cohort a series in place of the one that it has."""
        self.drop([cohort])
        self.routes[cohort] = route
        self.bookings.add(route.leader, route.options, self.size(cohort))

    def put_all(self, routes: Mapping[str, Route]) -> None:
        """Give several cohorts the series that go with each other."""
        for cohort, route in routes.items():
            self.put(cohort, route)

    def drop(self, cohorts: Iterable[str]) -> None:
        """Take the series of cohorts out."""
        for cohort in cohorts:
            if cohort in self.routes:
                route = self.routes.pop(cohort)
                self.bookings.remove(route.leader, route.options, self.size(cohort))

    def meetings(self) -> Meetings:
        """Return the plan as meetings with dates."""
        return {
            cohort: tuple(
                Meeting(date.fromordinal(one.day), one.slot, one.place, route.leader)
                for one in route.options
            )
            for cohort, route in sorted(self.routes.items())
        }
