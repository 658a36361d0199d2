"""The rows behind the officer's pages: one door to each kind."""

from django.db.models import QuerySet

from companies.models import Company, CompanyChange, Contact, Control
from deminimis.models import LedgerEntry, Paper, Rate, Recovery, Settlement
from deminimis.rules import EntryKind, RecoveryState


def companies_for_officers() -> QuerySet[Company]:
    """Return every company, for those who look after aid."""
    return Company.objects.all()


def contacts_for_officers() -> QuerySet[Contact]:
    """Return everybody who speaks for a company or has done so, with the company."""
    return Contact.objects.select_related("company", "user")


def standing_contacts(company: Company) -> QuerySet[Contact]:
    """Return those who speak for a company now, the first of them first: letters go there."""
    return contacts_for_officers().filter(company=company, ended_at=None).order_by("id")


def controls_for_officers() -> QuerySet[Control]:
    """Return every link of control with its two companies."""
    return Control.objects.select_related("owner", "owned")


def changes_for_officers() -> QuerySet[CompanyChange]:
    """Return every merger, split and purchase with its companies."""
    return CompanyChange.objects.select_related("source", "target", "kept_by")


def papers_for_officers() -> QuerySet[Paper]:
    """Return every signed paper of a certificate that has been handed in."""
    return Paper.objects.exclude(certificate__submitted_at=None)


def settlements_for_officers() -> QuerySet[Settlement]:
    """Return everything that is proposed to settle by word, or has been."""
    return Settlement.objects.select_related("company", "proposed_by", "decided_by")


def grants_for_officers() -> QuerySet[LedgerEntry]:
    """Return every grant with its company; lines that take from one are not grants."""
    return LedgerEntry.objects.filter(kind=EntryKind.GRANT).select_related("company")


def recoveries_for_officers() -> QuerySet[Recovery]:
    """Return every case of recovery with the grant that it is about."""
    return Recovery.objects.select_related("entry__company", "opened_by")


def recoveries_under_way() -> QuerySet[Recovery]:
    """Return the cases of recovery that are not over, the oldest first."""
    open_ones = (RecoveryState.OPENED, RecoveryState.DEMANDED)
    return recoveries_for_officers().filter(state__in=open_ones).order_by("opened_at", "id")


def latest_rates() -> QuerySet[Rate]:
    """Return the exchange rates, the newest first."""
    return Rate.objects.order_by("-on")
