"""Whether a formation keeps every rule, and what it is worth; shares no code with the former."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations

from cohorts.planning.formation.facts import FormedCohort, FormingCase


def broken_forming_rules(case: FormingCase, cohorts: Sequence[FormedCohort]) -> list[str]:
    """Return what is wrong with a formation, a line for each breach; empty if it may be used."""
    wrong = [fault for cohort in cohorts for fault in _faults(case, cohort)]
    everybody = Counter(person for cohort in cohorts for person in cohort.people)
    wrong.extend(
        f"{person} is in {count} cohorts" for person, count in everybody.items() if count > 1
    )
    home = {person: number for number, one in enumerate(cohorts) for person in one.people}
    wrong.extend(
        f"{group} are not together"
        for group in case.together
        if len({home.get(person) for person in group}) > 1
    )
    wrong.extend(
        f"{one} and {other} are not apart"
        for group in case.apart
        for one, other in combinations(group, 2)
        if one in home and home[one] == home.get(other)
    )
    used = Counter((cohort.kind.place, cohort.kind.time) for cohort in cohorts)
    wrong.extend(
        f"{used[key]} cohorts at {key}, at most {most}"
        for key, most in case.capacity.items()
        if used[key] > most
    )
    return wrong


def worth(case: FormingCase, cohorts: Sequence[FormedCohort]) -> tuple[int, int]:
    """Return how many people are placed, and the sum of their points."""
    placed = [(case.people[one], cohort.kind) for cohort in cohorts for one in cohort.people]
    points = sum(one.places[kind.place] + one.times[kind.time] for one, kind in placed)
    return len(placed), points


def _faults(case: FormingCase, cohort: FormedCohort) -> Iterator[str]:
    least, most = case.size
    if not least <= len(cohort.people) <= most:
        yield f"{cohort.kind}: {len(cohort.people)} people, not {least} to {most}"
    place, language, time = cohort.kind
    for key in cohort.people:
        person = case.people[key]
        able = place in person.places and language in person.languages and time in person.times
        if not able or case.pinned.get(key, cohort.kind) != cohort.kind:
            yield f"{key} cannot take {cohort.kind}"
    companies = Counter(case.people[key].company for key in cohort.people)
    for company, count in companies.items():
        if count > case.company_most:
            yield f"{cohort.kind}: {count} from {company}, at most {case.company_most}"
