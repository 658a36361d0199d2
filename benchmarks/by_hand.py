"""Meetings planned as a person plans them, written down as a rule.

Cohort after cohort in the order of the list. For each facilitator in turn: the weekday and time
that most of the cohort can, in town. The first date in the window, then every third week; where
that date is closed or taken, two weeks, then four; if nothing goes, the same date as a digital
meeting. A cohort for which no facilitator's weekday works out is left without a plan.
"""

from collections import Counter
from collections.abc import Iterator

from cohorts.planning.drafts import Draft, Search
from cohorts.planning.facts import DIGITAL
from cohorts.planning.lines import Line
from cohorts.planning.lookup import weekday
from cohorts.planning.options import Option
from cohorts.planning.series import Route

WEEKS = (21, 14, 28)


def by_hand(search: Search) -> Draft:
    """Return the plan that the rule gives; cohorts may be missing."""
    draft = Draft(search)
    for cohort, lines in search.lines.items():
        for line in lines:
            options = _series(draft, line)
            if options:
                draft.put(cohort, Route(line.worth_of(options), line.leader, options))
                break
    return draft


def _series(draft: Draft, line: Line) -> tuple[Option, ...]:
    """Return a series on the weekday and time that suits most, the next best ones if need be."""
    liked: Counter[tuple[int, str]] = Counter()
    for day, those in line.rows[0].items():
        for option in those:
            liked[weekday(day), option.slot] += option.comers.bit_count()
    for (on, slot), _ in liked.most_common(3):
        for first in sorted(line.rows[0]):
            if weekday(first) == on:
                options = _from(draft, line, first, slot)
                if options:
                    return options
    return ()


def _from(draft: Draft, line: Line, first: int, slot: str) -> tuple[Option, ...]:
    chosen: list[Option] = []
    for _ in range(line.cohort.meetings):
        days = [chosen[-1].day + gap for gap in WEEKS] if chosen else [first]
        open_days = (one for day in days for one in _open(draft, line, day, chosen))
        found = next((one for one in open_days if one.slot == slot), None)
        if found is None:
            return ()
        chosen.append(found)
    return tuple(chosen)


def _open(draft: Draft, line: Line, day: int, chosen: list[Option]) -> Iterator[Option]:
    """Yield what the next meeting could be on a day, in town before on a screen."""
    digital = sum(one.place == DIGITAL for one in chosen)
    size = len(line.cohort.participants)
    those = line.rows[len(chosen)].get(day, ())
    for option in sorted(those, key=lambda one: one.place == DIGITAL):
        allowed = option.place != DIGITAL or digital < line.cohort.quota[DIGITAL][1]
        free = draft.bookings.allow(line.leader, option, size)
        if allowed and free and draft.bookings.week_left(line.leader, day):
            yield option
