"""What planning costs and gives: one cohort, twenty, two hundred.

``python -m benchmarks.plan_meetings [one] [twenty] [two-hundred] [fair]``: seats of the plan in
hand (one cohort after another) and of a person's rule as shares of the plan found, with the bound.
"""

import sys
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from time import perf_counter

from benchmarks.by_hand import by_hand
from benchmarks.planning_instances import meetings_case
from cohorts.planning import plan_meetings
from cohorts.planning.drafts import Draft, Search
from cohorts.planning.facts import Case
from cohorts.planning.sequence import one_after_another

ROUNDS = 20


def main() -> None:
    """Print a block of figures for each size that is named, all if none is."""
    named = sys.argv[1:] or ["one", "twenty", "two-hundred", "fair"]
    if "one" in named:
        _one()
    if "twenty" in named:
        for choices in (1, 3):
            _many(meetings_case(20, 10, choices=choices, objective="seats"), seconds=60)
    if "two-hundred" in named:
        _many(meetings_case(200, 40, choices=3, objective="seats"), seconds=280)
    if "fair" in named:
        _many(meetings_case(20, 10, choices=3, objective="worst_then_seats"), seconds=120)


def _one() -> None:
    for choices in (1, 3):
        case = meetings_case(1, 3, choices=choices, objective="seats")
        began = perf_counter()
        for _ in range(ROUNDS):
            plan = plan_meetings(case)
        milliseconds = (perf_counter() - began) / ROUNDS * 1000
        print(f"{case.id}: {milliseconds:.1f} ms, score {plan.score}, proven {plan.proven}")


def _many(case: Case, *, seconds: float) -> None:
    print(f"{case.id}: {len(case.cohorts)} cohorts, {len(case.facilitators)} facilitators")
    began, cpu = perf_counter(), cpu_seconds()
    plan = plan_meetings(case, seconds=seconds)
    spent = f"{perf_counter() - began:.1f} s ({cpu_seconds() - cpu:.1f} s of processor)"
    if plan.measures is None:
        print(f"  no plan after {spent}; {[str(one) for one in plan.because]}")
        return
    print(f"  {spent}, score {plan.score}, bound {plan.bound}, proven {plan.proven}")
    if plan.score and plan.bound:
        print(f"  gap {1 - plan.score[-1] / max(plan.bound[-1], 1):.2%}")
    people = sum(len(one.participants) * one.meetings for one in case.cohorts.values())
    print(f"  {plan.measures.seats / people:.1%} of all seats can be attended")
    search = Search(case)
    began = perf_counter()
    _compare("one after another", one_after_another(search), plan.measures.seats)
    print(f"  ({perf_counter() - began:.2f} s)")
    _compare("by hand", by_hand(search), plan.measures.seats)


def _compare(name: str, draft: Draft, best: int) -> None:
    seats = sum(option.seats for route in draft.routes.values() for option in route.options)
    print(f"  {name}: {seats / best:.1%} of the seats, {len(draft.missing)} cohorts without a plan")


def cpu_seconds() -> float:
    """Return the processor seconds of this process and of the solvers that it started."""
    return sum(getrusage(who).ru_utime for who in (RUSAGE_SELF, RUSAGE_CHILDREN))


if __name__ == "__main__":
    main()
