"""Whether the facts name everybody they speak of; a slip here would hide aid from the count."""

from collections.abc import Iterable, Iterator

from deminimis.engine.facts import Facts


def require_coherent(facts: Facts) -> None:
    """Let facts pass that hang together.

    :raises LookupError: if an id is given twice, or stands for nobody in the case.
    """
    ids = _once(enterprise.id for enterprise in facts.enterprises)
    aid_ids = _once(aid.id for aid in facts.prior_aid)
    unknown = {who for who in _referred_to(facts) if who not in ids}
    for event in facts.events:
        unknown.update(event.attribution.keys() - aid_ids)
    if unknown:
        raise LookupError(f"expected ids of this case, found {', '.join(sorted(unknown))}")


def _once(ids: Iterable[str]) -> set[str]:
    seen: set[str] = set()
    for one in ids:
        if one in seen:
            raise LookupError(f"expected each id once, found {one} twice")
        seen.add(one)
    return seen


def _referred_to(facts: Facts) -> Iterator[str]:
    yield facts.applicant
    for link in facts.links:
        yield link.owner
        yield link.owned
    for aid in facts.prior_aid:
        yield aid.beneficiary
    for event in facts.events:
        yield from (*event.sources, *event.into, *event.equity, *event.attribution.values())
