"""Who is placed as one: a person, or people who want to be together."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, pairwise

from cohorts.planning.formation.facts import FormingCase, Kind, Person


@dataclass(frozen=True)
class Unit:
    """People who share a cohort or all wait, by id; ``apart`` are the people they must not meet.

    ``wished`` are the kinds that all of them can take; ``kinds`` those that can be had, none if
    the unit by itself breaks a rule.
    """

    people: tuple[Person, ...]
    wished: tuple[Kind, ...]
    kinds: tuple[Kind, ...]
    apart: frozenset[str]
    pinned: bool

    @property
    def id(self) -> str:
        """The id of the first of them."""
        return self.people[0].id

    @property
    def plain(self) -> bool:
        """Whether this is one person whom nobody has to be with or away from."""
        return len(self.people) == 1 and not self.apart

    @cached_property
    def companies(self) -> Mapping[str, int]:
        """How many there are from each company."""
        return Counter(person.company for person in self.people)

    def points(self, kind: Kind) -> int:
        """Return how much they wish for a kind together."""
        return sum(person.points(kind) for person in self.people)


def units(case: FormingCase) -> list[Unit]:
    """Return everybody once, by id, each with the kinds of cohort that can be had."""
    leader = _leaders(case)
    members: dict[str, list[Person]] = {}
    for key in sorted(case.people):
        members.setdefault(leader[key], []).append(case.people[key])
    enemies: dict[str, set[str]] = {}
    for group in case.apart:
        for one, other in combinations(group, 2):
            enemies.setdefault(one, set()).add(other)
            enemies.setdefault(other, set()).add(one)
    return [_unit(case, people, enemies) for _, people in sorted(members.items())]


def _unit(case: FormingCase, people: list[Person], enemies: Mapping[str, set[str]]) -> Unit:
    apart = frozenset[str]().union(*(enemies.get(person.id, ()) for person in people))
    companies = Counter(person.company for person in people)
    fits = (
        len(people) <= case.size[1]
        and max(companies.values()) <= case.company_most
        and not apart & {person.id for person in people}
    )
    wished = list(people[0].kinds)
    for person in people:
        able = set(person.kinds)
        if person.id in case.pinned:
            able &= {case.pinned[person.id]}
        wished = [kind for kind in wished if kind in able]
    kinds = [kind for kind in wished if case.capacity.get((kind.place, kind.time), 1)]
    pinned = any(person.id in case.pinned for person in people)
    return Unit(tuple(people), tuple(wished), tuple(kinds) if fits else (), apart, pinned)


def _leaders(case: FormingCase) -> dict[str, str]:
    """Return for each person the first id of all who are to be together with them."""
    leader = {key: key for key in case.people}

    def first(key: str) -> str:
        while leader[key] != key:
            key = leader[key]
        return key

    for group in case.together:
        for one, other in pairwise(group):
            low, high = sorted((first(one), first(other)))
            leader[high] = low
    return {key: first(key) for key in leader}
