"""What the joint model is to make as great as it can, in the order of the score."""

from collections.abc import Iterator

from cohorts.planning.distances import km_between
from cohorts.planning.facts import Objective
from cohorts.planning.joint import Joint, LineColumns
from cohorts.planning.model import Term


def aims(joint: Joint) -> list[list[Term]]:
    """Return the objectives, each to be held while the next is sought."""
    planned = [[(one.chosen, 1.0) for one in joint.all_lines]] if joint.some_may_wait else []
    objective = joint.lookup.case.objective
    seats = [
        (column, float(option.seats))
        for laid in joint.all_lines
        for option, column in laid.options.values()
    ]
    if objective is Objective.SEATS_THEN_KM:
        return [*planned, seats, list(_km(joint))]
    if objective is Objective.REPAIR:
        kept = [term for laid in joint.all_lines for term in _kept(joint, laid)]
        shift = [term for laid in joint.all_lines for term in _shift(joint, laid)]
        return [*planned, kept, shift, seats]
    return [*planned, seats]


def _km(joint: Joint) -> Iterator[Term]:
    case = joint.lookup.case
    for laid in joint.all_lines:
        base = case.facilitators[laid.line.leader].base
        for option, column in laid.options.values():
            yield column, -float(option.km + 2 * km_between(case, base, option.place))


def _kept(joint: Joint, laid: LineColumns) -> Iterator[Term]:
    """Yield a column for each meeting that may stay as it is, one if it does."""
    for number, old in enumerate(joint.lookup.case.existing.get(laid.line.cohort.id, ())):
        day = old.on.toordinal()
        choice = laid.options.get((day, (old.slot, old.place)))
        if choice is None or day not in laid.by_day[number]:
            continue
        kept = joint.model.column()
        joint.model.row([(kept, 1), (choice[1], -1)], upper=0)
        on_day = [(column, -factor) for column, factor in laid.on_day(number, day)]
        joint.model.row([(kept, 1), *on_day], upper=0)
        yield kept, 1


def _shift(joint: Joint, laid: LineColumns) -> Iterator[Term]:
    summed: dict[int, float] = {}
    for number, old in enumerate(joint.lookup.case.existing.get(laid.line.cohort.id, ())):
        for day in laid.by_day[number]:
            days = abs(day - old.on.toordinal())
            for column, factor in laid.on_day(number, day):
                summed[column] = summed.get(column, 0) - days * factor
    yield from summed.items()
