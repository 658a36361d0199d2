"""From rows to the frozen facts that the engine decides on, and reads for pages."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.db.models import Q, QuerySet

from companies.models import Company, Control
from companies.rules import Kind, Sector
from deminimis import engine
from deminimis.models import Certificate, LedgerEntry, Rate
from deminimis.rules import CertificateState, EntryKind

REGULATION = "2023/2831"
HANDED_IN = (CertificateState.SUBMITTED, CertificateState.APPROVED)


def facts_of(*, company: Company, amount_sek: Decimal, case: str, on: date) -> engine.Facts:
    """Return all that is known on the day ``on`` about a place worth ``amount_sek`` (excl. VAT)."""
    group, links = _reached(company)
    certificate = valid_certificate(group)
    return engine.Facts(
        id=case,
        regulation=REGULATION,
        applicant=_key(company.pk),
        enterprises=tuple(_enterprise(member) for member in group),
        links=tuple(_link(link) for link in links),
        prior_aid=(*_declared(certificate), *_granted_here(group)),
        new_aid=engine.NewAid(on=on, amount=amount_sek, currency=engine.Currency.SEK),
        certificate=_declaration(certificate),
        open_and_free_to_all=amount_sek == 0,
    )


def law_now() -> engine.Law:
    """Return the built-in regulations and policies with all reference rates we hold."""
    regulations, policies = engine.built_in()
    rates = dict(Rate.objects.values_list("on", "sek_per_eur"))
    return engine.Law(regulations=regulations, policies=policies, sek_per_eur=rates)


def valid_certificate(group: Iterable[Company]) -> Certificate | None:
    """Return the newest approved certificate of a group of companies, or None."""
    return (
        Certificate.objects.filter(company__in=list(group), state=CertificateState.APPROVED)
        .order_by("-signed_on", "-id")
        .first()
    )


def latest_certificate(company: Company) -> Certificate | None:
    """Return the company's newest certificate in any state but withdrawn, or None."""
    return (
        company.certificates.exclude(state=CertificateState.WITHDRAWN)
        .order_by("-created_at", "-id")
        .first()
    )


def certificates_to_check() -> QuerySet[Certificate]:
    """Return the certificates that wait for an officer, the one that waited longest first."""
    return (
        Certificate.objects.filter(state=CertificateState.SUBMITTED)
        .select_related("company")
        .order_by("submitted_at", "id")
    )


def group_of(company: Company) -> list[Company]:
    """Return the companies joined with ``company`` by links of control of any day, itself too."""
    return _reached(company)[0]


def register_queue() -> QuerySet[LedgerEntry]:
    """Return the ledger lines not yet entered in the register, the most urgent first."""
    return (
        LedgerEntry.objects.filter(mark=None)
        .select_related("company")
        .order_by("register_due_on", "id")
    )


def _reached(company: Company) -> tuple[list[Company], list[Control]]:
    """Return the companies joined with ``company`` by control in either direction, and the links.

    Links of all days are followed: which of them hold on the day is for the engine to say.
    """
    found = {company.pk}
    links: dict[int, Control] = {}
    frontier = {company.pk}
    while frontier:
        touching = Control.objects.filter(Q(owner__in=frontier) | Q(owned__in=frontier))
        new = {link.pk: link for link in touching if link.pk not in links}
        links |= new
        ends = {end for link in new.values() for end in (link.owner_id, link.owned_id)}
        frontier = ends - found
        found |= frontier
    group = list(Company.objects.filter(pk__in=found).order_by("pk"))
    return group, [links[pk] for pk in sorted(links)]


def _enterprise(company: Company) -> engine.Enterprise:
    public = company.kind == Kind.PUBLIC_BODY
    sectors = (
        (company.sector, Sector.OTHER.value)
        if company.separate_accounts and company.sector != Sector.OTHER
        else (company.sector,)
    )
    return engine.Enterprise(
        id=_key(company.pk),
        kind=engine.Kind.PUBLIC_BODY if public else engine.Kind.ENTERPRISE,
        economic_activity=not public,
        sectors=sectors,
        separation_of_accounts=company.separate_accounts,
    )


def _link(link: Control) -> engine.Link:
    return engine.Link(
        owner=_key(link.owner_id),
        owned=_key(link.owned_id),
        basis=engine.Basis(link.basis),
        pct=link.percent,
        since=link.from_on,
        until=link.until_on,
    )


def _declared(certificate: Certificate | None) -> list[engine.PriorAid]:
    if certificate is None:
        return []
    beneficiary = _key(certificate.company_id)
    return [
        engine.PriorAid(
            id=f"declared-{aid.pk}",
            beneficiary=beneficiary,
            granted_on=aid.granted_on or date(int(aid.year or 0), 12, 31),
            declared_by_year=aid.granted_on is None,
            amount=aid.amount,
            currency=engine.Currency(aid.currency),
            regulation=aid.regulation,
        )
        for aid in certificate.aid.order_by("id")
    ]


def _granted_here(group: list[Company]) -> list[engine.PriorAid]:
    """Return our own grants to the group that have not been annulled."""
    annulled = LedgerEntry.objects.filter(kind=EntryKind.ANNULMENT).values("of")
    grants = LedgerEntry.objects.filter(company__in=group, kind=EntryKind.GRANT)
    return [
        engine.PriorAid(
            id=f"ledger-{entry.pk}",
            beneficiary=_key(entry.company_id),
            granted_on=entry.granted_on,
            amount=entry.amount_eur,
            regulation=entry.regulation,
        )
        for entry in grants.exclude(pk__in=annulled).order_by("id")
    ]


def _declaration(certificate: Certificate | None) -> engine.Certificate:
    if certificate is None:
        return engine.Certificate(status=engine.CertificateStatus.MISSING)
    return engine.Certificate(
        signed_on=certificate.signed_on,
        withdrawn_on=certificate.withdrawn_on,
        signatory_authorised=bool(certificate.signer_authorised),
        covers_group=bool(certificate.covers_group),
    )


def _key(company_id: int) -> str:
    return f"company-{company_id}"
