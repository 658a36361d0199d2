"""An invoice basis as rows of a file, and what each column means."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from cohorts.models import Fee, InvoiceBatch
from cohorts.queries.payments import fees_in
from cohorts.rules.payments import FeeState
from cohorts.words import FEE_STATES

Cell = str | Decimal | date | None


def invoice_columns() -> list[tuple[str, str]]:
    """Return the heading of each column and what it means, in the language of the page."""
    return [
        (_("Avgift"), _("Avgiftens nummer hos oss. Skriv det på fakturan.")),
        (_("Betalare"), _("Företaget, eller deltagaren som privatperson.")),
        (_("Organisationsnummer"), _("Dolt för enskild firma, tomt för privatperson.")),
        (_("Fakturaadress"), _("Som den som godkände skrev den.")),
        (_("Referens"), _("Betalarens egen.")),
        (_("Godkänd av"), _("Den som sa ja.")),
        (_("Godkänd"), _("Dagen då avgiften godkändes.")),
        (_("Deltagare"), _("Den som går kursen.")),
        (_("Kurs"), _("Kursens namn.")),
        (_("Belopp exklusive moms"), _("Kronor.")),
        (_("Moms, procent"), _("Momssatsen när avgiften godkändes.")),
        (_("Moms"), _("Kronor.")),
        (_("Att betala"), _("Kronor, inklusive moms.")),
        (_("Betalningsvillkor"), _("Dagar från fakturans datum.")),
        (_("Läge"), _("I dag. Det som är avbrutet ska inte faktureras.")),
    ]


def invoice_rows(batch: InvoiceBatch) -> Iterator[list[Cell]]:
    """Yield the fees of a basis as rows: what was frozen then, and last what state each is in."""
    for fee in fees_in(batch):
        yield _row(fee)


def _row(fee: Fee) -> list[Cell]:
    company = fee.company
    return [
        str(fee.pk),
        company.name if company else fee.signer,
        company.shown_number if company else "",
        " / ".join(line.strip() for line in fee.invoice_to.splitlines() if line.strip()),
        fee.reference,
        fee.signer,
        fee.accepted_on,
        fee.participation.enrolment.interest.name,
        fee.participation.round.course.title,
        fee.amount_sek,
        fee.vat_percent,
        fee.vat_sek,
        fee.with_vat_sek,
        str(fee.payment_days),
        str(FEE_STATES[FeeState(fee.state)]),
    ]
