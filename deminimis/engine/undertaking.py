"""The single undertaking that an applicant belongs to on a given day.

Decides by links of control as they stand that day, also through chains, up and down. More than
half of the votes is control, exactly half is not; there is no test of partners at 25 %. A public
body joins nobody. A natural person joins companies as an enterprise does if he or she carries on
business, else if policy says so (``natural_person_links``).

Does not know: votes held through several links and adding up to a majority, or persons who act
together. Those are for a person to see and to write as a link.

**Source:** Reg. (EU) 2023/2831 Art. 2(2) and recital 4 (public bodies); which persons join is
policy.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from deminimis.engine.events import successors
from deminimis.engine.facts import Event, Facts, Link
from deminimis.engine.kinds import Basis, Kind

# Percent of the votes; more than this is a majority. Art. 2(2)(a).
HALF_PCT = Decimal(50)


def single_undertaking(
    facts: Facts, on: date, past: Sequence[Event], *, natural_person_links: bool
) -> frozenset[str]:
    """Return the ids of all that are one undertaking with the applicant on the day ``on``.

    ``past`` are the events until that day. An enterprise that has merged into another is no more:
    what it controlled, its successor controls.
    """
    merged = successors(past)
    applicant = merged.get(facts.applicant, facts.applicant)
    if not facts.links:
        return frozenset({applicant})
    joins_none = {
        e.id
        for e in facts.enterprises
        if e.kind is Kind.PUBLIC_BODY
        or (e.kind is Kind.NATURAL_PERSON and not e.economic_activity and not natural_person_links)
    }
    neighbours: dict[str, list[str]] = {}
    for link in facts.links:
        if not controls(link) or not _stands(link, on) or link.owned in merged:
            continue
        owner = merged.get(link.owner, link.owner)
        if owner in joins_none or link.owned in joins_none:
            continue
        neighbours.setdefault(owner, []).append(link.owned)
        neighbours.setdefault(link.owned, []).append(owner)
    members = {applicant}
    ahead = [applicant]
    while ahead:
        for other in neighbours.get(ahead.pop(), ()):
            if other not in members:
                members.add(other)
                ahead.append(other)
    return frozenset(members)


def controls(link: Link) -> bool:
    """Return whether the owner controls the owned, on days when the link stands."""
    if link.basis is Basis.VOTES:
        return link.pct is not None and link.pct > HALF_PCT
    return link.basis is not Basis.AGREEMENT_JOINT


def _stands(link: Link, on: date) -> bool:
    """Return whether the link holds that day: from the first day, until and not on the last."""
    return (link.since is None or link.since <= on) and (link.until is None or on < link.until)
