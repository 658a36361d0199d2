"""Which companies hang together: by control of any day, by mergers, splits and purchases."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from companies.models import Company, CompanyChange, Control


@dataclass(frozen=True, slots=True)
class Reach:
    """The companies that hang together, who controls whom, and what became of whom."""

    group: tuple[Company, ...]
    controls: tuple[Control, ...]
    changes: tuple[CompanyChange, ...] = ()


def group_of(company: Company) -> list[Company]:
    """Return the companies that hang together with ``company``, itself too."""
    return list(reached(company).group)


def reached(company: Company) -> Reach:
    """Return the companies that hang together with ``company`` in either direction, and how.

    Links and events of all days are followed: which of them hold is for the engine to say. One
    statement for each step outwards along links, and one for the events.
    """
    companies = {company.pk: company}
    controls: dict[int, Control] = {}
    changes: dict[int, CompanyChange] = {}
    frontier = {company.pk}
    while frontier:
        asked = set(frontier)
        while frontier:
            links = Control.objects.filter(Q(owner__in=frontier) | Q(owned__in=frontier))
            ends: dict[int, Company] = {}
            for link in links.select_related("owner", "owned"):
                controls[link.pk] = link
                ends |= {link.owner_id: link.owner, link.owned_id: link.owned}
            frontier = ends.keys() - companies.keys()
            asked |= frontier
            companies = ends | companies
        parties: dict[int, Company] = {}
        for change in _changes_of(asked):
            changes[change.pk] = change
            parties |= {change.source_id: change.source, change.target_id: change.target}
        frontier = parties.keys() - companies.keys()
        companies = parties | companies
    return Reach(
        tuple(companies[pk] for pk in sorted(companies)),
        tuple(controls[pk] for pk in sorted(controls)),
        tuple(sorted(changes.values(), key=lambda change: (change.on, change.pk))),
    )


def company_key(company_id: int) -> str:
    """Return the name of a company in facts and evidence: "company-12"."""
    return f"company-{company_id}"


def _changes_of(ids: set[int]) -> QuerySet[CompanyChange]:
    """Return the events that stand and that one of these companies was part of."""
    return CompanyChange.objects.filter(
        Q(source__in=ids) | Q(target__in=ids), taken_back_at=None
    ).select_related("source", "target", "kept_by")
