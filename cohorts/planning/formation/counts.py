"""How many cohorts of each kind there should be, and who goes to which kind.

The number of cohorts of a kind is a whole number; people are continuous, since with the numbers
fixed what is left is a flow and its best answers are whole. People who are alike for the model
are one column. Units of several people, and people who must be apart from others, are whole.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from cohorts.planning.formation.facts import FormingCase, Kind
from cohorts.planning.formation.units import Unit
from cohorts.planning.model import Model, Term

Slot = tuple[Kind, int]  # a kind, and which of its cohorts where they are told apart, else 0


@dataclass
class Counts:
    """The model of a case; the cohorts of the kinds ``told_apart`` each have their own columns."""

    case: FormingCase
    classes: list[list[Unit]]
    told_apart: frozenset[Kind] = frozenset()
    model: Model = field(default_factory=Model)
    numbers: dict[Slot, int] = field(default_factory=dict)
    shares: dict[tuple[int, Slot], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for kind, most in self._most_cohorts().items():
            if kind in self.told_apart:
                slots = [(kind, copy) for copy in range(most)]
                self.numbers.update({slot: self.model.column() for slot in slots})
                for one, other in pairwise(slots):
                    self.model.row([(self.numbers[one], 1), (self.numbers[other], -1)], lower=0)
            elif most:
                self.numbers[kind, 0] = self.model.column(upper=most)
        self._share_rows()
        self._size_rows()
        self._company_rows()
        self._apart_rows()
        self._capacity_rows()

    def aims(self) -> list[list[Term]]:
        """Return the objectives: pinned people placed, people placed, points."""
        placed, points, pinned = [], [], []
        for (number, (kind, _)), column in self.shares.items():
            unit = self.classes[number][0]
            placed.append((column, float(len(unit.people))))
            points.append((column, float(unit.points(kind))))
            if unit.pinned:
                pinned.append((column, 1.0))
        return [pinned, placed, points] if pinned else [placed, points]

    def members(self, columns: Mapping[int, float]) -> dict[Slot, list[Unit]]:
        """Return who goes where; those who are alike go in the order of their ids."""
        taken = [0] * len(self.classes)
        members: dict[Slot, list[Unit]] = {}
        for (number, slot), column in sorted(self.shares.items()):
            count = round(columns.get(column, 0))
            if count:
                first = taken[number]
                members.setdefault(slot, []).extend(self.classes[number][first : first + count])
                taken[number] += count
        return members

    def _most_cohorts(self) -> dict[Kind, int]:
        able: dict[Kind, int] = Counter()
        for those in self.classes:
            for kind in those[0].kinds:
                able[kind] += sum(len(unit.people) for unit in those)
        return {
            kind: min(
                count // self.case.size[0],
                self.case.capacity.get((kind.place, kind.time), count),
            )
            for kind, count in sorted(able.items())
        }

    def _share_rows(self) -> None:
        slots: dict[Kind, list[Slot]] = defaultdict(list)
        for slot in self.numbers:
            slots[slot[0]].append(slot)
        for number, those in enumerate(self.classes):
            terms: list[Term] = []
            for kind in those[0].kinds:
                for slot in slots[kind]:
                    whole = not those[0].plain or kind in self.told_apart
                    column = self.model.column(upper=len(those), whole=whole)
                    self.shares[number, slot] = column
                    terms.append((column, 1))
            if len(terms) > 1:
                self.model.row(terms, upper=len(those))

    def _size_rows(self) -> None:
        people: dict[Slot, list[Term]] = defaultdict(list)
        for (number, slot), column in self.shares.items():
            people[slot].append((column, float(len(self.classes[number][0].people))))
        least, most = self.case.size
        for slot, cohorts in self.numbers.items():
            self.model.row([*people[slot], (cohorts, -least)], lower=0)
            self.model.row([*people[slot], (cohorts, -most)], upper=0)

    def _company_rows(self) -> None:
        large = _large_companies(self.case)
        shares: dict[tuple[str, Slot], list[tuple[Term, int]]] = defaultdict(list)
        for (number, slot), column in self.shares.items():
            for company, count in self.classes[number][0].companies.items():
                if company not in large:
                    continue
                most = count * len(self.classes[number])
                shares[company, slot].append(((column, float(count)), most))
        for (_, slot), terms in shares.items():
            if sum(most for _, most in terms) > self.case.company_most:
                cohorts = self.numbers[slot], -float(self.case.company_most)
                self.model.row([*(term for term, _ in terms), cohorts], upper=0)

    def _apart_rows(self) -> None:
        number_of = {
            person.id: number
            for number, those in enumerate(self.classes)
            for unit in those
            for person in unit.people
        }
        for group in self.case.apart:
            numbers = {number_of[person] for person in group}
            for slot, cohorts in self.numbers.items():
                columns = [
                    (self.shares[number, slot], 1.0)
                    for number in sorted(numbers)
                    if (number, slot) in self.shares
                ]
                if len(columns) > 1:
                    self.model.row([*columns, (cohorts, -1)], upper=0)

    def _capacity_rows(self) -> None:
        cohorts: dict[tuple[str, str], list[Term]] = defaultdict(list)
        for (kind, _), column in self.numbers.items():
            cohorts[kind.place, kind.time].append((column, 1))
        for key, terms in cohorts.items():
            if key in self.case.capacity:
                self.model.row(terms, upper=self.case.capacity[key])


def classes(case: FormingCase, everybody: Sequence[Unit]) -> list[list[Unit]]:
    """Return the units in classes that are alike: kinds, points, and company if it is large."""
    large = _large_companies(case)
    alike: dict[tuple[object, ...], list[Unit]] = {}
    for unit in everybody:
        key: tuple[object, ...] = (unit.id,)
        if unit.plain:
            person = unit.people[0]
            key = (
                *sorted(person.places.items()),
                *unit.kinds,
                *sorted(person.times.items()),
                person.company if person.company in large else None,
                unit.pinned,
            )
        alike.setdefault(key, []).append(unit)
    return list(alike.values())


def _large_companies(case: FormingCase) -> set[str]:
    """Return the companies that could fill their share of a cohort; others need no rows."""
    counts = Counter(person.company for person in case.people.values())
    return {company for company, count in counts.items() if count > case.company_most}
