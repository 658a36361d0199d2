"""The first day on which an aid would fit, if nothing else happens than what the facts say.

Tries the days on which something changes. Between two moves (a link begins or ends, a merger takes
effect, a later aid is granted, a version of the regulation begins or ends) earlier aid can only
leave or shrink, so that once the new aid fits it goes on fitting, and the first such day is found
by halving. The new aid keeps the euro value it has today. Its declaration is not looked at, since a
new one would be needed anyway.

**Source:** Reg. (EU) 2023/2831 Art. 3(2): the period is looked at anew for each grant.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from datetime import date
from decimal import Decimal

from deminimis.engine.counting import Tally
from deminimis.engine.events import until
from deminimis.engine.facts import Facts
from deminimis.engine.kinds import Mode
from deminimis.engine.order import sector
from deminimis.engine.outcomes import Rule
from deminimis.engine.regulations import Law, Version, version_for
from deminimis.engine.undertaking import single_undertaking
from deminimis.engine.window import day_after, leaves_on


def frees_up_on(facts: Facts, law: Law, new_aid_eur: Decimal) -> date | None:
    """Return the first day after the grant on which ``new_aid_eur`` would fit, None if never."""
    versions = law.regulations[facts.regulation].versions
    if all(new_aid_eur > version.ceiling_eur for version in versions):
        return None
    granted_on = facts.new_aid.on
    starts = [granted_on, *sorted(d for d in _moves(facts, versions) if d > granted_on)]
    exits = sorted(d for d in _exits(facts, law, versions) if d > granted_on)
    for start, end in zip(starts, [*starts[1:], None], strict=True):
        upto = len(exits) if end is None else bisect_left(exits, end)
        days = exits[bisect_right(exits, start) : upto]
        if start != granted_on:
            days.insert(0, start)
        if not days:
            continue
        fits = _trial(facts, law, new_aid_eur, start)
        if fits(days[-1]):
            return days[bisect_left(days, x=True, key=fits)]
    return None


def _trial(facts: Facts, law: Law, new_aid_eur: Decimal, start: date) -> Callable[[date], bool]:
    """Return whether the aid fits on a day between ``start`` and the next move."""
    looking_back = facts.mode is Mode.REASSESS
    version = version_for(law, facts.regulation, start, looking_back=looking_back)
    if isinstance(version, Rule) or sector(facts, version, law.policies):
        return lambda _: False
    past = until(facts.events, start)
    members = single_undertaking(
        facts, start, past, natural_person_links=law.policies.natural_person_links
    )
    ceiling = version.ceiling_for(facts.the_applicant(), facts.new_aid.activity)

    def fits(day: date) -> bool:
        counted = Tally(facts, law, version, day, members, past).count()
        return not counted.doubts and counted.eur + new_aid_eur <= ceiling

    return fits


def _moves(facts: Facts, versions: tuple[Version, ...]) -> set[date]:
    """Return the days on which aid may come or go in other ways than by leaving the window."""
    days = {event.on for event in facts.events}
    days.update(link.since for link in facts.links if link.since is not None)
    days.update(link.until for link in facts.links if link.until is not None)
    days.update(aid.granted_on for aid in facts.prior_aid if aid.granted_on is not None)
    days.update(version.since for version in versions)
    days.update(day_after(version.until) for version in versions)
    return days


def _exits(facts: Facts, law: Law, versions: tuple[Version, ...]) -> set[date]:
    """Return the days on which an earlier aid leaves the window, shrinks or falls away."""
    days = {aid.status_on for aid in facts.prior_aid if aid.status_on is not None}
    edge_counts, year_end = law.policies.edge_counts, facts.fiscal_year_end
    for window in {version.window for version in versions}:
        for aid in facts.prior_aid:
            if aid.granted_on is None:
                continue
            left = leaves_on(window, aid.granted_on, year_end, edge_counts=edge_counts)
            if left is not None:
                days.add(left)
    return days
