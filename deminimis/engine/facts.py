"""What is known about one case, frozen: who asks, who is linked to whom, earlier aid, the new aid.

Amounts are Decimal and exact to the cent (or öre), dates are local calendar days. Ids are chosen by
the caller and mean nothing here; a personal identity number must never be one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from deminimis.engine.kinds import (
    NEVER_GRANTED,
    AidStatus,
    Basis,
    CertificateStatus,
    Currency,
    EventType,
    Kind,
    Mode,
)
from deminimis.engine.money import exact

OTHER_SECTOR = "other"
NO_ROLE = "none"


class FiscalYearEnd(NamedTuple):
    """The last day of the applicant's fiscal year."""

    month: int
    day: int


CALENDAR_YEAR = FiscalYearEnd(12, 31)


@dataclass(frozen=True, slots=True, kw_only=True)
class Enterprise:
    """A company, organisation, person or public body that the case names."""

    id: str
    kind: Kind = Kind.ENTERPRISE
    economic_activity: bool = True
    sectors: tuple[str, ...] = (OTHER_SECTOR,)
    separation_of_accounts: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """What ``owner`` holds in ``owned``, from ``since`` until, not including, ``until``.

    ``pct`` is the share in percent and decides only where the basis is votes.
    """

    owner: str
    owned: str
    basis: Basis
    pct: Decimal | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A merger, a split or a purchase of assets, with effect from the day ``on``.

    ``equity`` is the book value that each undertaking had after a split. ``attribution`` says which
    of them kept the activity that an aid was used for, by the id of the aid.
    """

    type: EventType
    on: date
    sources: tuple[str, ...]
    into: tuple[str, ...] = ()
    equity: Mapping[str, Decimal] = field(default_factory=dict)
    attribution: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorAid:
    """One earlier aid. ``granted_on`` may be None only where the aid was never granted.

    A line declared only by year stands on 31 December of that year, with ``declared_by_year``.
    """

    id: str
    beneficiary: str
    granted_on: date | None
    amount: Decimal
    regulation: str
    currency: Currency = Currency.EUR
    notified_eur: Decimal | None = None
    granting_state: str = "SE"
    status: AidStatus = AidStatus.GRANTED
    status_on: date | None = None
    confirmed: bool = False
    reduced_to: Decimal | None = None
    transparent: bool = True
    declared_by_year: bool = False

    def __post_init__(self) -> None:
        """:raises ValueError: if an amount is negative or finer than a cent, or no day is given."""
        if self.granted_on is None and self.status not in NEVER_GRANTED:
            raise ValueError(f"expected a day for aid {self.id}, which is {self.status}")
        exact(self.amount)
        if self.notified_eur is not None:
            exact(self.notified_eur)
        if self.reduced_to is not None:
            exact(self.reduced_to)

    def changed_by(self, on: date) -> bool:
        """Return whether a reduction or a renunciation had taken effect on the day ``on``."""
        return self.confirmed and self.status_on is not None and self.status_on <= on


@dataclass(frozen=True, slots=True, kw_only=True)
class SameCosts:
    """Other aid for the same eligible costs, and the highest intensity allowed, in percent."""

    other_aid_pct: Decimal
    de_minimis_pct: Decimal
    max_intensity_pct: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAid:
    """The aid that is asked for; ``on`` is the day of the grant.

    ``scheme_fixed_sum`` (the scheme allows no smaller aid) is kept as evidence and decides nothing:
    the engine never trims an aid.
    """

    on: date
    amount: Decimal
    currency: Currency = Currency.EUR
    activity: str = OTHER_SECTOR
    scheme_fixed_sum: bool = False
    same_costs: SameCosts | None = None
    export_linked: bool = False
    participant_role: str = ""

    def __post_init__(self) -> None:
        """:raises ValueError: if the amount is negative or finer than a cent."""
        exact(self.amount)


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """The declaration. ``signed_on`` None: on the day of the grant."""

    status: CertificateStatus = CertificateStatus.VALID
    signed_on: date | None = None
    withdrawn_on: date | None = None
    signatory_authorised: bool = True
    covers_group: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """One case as ``assess`` takes it. Every id it refers to stands among ``enterprises``.

    ``grace_applies`` is what people have settled of the months after a regulation's end; None:
    nothing, so that a case of those months waits for them.
    """

    id: str | None = None
    regulation: str
    applicant: str
    enterprises: tuple[Enterprise, ...]
    new_aid: NewAid
    member_state: str = "SE"
    links: tuple[Link, ...] = ()
    events: tuple[Event, ...] = ()
    prior_aid: tuple[PriorAid, ...] = ()
    certificate: Certificate = Certificate()
    open_and_free_to_all: bool = False
    fiscal_year_end: FiscalYearEnd = CALENDAR_YEAR
    mode: Mode = Mode.GRANT
    declared_false: bool = False
    register_complete: bool = False
    grace_applies: bool | None = None

    def the_applicant(self) -> Enterprise:
        """Return the enterprise that asks for the aid.

        :raises LookupError: if it is not among ``enterprises``.
        """
        for enterprise in self.enterprises:
            if enterprise.id == self.applicant:
                return enterprise
        raise LookupError(self.applicant)
