"""Which cohorts the people who wait could form, and why the others must wait.

Quick: cohorts one after another, the largest first, as a person would with a list. Exact: the most
people that can be placed at once; takes seconds. Gender, age and origin decide nothing.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from cohorts.models import Interest, InterestPlace
from cohorts.planning import form_cohorts
from cohorts.planning.formation.facts import FormedCohort, FormingCase, Person, Waiting
from cohorts.planning.formation.greedy import one_by_one
from cohorts.planning.formation.units import units
from cohorts.planning.formation.waiting import reasons_to_wait
from cohorts.queries.forming import MOST_FROM_ONE_COMPANY
from cohorts.queries.seats import placeable
from cohorts.rules.interests import TIME_CODES

SIZE = (6, 12)
EXACT_SECONDS = 5.0
# Who has waited longest is looked at first; more people than this take too long for a page.
MOST_PEOPLE = 1_500
# A first choice counts most; each week of waiting outweighs a little of that.
RANK_POINTS = (30, 20, 10)
POINTS_A_WEEK = 1
CHOSEN_TIME_POINTS = 3
ANY_TIME_POINTS = 1


@dataclass(frozen=True, slots=True)
class Proposals:
    """The cohorts that could be opened, the largest first, and how many wait for what reason."""

    cohorts: tuple[FormedCohort, ...]
    reasons: dict[Waiting, int]
    waiting: int
    placed: int


def proposals_for(programme_id: int, *, on: date, exact: bool) -> Proposals:
    """Return what could be formed of those who wait in a programme; two statements."""
    case = forming_case(programme_id, on=on)
    if exact:
        formation = form_cohorts(case, seconds=EXACT_SECONDS)
        cohorts: Iterable[FormedCohort] = formation.cohorts
        reasons = formation.waiting
    else:
        everybody = units(case)
        cohorts = one_by_one(case, everybody)
        reasons = reasons_to_wait(case, everybody, list(cohorts))
    formed = tuple(sorted(cohorts, key=lambda one: (-len(one.people), one.kind)))
    return Proposals(
        cohorts=formed,
        reasons=dict(Counter(reasons.values()).most_common()),
        waiting=len(case.people),
        placed=sum(len(one.people) for one in formed),
    )


def forming_case(programme_id: int, *, on: date) -> FormingCase:
    """Return the facts of those who wait, those who have waited longest first."""
    waiting = placeable(programme_id).order_by("registered_at", "id")[:MOST_PEOPLE]
    places: dict[int, dict[str, int]] = {}
    first = list(waiting)
    ranked = InterestPlace.objects.filter(interest__in=[one.pk for one in first])
    for interest_id, place, rank in ranked.values_list("interest", "place", "rank"):
        worth = RANK_POINTS[min(rank, len(RANK_POINTS)) - 1]
        places.setdefault(interest_id, {})[place] = worth
    people = [_person(one, places.get(one.pk, {}), on=on) for one in first]
    return FormingCase(
        id=str(programme_id),
        size=SIZE,
        company_most=MOST_FROM_ONE_COMPANY,
        capacity={},
        people={person.id: person for person in people},
    )


def _person(interest: Interest, places: dict[str, int], *, on: date) -> Person:
    weeks = max(0, (on - timezone.localdate(interest.registered_at)).days // 7)
    times = dict.fromkeys(interest.times, CHOSEN_TIME_POINTS)
    return Person(
        id=str(interest.pk),
        places={place: worth + weeks * POINTS_A_WEEK for place, worth in places.items()},
        languages=(interest.language,),
        times=times or dict.fromkeys(TIME_CODES, ANY_TIME_POINTS),
        company=str(interest.company_id),
    )
