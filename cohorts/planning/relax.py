"""Which rules, lifted one at a time by somebody with a name, would let a plan exist."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from time import monotonic

from cohorts.planning.drafts import Search
from cohorts.planning.effort import Effort
from cohorts.planning.facts import DIGITAL, Case, Cohort, Objective, Relaxation
from cohorts.planning.together import plan_together

WEEK_DAYS = 7
SHARE_OF_SECONDS = 0.125


def those_that_help(case: Case, seconds: float) -> tuple[Relaxation, ...]:
    """Return the relaxations under each of which, alone, a plan was found.

    Each is tried for at most an eighth of ``seconds``.
    """
    return tuple(
        relaxation
        for relaxation in Relaxation
        if _has_plan(case, relaxed(case, relaxation), seconds * SHARE_OF_SECONDS)
    )


def relaxed(case: Case, relaxation: Relaxation) -> Case:
    """Return the case with one rule lifted."""
    return LIFTED[relaxation](case)


def _has_plan(case: Case, other: Case, seconds: float) -> bool:
    if other == case:
        return False
    search = Search(replace(other, objective=Objective.SEATS))
    effort = Effort(monotonic() + seconds, any_plan=True)
    return plan_together(search, effort).draft is not None


def _facilitators_free(case: Case) -> Case:
    free = {
        key: replace(one, dates=None, weekly=None, off=frozenset(), busy=frozenset())
        for key, one in case.facilitators.items()
    }
    return replace(case, facilitators=free)


def _gap(case: Case, sooner: int, later: int) -> Case:
    least, most = case.gap_days
    return replace(case, gap_days=(max(1, least - sooner), most + later))


def _cohorts(case: Case, change: Callable[[Cohort], Cohort]) -> Case:
    return replace(case, cohorts={key: change(one) for key, one in case.cohorts.items()})


def _may_be_digital(cohort: Cohort) -> Cohort:
    return replace(cohort, places=tuple(dict.fromkeys((*cohort.places, DIGITAL))))


LIFTED: Mapping[Relaxation, Callable[[Case], Case]] = {
    Relaxation.IGNORE_CLOSED_DAYS: lambda case: replace(case, closed=frozenset()),
    Relaxation.FACILITATOR_ALWAYS_FREE: _facilitators_free,
    Relaxation.ENOUGH_ROOMS: lambda case: replace(case, enough_rooms=True),
    Relaxation.GAP_MAX_PLUS_7: lambda case: _gap(case, 0, WEEK_DAYS),
    Relaxation.GAP_MIN_MINUS_7: lambda case: _gap(case, WEEK_DAYS, 0),
    Relaxation.ALLOW_DIGITAL: lambda case: _cohorts(case, _may_be_digital),
    Relaxation.NO_MIN_ATTEND: lambda case: _cohorts(case, lambda one: replace(one, min_attend=0)),
    Relaxation.NO_TRAVEL_TIME: lambda case: replace(case, travels=False),
}
