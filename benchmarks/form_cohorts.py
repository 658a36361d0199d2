"""What forming cohorts costs and gives, for 100, 2 000 and 20 000 people.

``python -m benchmarks.form_cohorts [100] [2000] [20000]``: people placed, against a person's rule.
"""

import sys
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
        began = perf_counter()
        formation = form_cohorts(case, seconds=SECONDS)
        spent = perf_counter() - began
        placed, points = worth(case, one_by_one(case, units(case)))
        print(f"{people} people: {spent:.1f} s, proven {formation.proven}")
        print(f"  placed {formation.placed}, points {formation.points}, bound {formation.bound}")
        print(f"  {len(formation.cohorts)} cohorts, {len(formation.waiting)} wait")
        print(f"  by hand: placed {placed}, points {points}")


if __name__ == "__main__":
    main()
