"""Who controls whom, as a list within a list, with the law's reason for each link."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from companies.models import Company, Control
from companies.rules import Basis
from deminimis.queries.reach import company_key

HALF_PERCENT = 50


@dataclass(frozen=True, slots=True)
class Branch:
    """One company below another, and what hangs below it.

    ``control`` is None at the top. ``holds``: the link is control by law and stands that day.
    ``is_member``: the company is part of the single undertaking that day.
    """

    company: Company
    control: Control | None
    holds: bool
    is_member: bool
    below: tuple["Branch", ...]


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One link as a row of a table: who controls, and the branch that hangs below."""

    owner: Company
    branch: Branch


def branches_of(
    group: Sequence[Company],
    controls: Sequence[Control],
    *,
    members: Collection[str],
    on: date,
) -> list[Branch]:
    """Return the companies that hang together, owners above; each company's own links once.

    ``members`` are the keys of those that are one undertaking on the day ``on``.
    """
    companies = {company.pk: company for company in group}
    below: dict[int, list[Control]] = {}
    for control in controls:
        below.setdefault(control.owner_id, []).append(control)
    seen: set[int] = set()

    def branch(company: Company, control: Control | None) -> Branch:
        is_first = company.pk not in seen
        seen.add(company.pk)
        links = below.get(company.pk, ()) if is_first else ()
        return Branch(
            company=company,
            control=control,
            holds=control is not None and holds_on(control, on),
            is_member=company_key(company.pk) in members,
            below=tuple(branch(companies[link.owned_id], link) for link in links),
        )

    tops = [company for company in group if company.pk not in _owned(controls)]
    found = [branch(company, None) for company in tops]
    # A ring of companies that own each other has no top: begin with its oldest row.
    for company in group:
        if company.pk not in seen:
            found.append(branch(company, None))  # noqa: PERF401 -- seen grows meanwhile
    return found


def rows_of(branches: Iterable[Branch], owner: Company | None = None) -> list[GroupRow]:
    """Return the links of a list within a list as rows of a table, owners before the owned."""
    rows = []
    for branch in branches:
        if branch.control is not None and owner is not None:
            rows.append(GroupRow(owner, branch))
        rows += rows_of(branch.below, branch.company)
    return rows


def holds_on(control: Control, on: date) -> bool:
    """Return whether a link is control by law, Art. 2(2), and stands on the day ``on``."""
    if control.basis == Basis.VOTES and (control.percent or 0) <= HALF_PERCENT:
        return False
    has_begun = control.from_on is None or control.from_on <= on
    return has_begun and (control.until_on is None or on < control.until_on)


def _owned(controls: Iterable[Control]) -> set[int]:
    return {control.owned_id for control in controls}
