"""Reads of the ledger of aid granted here, and of what the national register still lacks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Q, QuerySet, Sum

from companies.models import Company
from companies.sealing import opened
from deminimis import engine
from deminimis.models import LedgerEntry
from deminimis.rules import EntryKind

ONE_DAY = timedelta(days=1)
# Working days after the grant on which officers are reminded of what is not registered.
REMINDED_AFTER_DAYS = (10, 15)


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """One line of the ledger with the fields that Art. 6 asks for, and what has been registered.

    ``number`` is the ten digits, also of a sole trader: for the register's file and nothing else.
    The amounts are what the grant is worth after the line, which is what the register is to say.
    """

    entry: LedgerEntry
    number: str
    eur: Decimal
    sek: Decimal
    registered_on: date | None
    reference: str


@dataclass(frozen=True, slots=True)
class Standing:
    """A grant with what is left of it after later lines, in euro and in kronor."""

    entry: LedgerEntry
    eur: Decimal
    sek: Decimal


def standing_of(companies: Iterable[Company]) -> list[Standing]:
    """Return the grants to companies as they stand, in the order of their entry; one statement."""
    lines = LedgerEntry.objects.filter(company__in=list(companies)).order_by("id")
    grants: dict[int, Standing] = {}
    for line in lines:
        if line.kind == EntryKind.GRANT:
            grants[line.pk] = Standing(line, line.amount_eur, line.amount_sek)
        elif (grant := grants.get(line.of_id or 0)) is not None:
            eur, sek = grant.eur + line.amount_eur, grant.sek + line.amount_sek
            grants[grant.entry.pk] = Standing(grant.entry, eur, sek)
    return list(grants.values())


def standing(entry: LedgerEntry) -> Standing:
    """Return what is left of one grant after the lines that take from it."""
    taken = entry.later.aggregate(eur=Sum("amount_eur"), sek=Sum("amount_sek"))
    eur, sek = taken["eur"] or Decimal(0), taken["sek"] or Decimal(0)
    return Standing(entry, entry.amount_eur + eur, entry.amount_sek + sek)


def register_queue() -> QuerySet[LedgerEntry]:
    """Return the ledger lines not yet entered in the register, the most urgent first."""
    return (
        LedgerEntry.objects.filter(mark=None)
        .select_related("company")
        .order_by("register_due_on", "id")
    )


def due_for_a_reminder(*, on: date) -> list[tuple[LedgerEntry, int]]:
    """Return the lines not registered after 10 or 15 working days, with the greater of the two."""
    due = []
    for entry in register_queue():
        used = engine.WORKING_DAYS_TO_ENTER - working_days_left(entry.register_due_on, today=on)
        passed = [after for after in REMINDED_AFTER_DAYS if used >= after]
        if passed:
            due.append((entry, passed[-1]))
    return due


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
    lines = list(entries.select_related("company", "mark"))
    after = _worth_after([entry.of_id for entry in lines if entry.of_id])
    return [_register_line(entry, after) for entry in lines]


def _worth_after(grant_ids: list[int]) -> dict[int, tuple[Decimal, Decimal]]:
    """Return, for each line that takes from one of these grants, what is left after it."""
    if not grant_ids:
        return {}
    related = LedgerEntry.objects.filter(Q(pk__in=grant_ids) | Q(of__in=grant_ids)).order_by("id")
    left: dict[int, tuple[Decimal, Decimal]] = {}
    after = {}
    for line in related:
        eur, sek = left.get(line.of_id or 0, (Decimal(0), Decimal(0)))
        now = eur + line.amount_eur, sek + line.amount_sek
        left[line.of_id or line.pk] = after[line.pk] = now
    return after


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


def _register_line(
    entry: LedgerEntry, after: Mapping[int, tuple[Decimal, Decimal]]
) -> RegisterLine:
    company = entry.company
    number = opened(company.sealed_number) if company.sealed_number else company.number or ""
    mark = getattr(entry, "mark", None)
    return RegisterLine(
        entry,
        number,
        *after.get(entry.pk, (entry.amount_eur, entry.amount_sek)),
        registered_on=mark.registered_on if mark else None,
        reference=mark.reference if mark else "",
    )
