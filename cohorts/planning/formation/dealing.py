"""People of one kind dealt into its cohorts, so that every cohort keeps sizes and companies.

Without wishes it is enough to deal in the order of companies: each company is spread over all
cohorts. Units and people to be kept apart go first, each to the emptiest cohort that takes them.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from cohorts.planning.formation.facts import FormingCase
from cohorts.planning.formation.units import Unit


@dataclass
class Table:
    """One cohort while people are dealt into it."""

    people: list[str] = field(default_factory=list)
    companies: Counter[str] = field(default_factory=Counter)
    refused: set[str] = field(default_factory=set)

    def takes(self, case: FormingCase, unit: Unit) -> bool:
        """Return whether the unit may join."""
        return (
            len(self.people) + len(unit.people) <= case.size[1]
            and all(
                self.companies[company] + count <= case.company_most
                for company, count in unit.companies.items()
            )
            and not any(person.id in self.refused for person in unit.people)
        )

    def seat(self, unit: Unit) -> None:
        """Let the unit join."""
        self.people.extend(person.id for person in unit.people)
        self.companies.update(unit.companies)
        self.refused |= unit.apart


def deal(case: FormingCase, members: Sequence[Unit], count: int) -> list[list[str]] | None:
    """Return the people of each of ``count`` cohorts, None if this way of dealing fails."""
    if all(unit.plain for unit in members):
        ordered = sorted(members, key=lambda unit: (unit.people[0].company, unit.id))
        return [sorted(unit.id for unit in ordered[start::count]) for start in range(count)]
    tables = [Table() for _ in range(count)]
    for unit in sorted(members, key=lambda unit: _hardest_first(unit, members)):
        open_tables = [table for table in tables if table.takes(case, unit)]
        if not open_tables:
            return None
        min(open_tables, key=lambda table: (len(table.people), table.people)).seat(unit)
    if any(len(table.people) < case.size[0] for table in tables):
        return None
    return [sorted(table.people) for table in tables]


def _hardest_first(unit: Unit, members: Sequence[Unit]) -> tuple[int, int, int, str, str]:
    company = unit.people[0].company
    same = sum(company in other.companies for other in members)
    return -len(unit.people), -len(unit.apart), -same, company, unit.id
