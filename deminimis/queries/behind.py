"""What a stored decision rested on, found again later: its certificates, and its group as it was.

Control that was told or ended since changes nothing here: the links and events stand in the
evidence, only the names are read from the tables of today.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from companies.models import Company, Control
from deminimis import engine
from deminimis.models import Certificate
from deminimis.queries.facts import DECLARED
from deminimis.queries.groups import Branch, branches_of
from deminimis.queries.reach import company_key
from ground.reading import Malformed


@dataclass(frozen=True, slots=True)
class EventThen:
    """A merger, split or purchase that a decision knew of."""

    event: engine.Event
    sources: tuple[Company, ...]
    into: tuple[Company, ...]


@dataclass(frozen=True, slots=True)
class GroupThen:
    """The companies that hung together when a decision was made, and what had become of whom."""

    branches: list[Branch]
    events: list[EventThen]


def group_then(stored: str, *, members: Iterable[str]) -> GroupThen | None:
    """Return the group that a decision saw on its day, None if its evidence cannot be read.

    ``members`` are the keys of those that were one undertaking; two statements at most.
    """
    facts = _facts_in(stored)
    if facts is None:
        return None
    ids = [_id(one.id) for one in facts.enterprises]
    known = {company_key(pk): company for pk, company in Company.objects.in_bulk(ids).items()}
    group = [known[one.id] for one in facts.enterprises if one.id in known]
    controls = [
        Control(
            owner=known[link.owner],
            owned=known[link.owned],
            basis=link.basis.value,
            percent=link.pct,
            from_on=link.since,
            until_on=link.until,
        )
        for link in facts.links
        if link.owner in known and link.owned in known
    ]
    events = [
        EventThen(
            event,
            tuple(known[one] for one in event.sources if one in known),
            tuple(known[one] for one in event.into if one in known),
        )
        for event in facts.events
    ]
    on = facts.new_aid.on
    return GroupThen(branches_of(group, controls, members=set(members), on=on), events)


def certificates_behind(
    stored: Iterable[str], *, since: datetime, until: datetime
) -> list[Certificate]:
    """Return the certificates that decisions rested on, and others of the case; the first first.

    The others are of the same companies, handed in between the two moments: a refused one is
    part of the case, with what spoke against it and the company's answer.
    """
    wanted = Q(pk__in=())
    companies: set[int] = set()
    for facts in filter(None, map(_facts_in, stored)):
        companies |= {_id(one.id) for one in facts.enterprises}
        lines = [_id(aid.id) for aid in facts.prior_aid if aid.id.startswith(DECLARED)]
        wanted |= Q(aid__pk__in=lines)
        if facts.certificate.signed_on is not None:
            own = {_id(one.id) for one in facts.enterprises}
            wanted |= Q(company__in=own, signed_on=facts.certificate.signed_on)
    wanted |= Q(company__in=companies, submitted_at__gte=since, submitted_at__lte=until)
    return list(
        Certificate.objects.filter(wanted, signed_on__isnull=False, submitted_at__lte=until)
        .select_related("company", "decided_by", "signed_by")
        .prefetch_related("aid", "papers__added_by")
        .distinct()
        .order_by("submitted_at", "id")
    )


def _facts_in(stored: str) -> engine.Facts | None:
    if not stored:
        return None
    try:
        facts, _law = engine.read_evidence(stored)
    except (Malformed, ValueError, LookupError):
        return None
    return facts


def _id(key: str) -> int:
    """Return the id in the name of a row in evidence: 12 of "company-12"."""
    return int(key.rpartition("-")[2])
