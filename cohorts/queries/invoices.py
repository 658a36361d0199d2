"""An invoice basis as rows of a file, and what each column means."""

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from cohorts.models import Fee, InvoiceBatch
from cohorts.queries.payments import fees_in


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
    ]


def invoice_rows(batch: InvoiceBatch) -> Iterator[list[str]]:
    """Yield the fees of a basis as rows: what was frozen then, so that each time is the same."""
    for fee in fees_in(batch):
        yield _row(fee)


def _row(fee: Fee) -> list[str]:
    company = fee.company
    return [
        str(fee.pk),
        company.name if company else fee.signer,
        company.shown_number if company else "",
        " / ".join(line.strip() for line in fee.invoice_to.splitlines() if line.strip()),
        fee.reference,
        fee.signer,
        f"{fee.accepted_on:%Y-%m-%d}",
        fee.participation.enrolment.interest.name,
        fee.participation.round.course.title,
        _kronor(fee.amount_sek),
        _kronor(fee.vat_percent),
        _kronor(fee.vat_sek),
        _kronor(fee.with_vat_sek),
        str(fee.payment_days),
    ]


def _kronor(amount: Decimal) -> str:
    return f"{amount:.2f}".replace(".", ",")
