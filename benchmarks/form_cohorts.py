"""What forming cohorts costs and gives, for 100, 2 000 and 20 000 people.

``python -m benchmarks.form_cohorts [100] [2000] [20000]``: people placed, against a person's rule.
"""

import sys
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from time import perf_counter

from benchmarks.planning_instances import forming_case
from cohorts.planning import form_cohorts
from cohorts.planning.formation.checker import worth
from cohorts.planning.formation.greedy import one_by_one
from cohorts.planning.formation.units import units

SECONDS = 120.0


def main() -> None:
    """Print a line for each size that is named, all if none is."""
    for people in [int(one) for one in sys.argv[1:]] or [100, 2_000, 20_000]:
        case = forming_case(people)
        began, cpu = perf_counter(), cpu_seconds()
        formation = form_cohorts(case, seconds=SECONDS)
        spent = f"{perf_counter() - began:.1f} s ({cpu_seconds() - cpu:.1f} s of processor)"
        placed, points = worth(case, one_by_one(case, units(case)))
        print(f"{people} people: {spent}, proven {formation.proven}")
        print(f"  placed {formation.placed}, points {formation.points}, bound {formation.bound}")
        print(f"  {len(formation.cohorts)} cohorts, {len(formation.waiting)} wait")
        print(f"  by hand: placed {placed}, points {points}")


def cpu_seconds() -> float:
    """Return the processor seconds of this process and of the solvers that it started."""
    return sum(getrusage(who).ru_utime for who in (RUSAGE_SELF, RUSAGE_CHILDREN))


if __name__ == "__main__":
    main()
