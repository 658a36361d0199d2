"""Whether a plan keeps every hard rule, and what it is worth.

It shares no code with the planner, so that a slip in one does not hide in the other, and is run
on every plan before the plan is used, whichever engine made it. A locked meeting (the past and
the near future) answers only for what is still open: gaps, one facilitator, double bookings.
"""

from cohorts.planning.checker.breach import Breach, Rule
from cohorts.planning.checker.series import cohort_faults
from cohorts.planning.checker.shared import facilitator_faults, room_faults
from cohorts.planning.checker.worth import measures, score
from cohorts.planning.facts import Case, Meetings

__all__ = ["Breach", "Rule", "breaches", "broken_rules", "measures", "score"]


def breaches(case: Case, meetings: Meetings) -> list[Breach]:
    """Return what is wrong with a plan; empty if it may be used.

    What cohorts do to each other is looked at only where each series holds by itself.
    """
    if set(meetings) != set(case.cohorts):
        return [Breach(Rule.COHORTS, "the plan is not for the cohorts of the case")]
    wrong = [
        fault
        for key, cohort in case.cohorts.items()
        for fault in cohort_faults(case, cohort, meetings[key])
    ]
    if not wrong:
        wrong.extend(facilitator_faults(case, meetings))
        wrong.extend(room_faults(case, meetings))
    return wrong


def broken_rules(case: Case, meetings: Meetings) -> list[str]:
    """Return a line for each breach; empty if the plan may be used."""
    return [str(breach) for breach in breaches(case, meetings)]
