"""Companies come into being as part of what people tell us."""

from datetime import datetime

from companies.models import Company
from companies.numbers import OrganisationNumber
from companies.rules import Kind
from companies.sealing import digest, sealed
from companies.sorting import swedish_sort_key
from ground.steps import step


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
    told = Company(name=name, sort_key=swedish_sort_key(name), number_digest=key, created_at=now)
    if number.is_personal:
        told.kind = Kind.SOLE_TRADER
        told.sealed_number = sealed(number.digits)
        told.number_hint = number.digits[-2:]
    else:
        told.number = number.digits
    # The first row with a number stays, whoever tells of it again and however many at once.
    Company.objects.bulk_create([told], ignore_conflicts=True)
    return Company.objects.get(number_digest=key)
