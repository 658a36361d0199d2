"""Proposals of cohorts that are kept: worked out anew with pins, and shown person by person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils import timezone

from cohorts.models import Forming, Interest, InterestPlace
from cohorts.planning import form_cohorts
from cohorts.planning.formation.facts import FormedCohort, Kind, Waiting
from cohorts.planning.formation.greedy import one_by_one
from cohorts.planning.formation.units import units
from cohorts.planning.formation.waiting import reasons_to_wait
from cohorts.queries.pairs import pairs_of
from cohorts.queries.proposals import EXACT_SECONDS, forming_case
from cohorts.queries.seats import placeable
from cohorts.rules.plans import PairKind

WAITED_LONG_DAYS = 60


@dataclass(frozen=True, slots=True)
class Placed:
    """One person in a proposed cohort, and the codes of the reasons for it."""

    interest: Interest
    reasons: Sequence[str]
    is_pinned: bool


@dataclass(frozen=True, slots=True)
class ProposedCohort:
    """One proposed cohort. ``cohort_id`` is the real one that it has become, if it has."""

    number: int
    kind: Kind
    people: Sequence[Placed]
    gone: int
    cohort_id: int | None


@dataclass(frozen=True, slots=True)
class Waits:
    """Somebody who is in none, and why."""

    interest: Interest
    why: Waiting


def formed(programme_id: int, wish: Mapping[str, Any], *, on: date) -> dict[str, Any]:
    """Return the best cohorts of those who wait, with the pins and pairs of ``wish``, as kept.

    A pin or a pair of somebody who no longer waits, or no longer wants that kind, is left out.
    """
    case = forming_case(programme_id, on=on)
    pins = {
        key: Kind(*pin)
        for key, pin in wish.get("pinned", {}).items()
        if key in case.people and Kind(*pin) in case.people[key].kinds
    }
    pairs = {
        kind: tuple(pair for pair in those if case.people.keys() >= set(pair))
        for kind, those in pairs_of(wish).items()
    }
    case = replace(
        case, pinned=pins, together=pairs[PairKind.TOGETHER], apart=pairs[PairKind.APART]
    )
    formation = form_cohorts(case, seconds=EXACT_SECONDS)
    pinned = {key: list(kind) for key, kind in sorted(pins.items())}
    answer = _answer(formation.cohorts, formation.waiting)
    return {**answer, "proven": formation.proven, "pinned": pinned}


def formed_quickly(programme_id: int, *, on: date) -> dict[str, Any]:
    """Return cohorts formed one by one, without a solver, in the same shape."""
    case = forming_case(programme_id, on=on)
    everybody = units(case)
    cohorts = one_by_one(case, everybody)
    answer = _answer(cohorts, reasons_to_wait(case, everybody, cohorts))
    return {**answer, "proven": False, "pinned": {}}


def kept_formings(programme_id: int) -> list[Forming]:
    """Return the drafts that are kept, the newest first."""
    return list(
        Forming.objects.filter(programme=programme_id, ended_at=None)
        .select_related("made_by")
        .order_by("-id")
    )


def cohorts_in(forming: Forming) -> list[ProposedCohort]:
    """Return what a draft proposes, cohort by cohort; three statements however many people."""
    answer = forming.answer
    ids = [int(key) for one in answer["cohorts"] for key in one["people"]]
    people = Interest.objects.select_related("company").in_bulk(ids)
    free = set(placeable(forming.programme_id).filter(pk__in=ids).values_list("pk", flat=True))
    ranks = {
        (interest, place): rank
        for interest, place, rank in InterestPlace.objects.filter(interest__in=ids).values_list(
            "interest", "place", "rank"
        )
    }
    pinned = set(answer["pinned"])
    found = []
    for number, one in enumerate(answer["cohorts"]):
        kind = Kind(*one["kind"])
        opened = forming.opened.get(str(number))
        here = [int(key) for key in one["people"] if opened or int(key) in free]
        found.append(
            ProposedCohort(
                number=number,
                kind=kind,
                people=[
                    Placed(
                        people[key],
                        _reasons(people[key], kind, ranks.get((key, kind.place), 0)),
                        str(key) in pinned,
                    )
                    for key in here
                ],
                gone=len(one["people"]) - len(here),
                cohort_id=opened,
            )
        )
    return found


def waiting_in(forming: Forming) -> list[Waits]:
    """Return who is in none of a draft's cohorts and still waits, in the order they signed up."""
    why = {int(key): Waiting(code) for key, code in forming.answer["waiting"].items()}
    people = placeable(forming.programme_id).filter(pk__in=why).select_related("company")
    return [Waits(one, why[one.pk]) for one in people.order_by("registered_at", "id")]


def _answer(cohorts: Sequence[FormedCohort], waiting: Mapping[str, Waiting]) -> dict[str, Any]:
    return {
        "cohorts": [{"kind": list(one.kind), "people": list(one.people)} for one in cohorts],
        "waiting": {key: str(why) for key, why in sorted(waiting.items())},
        "placed": sum(len(one.people) for one in cohorts),
    }


def _reasons(interest: Interest, kind: Kind, rank: int) -> list[str]:
    waited = (timezone.localdate() - timezone.localdate(interest.registered_at)).days
    place = "place" if rank == 1 else "second_place"
    time = "time" if kind.time in interest.times else "any_time"
    return [place, time, "language", *(["waited"] if waited >= WAITED_LONG_DAYS else [])]
