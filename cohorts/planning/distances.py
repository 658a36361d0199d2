"""Kilometres and minutes between towns, and those that a case needs but does not give."""

from collections.abc import Iterator
from itertools import combinations

from cohorts.planning.facts import DIGITAL, Case, Pair


def km_between(case: Case, one: str, other: str) -> int:
    """Return the kilometres one way between two towns; 0 within a town or to a screen."""
    return 0 if one == other or DIGITAL in (one, other) else case.km[one, other]


def minutes_between(case: Case, one: str, other: str) -> int:
    """Return the minutes that a facilitator needs between two meetings of the same day."""
    if not case.travels or one == other or DIGITAL in (one, other):
        return 0
    return case.travel_minutes[one, other]


def missing_distances(case: Case) -> Iterator[tuple[str, Pair]]:
    """Yield each distance that a plan may need and the case lacks: "km" or "travel_min", towns."""
    yield from (("km", pair) for pair in sorted(_roads(case) - case.km.keys()))
    if len(case.slots) > 1:
        pairs = sorted(_days_out(case) - case.travel_minutes.keys())
        yield from (("travel_min", pair) for pair in pairs)


def _roads(case: Case) -> set[Pair]:
    return {
        (home, place)
        for cohort in case.cohorts.values()
        for place in {*cohort.places, *_standing_places(case, cohort.id)} - {DIGITAL}
        for home in {
            *(person.home for person in cohort.participants),
            *(case.facilitators[one].base for one in cohort.facilitators if one),
        }
        if home not in (place, DIGITAL)
    }


def _days_out(case: Case) -> set[Pair]:
    towns: dict[str, set[str]] = {}
    for cohort in case.cohorts.values():
        for one in cohort.facilitators:
            places = {*cohort.places, *_standing_places(case, cohort.id)} - {DIGITAL}
            towns.setdefault(one, set()).update(places)
    return {pair for places in towns.values() for pair in combinations(sorted(places), 2)}


def _standing_places(case: Case, cohort: str) -> set[str]:
    return {meeting.place for meeting in case.existing.get(cohort, ())}
