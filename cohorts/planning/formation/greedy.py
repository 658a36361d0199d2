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
    placed: set[str] = set()
    able = Counter(kind for unit in everybody for kind in unit.kinds for _ in unit.people)
    wishing = {kind: _by_wish(kind, everybody) for kind in able}
    used: Counter[tuple[str, str]] = Counter()
    formed = []
    while able:
        kind = min(able, key=lambda kind: (-able[kind], kind))
        place_and_time = kind.place, kind.time
        full = used[place_and_time] == case.capacity.get(place_and_time, len(case.people))
        wishing[kind] = [unit for unit in wishing[kind] if unit.id not in placed]
        taken = [] if full or able[kind] < case.size[0] else _fill(case, wishing[kind])
        if not taken:
            del able[kind]
            continue
        used[place_and_time] += 1
        people = sorted(person.id for unit in taken for person in unit.people)
        formed.append(FormedCohort(kind, tuple(people)))
        for unit in taken:
            placed.add(unit.id)
            for lost in unit.kinds:
                if lost in able:
                    able[lost] -= len(unit.people)
    return formed


def _by_wish(kind: Kind, everybody: Sequence[Unit]) -> list[Unit]:
    """Return those who can take a kind, those who wish for it most first."""
    return sorted(
        (unit for unit in everybody if kind in unit.kinds),
        key=lambda unit: (not unit.pinned, -unit.points(kind) / len(unit.people), unit.id),
    )


def _fill(case: FormingCase, candidates: Sequence[Unit]) -> list[Unit]:
    table = Table()
    taken = []
    for unit in candidates:
        if table.takes(case, unit):
            table.seat(unit)
            taken.append(unit)
        if len(table.people) == case.size[1]:
            break
    return taken if len(table.people) >= case.size[0] else []
