"""The rows by which cohorts stand in each other's way: facilitators, their weeks, and rooms."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cohorts.planning.bookings import Bookings
from cohorts.planning.facts import Cohort
from cohorts.planning.lookup import Lookup, Where, week
from cohorts.planning.model import Model
from cohorts.planning.options import Option


@dataclass(frozen=True, slots=True)
class Use:
    """A column that, at one, takes a facilitator's time and perhaps a room."""

    leader: str
    cohort: Cohort
    option: Option
    column: int


def add_shared_rows(model: Model, bookings: Bookings, uses: Sequence[Use]) -> None:
    """Add the rows that keep meetings of different cohorts out of each other's way."""
    days: dict[tuple[str, int], list[Use]] = defaultdict(list)
    weeks: dict[tuple[str, int], list[Use]] = defaultdict(list)
    rooms: dict[tuple[int, str, str], list[Use]] = defaultdict(list)
    band = bookings.lookup.band
    for use in uses:
        days[use.leader, use.option.day].append(use)
        weeks[use.leader, week(use.option.day)].append(use)
        if use.option.roomed:
            rooms[use.option.day, band[use.option.slot], use.option.place].append(use)
    for those in days.values():
        _one_at_a_time(model, bookings.lookup, those)
    for (leader, _), those in weeks.items():
        left = bookings.week_left(leader, those[0].option.day)
        if left is not None and len(those) > left:
            model.row([(use.column, 1) for use in those], upper=left)
    for key, those in rooms.items():
        _rooms_of_a_size(model, bookings, key, those)


def _one_at_a_time(model: Model, lookup: Lookup, uses: Sequence[Use]) -> None:
    """Add a row for each largest set of times and towns of which one person can lead one."""
    if len({use.cohort.id for use in uses}) == 1:
        return
    wheres = sorted({(use.option.slot, use.option.place) for use in uses})
    cliques: set[frozenset[Where]] = set()
    for one in wheres:
        for other in wheres:
            if (one, other) in lookup.clashes:
                grown = {one, other}
                for third in wheres:
                    if all((third, member) in lookup.clashes for member in grown):
                        grown.add(third)
                cliques.add(frozenset(grown))
    for clique in sorted(cliques, key=sorted):
        terms = [(use.column, 1.0) for use in uses if (use.option.slot, use.option.place) in clique]
        if len(terms) > 1:
            model.row(terms, upper=1)


def _rooms_of_a_size(
    model: Model, bookings: Bookings, key: tuple[int, str, str], uses: Iterable[Use]
) -> None:
    """Add, for each number of people, a row: meetings as large are at most the rooms as large."""
    booked = bookings.sizes(key)
    seats = bookings.lookup.free_rooms(*key)
    sized = sorted(((len(use.cohort.participants), use) for use in uses), key=lambda one: -one[0])
    for least in sorted({size for size, _ in sized}.union(booked)):
        terms = [(use.column, 1.0) for size, use in sized if size >= least]
        left = sum(room >= least for room in seats) - sum(size >= least for size in booked)
        if len({use.cohort.id for size, use in sized if size >= least}) > left:
            model.row(terms, upper=left)
