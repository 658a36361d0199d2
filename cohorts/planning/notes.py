"""What a person should hear about a plan that exists, before it is saved."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from cohorts.planning.drafts import Draft
from cohorts.planning.reasons import Reason, _


def notes(draft: Draft) -> tuple[Reason, ...]:
    """Return where a series hangs on a single date.

    A Thursday cohort that meets on 10 December 2026 can only meet again on 7 January 2027.
    """
    return tuple(note for cohort in sorted(draft.routes) for note in _narrow(draft, cohort))


def _narrow(draft: Draft, cohort: str) -> Iterator[Reason]:
    route = draft.routes[cohort]
    line = next(one for one in draft.search.lines[cohort] if one.leader == route.leader)
    least, most = draft.search.case.gap_days
    horizon = draft.search.case.horizon[1].toordinal()
    for number, (one, after) in enumerate(pairwise(route.options), start=1):
        days = [day for day in line.rows[number] if least <= day - one.day <= most]
        if len(days) == 1 and not after.locked and one.day + most <= horizon:
            yield Reason(
                _("Efter %(on)s går det bara att ses %(next)s."),
                {"on": date.fromordinal(one.day), "next": date.fromordinal(after.day)},
                cohort if len(draft.routes) > 1 else "",
            )
