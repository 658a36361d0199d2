"""The one door to the planner of meetings: a case in, the best plan or the reasons why none."""

from collections.abc import Callable
from time import monotonic

from cohorts.planning.because import reasons
from cohorts.planning.checker import broken_rules, measures, score
from cohorts.planning.drafts import Draft, Search
from cohorts.planning.effort import Effort, Outcome
from cohorts.planning.facts import Case, Objective, Plan
from cohorts.planning.floors import plan_fairly
from cohorts.planning.notes import notes
from cohorts.planning.relax import those_that_help
from cohorts.planning.sequence import one_after_another
from cohorts.planning.solver import Progress
from cohorts.planning.together import plan_together

SECONDS = 120.0


class BrokenPlan(Exception):
    """The planner made a plan that the checker refuses; ``rules`` says what it breaks."""

    def __init__(self, rules: list[str]) -> None:
        super().__init__("; ".join(rules))
        self.rules = rules


def plan_meetings(
    case: Case,
    *,
    seconds: float = SECONDS,
    watch: Callable[[Progress], None] | None = None,
) -> Plan:
    """Return the best plan for a case, checked against every hard rule.

    One cohort is planned exactly and at once. Several are planned together, for at most about
    ``seconds``; ``watch`` hears how far the search has come. The same facts give the same plan
    wherever the plan is proven.

    :raises BrokenPlan: if the checker refuses the plan, which would be a fault of the planner.
    """
    search = Search(case)
    outcome = _outcome(search, Effort(monotonic() + seconds, watch))
    if outcome.draft is None:
        return Plan(
            case=case.id,
            score=None,
            measures=None,
            meetings=None,
            proven=outcome.impossible,
            because=reasons(search, certain=outcome.impossible),
            relaxations=those_that_help(case, seconds),
        )
    draft, proven = outcome.draft, outcome.proven
    wrong = broken_rules(case, draft.meetings())
    if wrong:
        draft, proven = one_after_another(search), False
        if broken_rules(case, draft.meetings()):
            raise BrokenPlan(wrong)
    meetings = draft.meetings()
    measured = measures(case, meetings)
    reached = score(case.objective, measured)
    return Plan(
        case=case.id,
        score=reached,
        measures=measured,
        meetings=meetings,
        proven=proven,
        bound=reached if proven else outcome.bound,
        notes=notes(draft),
    )


def _outcome(search: Search, effort: Effort) -> Outcome:
    if search.case.objective is Objective.WORST_THEN_SEATS:
        return plan_fairly(search, effort)
    if len(search.lines) == 1:
        [(cohort, route)] = search.alone.items()
        if route is None:
            return Outcome(None, (), impossible=True)
        bound = search.worth.score(route.worth)
        return Outcome(Draft(search, {cohort: route}), bound, proven=True)
    return plan_together(search, effort)
