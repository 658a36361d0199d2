"""Answers of a certificate that has not been handed in, saved in any order and as often as wanted.

What has been handed in is never changed: a page left open is told so.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction

from companies.numbers import OrganisationNumber, with_hidden_numbers
from companies.rules import Sector
from companies.steps import number_told
from deminimis.models import DeclaredAid
from deminimis.steps import draft_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """One earlier aid as told: by day, or by year alone. None is what the company does not know."""

    granter: str
    granted_on: date | None
    year: int | None
    amount: Decimal | None
    currency: str
    regulation: str


@transaction.atomic(durable=True)
def save_signer(*, certificate_id: int, name: str, is_authorised: bool) -> None:
    """Keep who fills the certificate in, and whether that person may sign for the company.

    :raises NotADraft: if it has been handed in or withdrawn.
    """
    certificate = draft_of(certificate_id)
    certificate.signer_name = name
    certificate.signer_authorised = is_authorised
    certificate.save(update_fields=["signer_name", "signer_authorised"])


@transaction.atomic(durable=True)
def save_number(*, certificate_id: int, number: OrganisationNumber) -> bool:
    """Keep the organisation number of a company that had none; False if it could not be taken.

    :raises NotADraft: if the certificate has been handed in or withdrawn.
    """
    return number_told(draft_of(certificate_id).company, number)


@transaction.atomic(durable=True)
def save_group(*, certificate_id: int, is_group: bool, names: str) -> None:
    """Keep whether the company belongs together with others, and with which.

    Of a sole trader's number only the last two figures are kept.

    :raises NotADraft: if it has been handed in or withdrawn.
    """
    certificate = draft_of(certificate_id)
    certificate.is_group = is_group
    certificate.group_names = with_hidden_numbers(names) if is_group else ""
    certificate.save(update_fields=["is_group", "group_names"])


@transaction.atomic(durable=True)
def save_sector(*, certificate_id: int, sector: Sector, nace: str = "") -> None:
    """Keep whether the company farms, herds reindeer or fishes, and the code of its trade.

    Another sector than before asks anew whether the accounts are kept apart; none of them leaves
    nothing to keep apart.

    :raises NotADraft: if it has been handed in or withdrawn.
    """
    certificate = draft_of(certificate_id)
    if sector is Sector.OTHER:
        certificate.separate_accounts = False
    elif certificate.sector != sector:
        certificate.separate_accounts = None
    certificate.sector, certificate.nace = sector, nace
    certificate.save(update_fields=["sector", "separate_accounts", "nace"])


@transaction.atomic(durable=True)
def save_accounts(*, certificate_id: int, are_separate: bool) -> None:
    """Keep whether the excluded activity has accounts of its own.

    :raises NotADraft: if it has been handed in or withdrawn.
    """
    certificate = draft_of(certificate_id)
    certificate.separate_accounts = are_separate
    certificate.save(update_fields=["separate_accounts"])


@transaction.atomic(durable=True)
def replace_declared_aid(*, certificate_id: int, lines: Sequence[Declared]) -> None:
    """Keep the earlier aid, the whole list each time; no lines means that none was received.

    :raises NotADraft: if it has been handed in or withdrawn.
    """
    certificate = draft_of(certificate_id)
    certificate.aid.all().delete()
    DeclaredAid.objects.bulk_create(
        DeclaredAid(
            certificate=certificate,
            granter=line.granter,
            granted_on=line.granted_on,
            year=line.year,
            amount=line.amount,
            currency=line.currency,
            regulation=line.regulation,
        )
        for line in lines
    )
    certificate.none_received = not lines
    certificate.save(update_fields=["none_received"])
