"""What a plan gives, and the numbers by which plans are compared."""

from cohorts.planning.checker.facts import attends, km_one_way, place_in_time
from cohorts.planning.facts import Case, Measures, Meetings, Objective


def measures(case: Case, meetings: Meetings) -> Measures:
    """Return what a plan gives, counted from the facts alone."""
    seats = km = changes = day_shift = 0
    worst: list[int] = []
    for key, cohort in case.cohorts.items():
        for meeting in meetings[key]:
            there = [person for person in cohort.participants if attends(case, person, meeting)]
            seats += len(there)
            starts = [person.home for person in there]
            starts.append(case.facilitators[meeting.facilitator].base)
            km += 2 * sum(km_one_way(case, home, meeting.place) for home in starts)
        worst.extend(
            sum(attends(case, person, meeting) for meeting in meetings[key])
            for person in cohort.participants
        )
        for old, new in zip(case.existing.get(key, ()), meetings[key], strict=False):
            changes += place_in_time(new) != place_in_time(old)
            day_shift += abs((new.on - old.on).days)
    return Measures(seats, min(worst, default=0), km, changes, day_shift)


def score(objective: Objective, measured: Measures) -> tuple[int, ...]:
    """Return the numbers by which plans are compared, greater is better, the first first."""
    if objective is Objective.SEATS:
        return (measured.seats,)
    if objective is Objective.WORST_THEN_SEATS:
        return measured.worst, measured.seats
    if objective is Objective.SEATS_THEN_KM:
        return measured.seats, -measured.km
    return -measured.changes, -measured.day_shift, measured.seats
