"""Why each person who has no place is waiting.

What stands in the way is looked for from the nearest: a cohort with an empty seat that would be
open but for a rule, then the group that could have been, then the wishes.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence

from cohorts.planning.formation.facts import FormedCohort, FormingCase, Kind, Person, Waiting
from cohorts.planning.formation.units import Unit


def reasons_to_wait(
    case: FormingCase, everybody: Sequence[Unit], cohorts: Sequence[FormedCohort]
) -> dict[str, Waiting]:
    """Return the reason for each person who is in no cohort, by id."""
    seated = {person for cohort in cohorts for person in cohort.people}
    standing = _Standing(case, everybody, cohorts, seated)
    return {
        person.id: standing.reason(unit, person)
        for unit in everybody
        for person in unit.people
        if person.id not in seated
    }


class _Standing:
    """What was formed, looked at from those who wait."""

    def __init__(
        self,
        case: FormingCase,
        everybody: Sequence[Unit],
        cohorts: Sequence[FormedCohort],
        seated: Collection[str],
    ) -> None:
        self.case = case
        self.formed: dict[Kind, list[FormedCohort]] = defaultdict(list)
        self.used: Counter[tuple[str, str]] = Counter()
        for cohort in cohorts:
            self.formed[cohort.kind].append(cohort)
            self.used[cohort.kind.place, cohort.kind.time] += 1
        self.able: dict[Kind, Counter[str]] = defaultdict(Counter)
        self.idle: dict[Kind, Counter[str]] = defaultdict(Counter)
        self.speakers: Counter[tuple[str, str]] = Counter()
        for unit in everybody:
            if not self._among_themselves(unit):
                self._count(unit, idle=unit.id not in seated)

    def _count(self, unit: Unit, *, idle: bool) -> None:
        for kind in unit.wished:
            self.able[kind].update(unit.companies)
            if idle:
                self.idle[kind].update(unit.companies)
        for person in unit.people:
            pairs = {(kind.place, kind.language) for kind in person.kinds}
            self.speakers.update(pairs)

    def reason(self, unit: Unit, person: Person) -> Waiting:
        """Return what keeps this person waiting."""
        least = self.case.size[0]
        large = [kind for kind in unit.wished if self._largest(self.able[kind]) >= least]
        by_themselves = self._among_themselves(unit)
        if by_themselves:
            return by_themselves
        if not large:
            return self._no_group(unit, person)
        return self._at_the_door(unit, large) or self._no_cohort_more(unit, large)

    def _among_themselves(self, unit: Unit) -> Waiting | None:
        """Return the rule that people who want to be together break by themselves."""
        if {one.id for one in unit.people} & unit.apart:
            return Waiting.APART
        if max(unit.companies.values()) > self.case.company_most:
            return Waiting.COMPANY_FULL
        return Waiting.OTHER if len(unit.people) > self.case.size[1] else None

    def _no_cohort_more(self, unit: Unit, kinds: Sequence[Kind]) -> Waiting:
        """Return why no further cohort of these kinds was formed."""
        least = self.case.size[0]
        for kind in kinds:
            if self._people(kind) < least * (len(self.formed[kind]) + 1):
                continue
            place_and_time = kind.place, kind.time
            most = self.case.capacity.get(place_and_time, len(self.case.people))
            if self.used[place_and_time] >= most:
                return Waiting.NO_CAPACITY
            if self._largest(self.idle[kind]) < least <= self.idle[kind].total():
                return Waiting.COMPANY_FULL
            return Waiting.APART if unit.apart else Waiting.OTHER
        return Waiting.TOO_FEW

    def _no_group(self, unit: Unit, person: Person) -> Waiting:
        """Return why nobody could ever form a cohort that this person can take."""
        least = self.case.size[0]
        if any(self.able[kind].total() >= least for kind in unit.wished):
            return Waiting.COMPANY_FULL
        pairs = {(kind.place, kind.language) for kind in person.kinds}
        if any(self.speakers[pair] >= least for pair in pairs):
            return Waiting.NO_COMMON_TIME
        return Waiting.TOO_FEW if pairs else Waiting.OTHER

    def _at_the_door(self, unit: Unit, kinds: Sequence[Kind]) -> Waiting | None:
        """Return the rule that keeps a unit out of a cohort with seats for it, if there is one."""
        for cohort in (cohort for kind in kinds for cohort in self.formed[kind]):
            if len(cohort.people) + len(unit.people) > self.case.size[1]:
                continue
            if unit.apart & set(cohort.people):
                return Waiting.APART
            companies = Counter(self.case.people[one].company for one in cohort.people)
            if any(
                companies[company] + count > self.case.company_most
                for company, count in unit.companies.items()
            ):
                return Waiting.COMPANY_FULL
        return None

    def _largest(self, companies: Counter[str]) -> int:
        """Return the most people that one cohort could have of these."""
        return sum(min(count, self.case.company_most) for count in companies.values())

    def _people(self, kind: Kind) -> int:
        return self.idle[kind].total() + sum(len(one.people) for one in self.formed[kind])
