"""Reads of the ledger of aid granted here, and of what the national register still lacks."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from companies.models import Company
from companies.sealing import opened
from deminimis import engine
from deminimis.models import LedgerEntry

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """One line of the ledger with the fields that Art. 6 asks for, and what has been registered.

    ``number`` is the ten digits, also of a sole trader: for the register's file and nothing else.
    """

    entry: LedgerEntry
    number: str
    registered_on: date | None
    reference: str


def register_queue() -> QuerySet[LedgerEntry]:
    """Return the ledger lines not yet entered in the register, the most urgent first."""
    return (
        LedgerEntry.objects.filter(mark=None)
        .select_related("company")
        .order_by("register_due_on", "id")
    )


def registered() -> QuerySet[LedgerEntry]:
    """Return the ledger lines that have been entered in the register, the latest first."""
    return (
        LedgerEntry.objects.filter(mark__isnull=False)
        .select_related("company", "mark__by")
        .order_by("-mark__registered_on", "-id")
    )


def ledger_of(company: Company) -> QuerySet[LedgerEntry]:
    """Return what the company has been granted here, with its marks, the latest first."""
    return company.ledger.select_related("mark").order_by("-granted_on", "-id")


def entry_for_register(entry_id: int) -> LedgerEntry | None:
    """Return one line of the ledger with its company and its mark, or None."""
    return LedgerEntry.objects.select_related("company", "mark__by").filter(id=entry_id).first()


def register_lines(entries: QuerySet[LedgerEntry]) -> list[RegisterLine]:
    """Return ``entries`` as the register's file has them, sole traders' numbers opened.

    :raises cryptography.fernet.InvalidToken: if no key of the site opens a number.
    """
    return [_register_line(entry) for entry in entries.select_related("company", "mark")]


def working_days_left(due_on: date, *, today: date) -> int:
    """Return the working days after ``today`` until the due day, that day included.

    0 on the due day; below 0, the working days that have passed since it.
    """
    if due_on < today:
        return -_working_days(due_on, today)
    return _working_days(today, due_on)


def _working_days(after: date, until: date) -> int:
    """Return the working days after one day, until and with another."""
    days = (until - after).days
    return sum(engine.is_working_day(after + ONE_DAY * n) for n in range(1, days + 1))


def _register_line(entry: LedgerEntry) -> RegisterLine:
    company = entry.company
    number = opened(company.sealed_number) if company.sealed_number else company.number or ""
    mark = getattr(entry, "mark", None)
    return RegisterLine(
        entry,
        number,
        registered_on=mark.registered_on if mark else None,
        reference=mark.reference if mark else "",
    )
