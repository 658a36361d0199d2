"""The one door to the forming of cohorts: interests in, cohorts and reasons for waiting out.

First as many people as can be are placed, then for as many points as can be. Gender, age and
origin are not among the facts and decide nothing.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from time import monotonic

from cohorts.planning.formation.checker import broken_forming_rules, worth
from cohorts.planning.formation.counts import Counts, Slot, classes
from cohorts.planning.formation.dealing import deal
from cohorts.planning.formation.facts import Formation, FormedCohort, FormingCase, Kind
from cohorts.planning.formation.greedy import one_by_one
from cohorts.planning.formation.seating import seat_exactly
from cohorts.planning.formation.units import Unit, units
from cohorts.planning.formation.waiting import reasons_to_wait
from cohorts.planning.planner import BrokenPlan
from cohorts.planning.solver import Progress, solve

SECONDS = 60.0
LEAST_SECONDS = 2.0

Watch = Callable[[Progress], None] | None


def form_cohorts(case: FormingCase, *, seconds: float = SECONDS, watch: Watch = None) -> Formation:
    """Return the best cohorts for a case, checked against every rule, within about ``seconds``.

    The same facts give the same cohorts wherever they are proven the best.

    :raises BrokenPlan: if the checker refuses them, which would be a fault of the planner.
    """
    everybody = units(case)
    found = _search(case, everybody, monotonic() + seconds, watch)
    if not found.proven or broken_forming_rules(case, found.cohorts):
        in_hand = Found(one_by_one(case, everybody), proven=False, bound=found.bound)
        whole = [one for one in (found, in_hand) if not broken_forming_rules(case, one.cohorts)]
        if not whole:
            raise BrokenPlan(broken_forming_rules(case, in_hand.cohorts))
        found = max(whole, key=lambda one: _worth(case, one.cohorts))
    cohorts = tuple(sorted(found.cohorts, key=lambda one: (one.kind, one.people)))
    placed, points = worth(case, cohorts)
    return Formation(
        case=case.id,
        placed=placed,
        points=points,
        cohorts=cohorts,
        waiting=reasons_to_wait(case, everybody, cohorts),
        proven=found.proven,
        bound=(placed, points) if found.proven else found.bound,
    )


@dataclass
class Found:
    """Cohorts, whether they are proven the best, and what none can pass as far as known."""

    cohorts: list[FormedCohort]
    proven: bool
    bound: tuple[int, ...] = ()


def _search(case: FormingCase, everybody: Sequence[Unit], until: float, watch: Watch) -> Found:
    """Solve for the numbers of cohorts, then deal; tell cohorts apart where dealing fails."""
    groups = classes(case, everybody)
    told_apart: frozenset[Kind] = frozenset()
    while True:
        counts = Counts(case, groups, told_apart)
        if not counts.shares:
            return Found([], proven=True)
        left = max(until - monotonic(), LEAST_SECONDS)
        counts.model.objectives = counts.aims()
        found = solve(counts.model, seconds=left, settle=True, watch=watch)
        bound = tuple(int(one + HAIR) for one in found.bounds[-2:] if one is not None)
        columns = found.columns
        if columns is None:
            return Found([], proven=False, bound=bound)
        cohorts, failed = _dealt(case, counts, columns, until)
        if not failed:
            return Found(cohorts, proven=found.proven, bound=bound)
        if monotonic() > until or failed <= told_apart:
            return Found(cohorts, proven=False, bound=bound)
        told_apart |= failed


def _dealt(
    case: FormingCase, counts: Counts, columns: Mapping[int, float], until: float
) -> tuple[list[FormedCohort], frozenset[Kind]]:
    """Return the cohorts of all kinds that could be dealt, and the kinds that could not."""
    cohorts: list[FormedCohort] = []
    failed: set[Kind] = set()
    for slot, members in counts.members(columns).items():
        dealt = _deal_one(case, slot, members, round(columns[counts.numbers[slot]]), until)
        if dealt is None:
            failed.add(slot[0])
        else:
            cohorts.extend(FormedCohort(slot[0], tuple(people)) for people in dealt)
    return cohorts, frozenset(failed)


def _deal_one(
    case: FormingCase, slot: Slot, members: Sequence[Unit], count: int, until: float
) -> list[list[str]] | None:
    dealt = deal(case, members, count)
    if dealt is None:
        left = max(until - monotonic(), LEAST_SECONDS)
        dealt = seat_exactly(case, slot[0], members, count, seconds=left)
    return dealt


def _worth(case: FormingCase, cohorts: Sequence[FormedCohort]) -> tuple[int, int, int]:
    pinned = sum(person in case.pinned for cohort in cohorts for person in cohort.people)
    return pinned, *worth(case, cohorts)


HAIR = 1e-4  # a bound in whole numbers that arithmetic has shaved
