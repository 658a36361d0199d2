"""Reads about certificates."""

from collections.abc import Iterable

from django.db.models import Count, Q, QuerySet

from accounts.queries import changes_of
from companies.models import Company
from companies.rules import Sector
from deminimis.models import Certificate, DeclaredAid
from deminimis.rules import UNKNOWN_REGULATION, Answers, CertificateState

UNDER_WAY = (CertificateState.DRAFT, CertificateState.SUBMITTED)


def valid_certificates(group: Iterable[Company]) -> QuerySet[Certificate]:
    """Return the approved certificates of a group of companies with their lines, newest first."""
    return (
        Certificate.objects.filter(company__in=list(group), state=CertificateState.APPROVED)
        .prefetch_related("aid")
        .order_by("-signed_on", "-id")
    )


def latest_certificate(company: Company) -> Certificate | None:
    """Return the company's newest certificate in any state but withdrawn, or None."""
    return (
        company.certificates.exclude(state=CertificateState.WITHDRAWN)
        .order_by("-created_at", "-id")
        .first()
    )


def certificates_of(company: Company) -> QuerySet[Certificate]:
    """Return all certificates of a company, the newest first."""
    return company.certificates.select_related("decided_by").order_by("-created_at", "-id")


def certificates_to_check() -> QuerySet[Certificate]:
    """Return the certificates that wait for an officer, the one that waited longest first.

    Each has ``unsettled``: how many of its lines name no regulation.
    """
    unsettled = Count("aid", filter=Q(aid__regulation=UNKNOWN_REGULATION))
    return (
        Certificate.objects.filter(state=CertificateState.SUBMITTED)
        .select_related("company")
        .annotate(unsettled=unsettled)
        .order_by("submitted_at", "id")
    )


def certificates_handed_in() -> QuerySet[Certificate]:
    """Return the certificates that an officer may read: all but drafts."""
    return Certificate.objects.exclude(signed_on=None).select_related("company", "decided_by")


def certificate_by_link(certificate_id: int) -> Certificate | None:
    """Return the certificate that a link opens, with its company and its lines, or None."""
    return (
        Certificate.objects.filter(id=certificate_id)
        .select_related("company")
        .prefetch_related("aid")
        .first()
    )


def answers_of(certificate: Certificate) -> Answers:
    """Return what has been answered so far, as the rules look at it."""
    return Answers(
        signer_name=certificate.signer_name,
        signer_authorised=certificate.signer_authorised,
        is_group=certificate.is_group,
        in_excluded_sector=certificate.sector != Sector.OTHER,
        separate_accounts=certificate.separate_accounts,
        none_received=certificate.none_received,
        lines=len(certificate.aid.all()),
    )


def settled_lines(lines: Iterable[DeclaredAid]) -> frozenset[int]:
    """Return which lines said "do not know" until an officer settled their regulation."""
    by_subject = {f"declaredaid/{line.pk}": line.pk for line in lines}
    changes = changes_of(*by_subject).filter(was=UNKNOWN_REGULATION)
    return frozenset(by_subject[subject] for subject in changes.values_list("subject", flat=True))
