"""A company that was told of without a number, or with a wrong one, is looked at by staff."""

from datetime import datetime
from enum import StrEnum

from django.db import transaction

from accounts.models import User
from accounts.steps import acting, record
from cohorts.models import Interest
from companies.models import Company
from companies.numbers import OrganisationNumber
from companies.sealing import digest
from companies.sorting import swedish_sort_key
from companies.steps import number_told
from deminimis.models import Certificate, LedgerEntry
from deminimis.steps import lock_ledger

FLAGGED, CHECKED, JOINED = "needs check", "checked", "joined"


class CheckOutcome(StrEnum):
    """What became of a company that was looked at."""

    CHECKED = "checked"
    JOINED = "joined"
    HAS_ITS_OWN = "has_its_own"


@transaction.atomic(durable=True)
def check_company(
    *, company_id: int, name: str, number: OrganisationNumber | None, by: User, now: datetime
) -> CheckOutcome:
    """Settle what a flagged company is: its name, its number, or that it is one we have already.

    Where another company has the number, the people of this one are moved there, and this row
    stays empty. Nothing is moved if it has certificates, aid, contacts or links of its own: then
    the aid officer must look. The ledger is locked first: who stands behind whom decides on aid.
    """
    lock_ledger()
    company = Company.objects.select_for_update().get(id=company_id)
    company.name, company.sort_key = name, swedish_sort_key(name)
    if number is None or number_told(company, number):
        company.needs_check = False
        company.save(update_fields=["name", "sort_key", "needs_check"])
        record(company, was=FLAGGED, became=CHECKED, actor=acting(by), now=now)
        return CheckOutcome.CHECKED
    if _has_its_own(company) or company.number_digest is not None:
        return CheckOutcome.HAS_ITS_OWN
    known = Company.objects.get(number_digest=digest(number.digits))
    Interest.objects.filter(company=company).update(company=known)
    company.needs_check = False
    company.save(update_fields=["needs_check"])
    record(
        company, was=FLAGGED, became=JOINED, actor=acting(by), now=now, why=f"company/{known.pk}"
    )
    return CheckOutcome.JOINED


def _has_its_own(company: Company) -> bool:
    return (
        Certificate.objects.filter(company=company).exists()
        or LedgerEntry.objects.filter(company=company).exists()
        or company.contacts.exists()
        or company.controls.exists()
        or company.controlled_by.exists()
    )
