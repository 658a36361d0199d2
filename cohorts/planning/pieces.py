"""Some cohorts of a plan laid anew together, as well as can be, beside all the others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import floor

from cohorts.planning.aims import aims
from cohorts.planning.bookings import Bookings
from cohorts.planning.drafts import Draft, Search
from cohorts.planning.effort import Effort
from cohorts.planning.joint import Joint
from cohorts.planning.series import Route
from cohorts.planning.solver import solve

HAIR = 1e-4  # a bound in whole numbers that arithmetic has shaved


@dataclass(frozen=True)
class Task:
    """Cohorts to be laid beside what is booked, everybody able to attend ``floor`` meetings.

    With ``some_may_wait`` as many as can be are given a series, before any other aim. ``start``
    are series for all of them that are known already.
    """

    cohorts: Sequence[str]
    bookings: Bookings
    floor: int = 0
    start: Mapping[str, Route] = field(default_factory=dict)
    some_may_wait: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """What was found for some cohorts: ``bound`` is the score that none can pass, as far as known.

    ``impossible`` is proof that they cannot all have a series.
    """

    routes: dict[str, Route]
    proven: bool
    impossible: bool
    bound: tuple[int, ...]


def columns_of(search: Search) -> int:
    """Return about how many columns one model of all cohorts has."""
    return sum(line.columns for lines in search.lines.values() for line in lines if line.possible)


def lay_together(search: Search, task: Task, effort: Effort) -> Piece:
    """Return the best series for the cohorts of a task, or any, as the effort asks."""
    joint = Joint(
        {cohort: search.lines[cohort] for cohort in task.cohorts},
        task.bookings,
        floor=task.floor,
        some_may_wait=task.some_may_wait,
    )
    joint.model.objectives = [[]] if effort.any_plan else aims(joint)
    whole = task.some_may_wait or len(task.start) == len(task.cohorts)
    start = joint.start(task.start) if task.start and whole else {}
    found = solve(joint.model, seconds=effort.seconds, start=start, watch=effort.watch)
    return Piece(
        routes=joint.routes(found.columns) if found.columns is not None else {},
        proven=found.proven,
        impossible=found.impossible,
        bound=() if effort.any_plan else _whole(found.bounds),
    )


def lay_anew(draft: Draft, cohorts: Sequence[str], effort: Effort, least: int) -> bool:
    """Lay some cohorts of a draft anew together; return whether the draft became better."""
    old = {cohort: draft.routes[cohort] for cohort in cohorts if cohort in draft.routes}
    before = draft.rank
    draft.drop(cohorts)
    task = Task(cohorts, draft.bookings, floor=least, start=old, some_may_wait=True)
    draft.put_all(lay_together(draft.search, task, effort).routes)
    if draft.rank > before:
        return True
    draft.drop(cohorts)
    draft.put_all(old)
    return False


def _whole(bounds: Sequence[float | None]) -> tuple[int, ...]:
    return tuple(floor(bound + HAIR) for bound in bounds if bound is not None)
