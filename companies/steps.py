"""Companies and their links come into being as part of what people tell us."""

from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction

from accounts.models import User
from companies.models import Company, CompanyChange, Contact, Control
from companies.numbers import OrganisationNumber
from companies.rules import Basis, Kind, Restructuring
from companies.sealing import digest, sealed
from companies.sorting import swedish_sort_key
from ground.steps import step

NUMBER_FIELDS = ("number", "sealed_number", "number_hint", "number_digest")


@step
def company_told(*, name: str, number: OrganisationNumber | None, now: datetime) -> Company:
    """Return the company that a person named.

    A known number gives the company we have, whatever name was typed. Without a number (or with a
    wrong one) a company of its own is written down for staff to check: names alone never join
    two sign-ups, and never tell one person what another has written.
    """
    if number is None:
        return Company.objects.create(
            name=name, sort_key=swedish_sort_key(name), needs_check=True, created_at=now
        )
    key = digest(number.digits)
    told = Company(name=name, sort_key=swedish_sort_key(name), created_at=now)
    _write_number(told, number)
    # The first row with a number stays, whoever tells of it again and however many at once.
    Company.objects.bulk_create([told], ignore_conflicts=True)
    return Company.objects.get(number_digest=key)


@step
def number_told(company: Company, number: OrganisationNumber) -> bool:
    """Write the number of a company that had none; False if another company has it already.

    A company that has a number keeps it.
    """
    if company.number_digest is not None:
        return company.number_digest == digest(number.digits)
    if Company.objects.filter(number_digest=digest(number.digits)).exists():
        return False
    _write_number(company, number)
    try:
        with transaction.atomic():
            company.save(update_fields=[*NUMBER_FIELDS, "kind"])
    except IntegrityError:  # another company was given it in the same moment
        return False
    return True


@step
def control_told(
    *,
    owner: Company,
    owned: Company,
    basis: Basis,
    percent: Decimal | None,
    from_on: date | None,
) -> Control | None:
    """Write that one company controls another, or return None: such a link stands already."""
    standing = Control.objects.filter(owner=owner, owned=owned, basis=basis, until_on=None)
    if standing.exists():
        return None
    return Control.objects.create(
        owner=owner, owned=owned, basis=basis, percent=percent, from_on=from_on
    )


@step
def control_ended(control: Control, *, until_on: date) -> None:
    """Write the first day on which a link no longer stands; it stays, for what it meant before."""
    control.until_on = until_on
    control.save(update_fields=["until_on"])


@step
def company_changed(  # noqa: PLR0913 -- a merger or a split has its parties, its day, its equity
    *,
    kind: Restructuring,
    on: date,
    source: Company,
    target: Company,
    source_equity: Decimal | None,
    target_equity: Decimal | None,
    kept_by: Company | None,
    now: datetime,
) -> CompanyChange | None:
    """Write a merger, a split or a purchase of assets, or return None: it is written already."""
    same = CompanyChange.objects.filter(
        kind=kind, on=on, source=source, target=target, taken_back_at=None
    )
    if same.exists():
        return None
    return CompanyChange.objects.create(
        kind=kind,
        on=on,
        source=source,
        target=target,
        source_equity=source_equity,
        target_equity=target_equity,
        kept_by=kept_by,
        told_at=now,
    )


@step
def kind_told(company: Company, kind: Kind) -> None:
    """Write what a company is, as far as aid is concerned."""
    company.kind = kind
    company.save(update_fields=["kind"])


@step
def nace_told(company: Company, nace: str) -> None:
    """Write the code of the company's trade, which the register asks for; none changes nothing."""
    if nace and company.nace != nace:
        company.nace = nace
        company.save(update_fields=["nace"])


def _write_number(company: Company, number: OrganisationNumber) -> None:
    company.number_digest = digest(number.digits)
    if number.is_personal:
        company.kind = Kind.SOLE_TRADER
        company.sealed_number = sealed(number.digits)
        company.number_hint = number.digits[-2:]
    else:
        company.number = number.digits


@step
def contact_told(*, company: Company, user: User, may_sign: bool, now: datetime) -> Contact | None:
    """Let somebody speak for a company from now on, or return None: they do already."""
    if company.contacts.filter(user=user, ended_at=None).exists():
        return None
    return Contact.objects.create(company=company, user=user, may_sign=may_sign, since_at=now)


@step
def contact_ended(contact: Contact, *, now: datetime) -> None:
    """Let somebody speak for a company no more; the row stays, for whom they once spoke."""
    contact.ended_at = now
    contact.save(update_fields=["ended_at"])


@step
def end_contacts(user: User, *, now: datetime) -> None:
    """Let somebody speak for no company any more."""
    user.speaks_for.filter(ended_at=None).update(ended_at=now)
