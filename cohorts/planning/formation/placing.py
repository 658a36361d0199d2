"""Why each person was placed where they were: which of their wishes it is."""

from collections.abc import Mapping

from cohorts.planning.formation.facts import Formation, FormingCase, Kind, Person
from cohorts.planning.reasons import Reason, _


def reasons_for_places(case: FormingCase, formation: Formation) -> dict[str, Reason]:
    """Return a sentence for each person who has a place, by id."""
    return {
        key: _reason(case.people[key], cohort.kind, pinned=key in case.pinned)
        for cohort in formation.cohorts
        for key in cohort.people
    }


def _reason(person: Person, kind: Kind, *, pinned: bool) -> Reason:
    if pinned:
        return Reason(_("Handledaren har valt plats och tid."))
    values = {
        "place": _rank(person.places, kind.place),
        "places": len(person.places),
        "time": _rank(person.times, kind.time),
        "times": len(person.times),
    }
    if values["place"] == 1 and values["time"] == 1:
        return Reason(_("Både platsen och tiden är förstahandsval."))
    return Reason(
        _("Platsen är val %(place)s av %(places)s och tiden val %(time)s av %(times)s."), values
    )


def _rank(points: Mapping[str, int], chosen: str) -> int:
    """Return 1 for the most wished for; those with equal points share a rank."""
    return 1 + sum(other > points[chosen] for other in points.values())
