"""Which companies hang together: by control of any day, by mergers, splits and purchases."""

from dataclasses import dataclass

from django.db.models import F, Q, QuerySet, Value

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
    statement for each step outwards, however many links there are.
    """
    found, frontier = {company.pk}, {company.pk}
    control_ids: set[int] = set()
    change_ids: set[int] = set()
    while frontier:
        ends: set[int] = set()
        for is_control, row, one, other in _touching(frontier):
            (control_ids if is_control else change_ids).add(row)
            ends |= {one, other}
        frontier = ends - found
        found |= frontier
    group = Company.objects.filter(pk__in=found).order_by("pk") if len(found) > 1 else [company]
    return Reach(
        tuple(group),
        tuple(Control.objects.filter(pk__in=control_ids).order_by("pk")) if control_ids else (),
        tuple(_standing().filter(pk__in=change_ids).order_by("on", "pk")) if change_ids else (),
    )


def changes_around(company: Company) -> QuerySet[CompanyChange]:
    """Return the mergers, splits and purchases that a company was part of, the latest first."""
    parties = Q(source=company) | Q(target=company)
    return (
        CompanyChange.objects.filter(parties)
        .select_related("source", "target", "kept_by")
        .order_by("-on", "-id")
    )


def company_key(company_id: int) -> str:
    """Return the name of a company in facts and evidence: "company-12"."""
    return f"company-{company_id}"


def _standing() -> QuerySet[CompanyChange]:
    return CompanyChange.objects.filter(taken_back_at=None)


def _touching(ids: set[int]) -> list[tuple[int, int, int, int]]:
    """Return (1 for a link or 0 for an event, its id, its two companies) of all that touch."""
    links = Control.objects.filter(Q(owner__in=ids) | Q(owned__in=ids)).values_list(
        Value(1), "pk", F("owner_id"), F("owned_id")
    )
    events = (
        _standing()
        .filter(Q(source__in=ids) | Q(target__in=ids))
        .values_list(Value(0), "pk", F("source_id"), F("target_id"))
    )
    return list(links.order_by().union(events.order_by(), all=True))
