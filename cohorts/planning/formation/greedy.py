"""Cohorts formed one by one, the largest group first: always in hand, and what a person does.

The rule, as a facilitator works with a list: find the place, language and time that most of those
who wait can take; fill one cohort with those who wish for it most; begin again.
"""

from collections import Counter
from collections.abc import Sequence

from cohorts.planning.formation.dealing import Table
from cohorts.planning.formation.facts import FormedCohort, FormingCase, Kind
from cohorts.planning.formation.units import Unit


def one_by_one(case: FormingCase, everybody: Sequence[Unit]) -> list[FormedCohort]:
    """Return cohorts that keep every rule, formed one after another."""
    waiting = {unit.id: unit for unit in everybody if unit.kinds}
    able = Counter(kind for unit in waiting.values() for kind in unit.kinds for _ in unit.people)
    used: Counter[tuple[str, str]] = Counter()
    formed = []
    while able:
        kind = min(able, key=lambda kind: (-able[kind], kind))
        place_and_time = kind.place, kind.time
        full = used[place_and_time] == case.capacity.get(place_and_time, len(case.people))
        taken = [] if full or able[kind] < case.size[0] else _fill(case, kind, waiting)
        if not taken:
            del able[kind]
            continue
        used[place_and_time] += 1
        formed.append(
            FormedCohort(kind, tuple(sorted(p.id for unit in taken for p in unit.people)))
        )
        for unit in taken:
            del waiting[unit.id]
            for lost in unit.kinds:
                if lost in able:
                    able[lost] -= len(unit.people)
    return formed


def _fill(case: FormingCase, kind: Kind, waiting: dict[str, Unit]) -> list[Unit]:
    table = Table()
    taken = []
    candidates = [unit for unit in waiting.values() if kind in unit.kinds]
    for unit in sorted(
        candidates,
        key=lambda unit: (not unit.pinned, -unit.points(kind) / len(unit.people), unit.id),
    ):
        if table.takes(case, unit):
            table.seat(unit)
            taken.append(unit)
    return taken if len(table.people) >= case.size[0] else []
