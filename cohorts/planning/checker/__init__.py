"""Whether a plan keeps every hard rule, and what it is worth.

It shares no code with the planner, so that a slip in one does not hide in the other, and is run
on every plan before the plan is used, whichever engine made it. A locked meeting (the past and
the near future) answers only for what is still open: gaps, one facilitator, double bookings.
"""

from cohorts.planning.checker.series import cohort_faults
from cohorts.planning.checker.shared import facilitator_faults, room_faults
from cohorts.planning.checker.worth import measures, score
from cohorts.planning.facts import Case, Meetings

__all__ = ["broken_rules", "measures", "score"]


def broken_rules(case: Case, meetings: Meetings) -> list[str]:
    """Return what is wrong with a plan, a line for each breach; empty if it may be used."""
    if set(meetings) != set(case.cohorts):
        return ["the plan is not for the cohorts of the case"]
    wrong = [
        f"{key}: {fault}"
        for key, cohort in case.cohorts.items()
        for fault in cohort_faults(case, cohort, meetings[key])
    ]
    if not wrong:
        wrong.extend(facilitator_faults(case, meetings))
        wrong.extend(room_faults(case, meetings))
    return wrong
