"""Regulations as dated data, the policies chosen here, and the exchange rates: the law of a case.

Decides which version of a regulation a day falls under. What each version says stands in
``regulations.toml``; a regulation of 2031 is a block there.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from deminimis.engine.facts import Enterprise
from deminimis.engine.outcomes import Rule
from deminimis.engine.window import Window

# Words for earlier aid that no ceiling of small aid counts, whatever the regulation.
NOT_DE_MINIMIS = frozenset({"none", "GBER", "TF", "EU-direct"})
OLD_SGEI = "360/2012"


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One regulation as it reads from ``since`` to ``until``, both included.

    ``sector_ceilings_eur`` holds lower ceilings for an applicant of the named sector.
    """

    regulation: str
    since: date
    until: date
    grace_to: date | None = None
    ceiling_eur: Decimal
    sector_ceilings_eur: Mapping[str, Decimal] = field(default_factory=dict)
    window: Window
    separate: frozenset[str] = frozenset()
    review: frozenset[str] = frozenset()
    excluded: frozenset[str] = frozenset()

    @property
    def label(self) -> str:
        """The regulation and the first day of this version: ``2023/2831@2024-01-01``."""
        return f"{self.regulation}@{self.since}"

    def ceiling_for(self, applicant: Enterprise, activity: str) -> Decimal:
        """Return the ceiling in euro for aid to ``activity`` of ``applicant``.

        A sector's lower ceiling holds for the whole firm, unless it keeps the sector's accounts
        apart and the aid goes to something else.

        **Source:** Reg. (EU) No 1407/2013 Art. 3(2) and 3(3) (road freight for hire or reward).
        """
        ceiling = self.ceiling_eur
        for sector, lower in self.sector_ceilings_eur.items():
            apart = applicant.separation_of_accounts and set(applicant.sectors) != {sector}
            if sector in applicant.sectors and not (apart and activity != sector):
                ceiling = min(ceiling, lower)
        return ceiling


@dataclass(frozen=True, slots=True, kw_only=True)
class Regulation:
    """A regulation and its versions, in order of date, none overlapping another."""

    name: str
    versions: tuple[Version, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Policies:
    """What the law leaves open and has been chosen here; the words are in ``regulations.toml``."""

    version: str
    edge_counts: bool
    natural_person_links: bool
    declaration_valid_days: int
    declaration_required_until: date
    fx_max_age_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """All that a decision rests on beside the facts. ``sek_per_eur`` is by day of publication."""

    regulations: Mapping[str, Regulation]
    policies: Policies
    sek_per_eur: Mapping[date, Decimal]


def version_for(
    law: Law,
    regulation: str,
    on: date,
    *,
    looking_back: bool,
    grace_applies: bool | None = None,
) -> Version | Rule:
    """Return the version that aid granted on the day ``on`` falls under, or why there is none.

    Looking back, the rule on the period of force is skipped and the nearest version answers.
    ``grace_applies`` is what people have settled of the months of grace; None: they have to.

    **Source:** Reg. (EU) 2023/2831 Art. 7(1) (earlier aid), 7(3) (six months more for schemes).
    """
    known = law.regulations.get(regulation)
    versions = known.versions if known else ()
    for version in versions:
        if version.since <= on <= version.until:
            return version
    if looking_back and versions:
        later = (version for version in versions if version.since > on)
        return next(later, versions[-1])
    in_grace = [v for v in versions if v.grace_to is not None and v.until < on <= v.grace_to]
    if in_grace and grace_applies is None:
        return Rule.SCHEME_GRACE_PERIOD
    return in_grace[-1] if in_grace and grace_applies else Rule.NO_REGULATION_IN_FORCE
