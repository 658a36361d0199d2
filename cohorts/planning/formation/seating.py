"""People of one kind dealt into its cohorts where the simple way of dealing fails: exactly."""

from collections.abc import Sequence
from dataclasses import replace

from cohorts.planning.formation.counts import Counts, classes
from cohorts.planning.formation.facts import FormingCase, Kind
from cohorts.planning.formation.units import Unit
from cohorts.planning.solver import solve


def seat_exactly(
    case: FormingCase, kind: Kind, members: Sequence[Unit], count: int, *, seconds: float
) -> list[list[str]] | None:
    """Return the people of each of ``count`` cohorts; None if it cannot be or was not found."""
    only = [replace(unit, kinds=(kind,)) for unit in members]
    people = {person.id: person for unit in only for person in unit.people}
    apart = tuple(tuple(one for one in group if one in people) for group in case.apart)
    small = replace(case, people=people, apart=apart, capacity={(kind.place, kind.time): count})
    counts = Counts(small, classes(small, only), frozenset({kind}))
    counts.model.objectives = counts.aims()[-2:-1]
    found = solve(counts.model, seconds=seconds)
    if found.columns is None:
        return None
    seated = counts.members(found.columns).values()
    cohorts = [sorted(one.id for unit in those for one in unit.people) for those in seated]
    return cohorts if sum(map(len, cohorts)) == len(people) and len(cohorts) == count else None
