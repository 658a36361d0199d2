"""Reads about certificates."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Q, QuerySet

from accounts.queries import changes_of
from companies.models import Company
from companies.rules import Sector
from deminimis import engine
from deminimis.models import Certificate, DeclaredAid, Paper
from deminimis.rules import UNKNOWN_REGULATION, Answers, CertificateState

WINDOW_YEARS = 3
_UNKNOWN = Q(regulation=UNKNOWN_REGULATION) | Q(amount=None) | Q(granted_on=None, year=None)
_UNKNOWN_BELOW = (
    Q(aid__regulation=UNKNOWN_REGULATION)
    | Q(aid__pk__isnull=False, aid__amount=None)
    | Q(aid__pk__isnull=False, aid__granted_on=None, aid__year=None)
)
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
    unsettled = Count("aid", filter=_UNKNOWN_BELOW)
    return (
        Certificate.objects.filter(state=CertificateState.SUBMITTED)
        .select_related("company")
        .annotate(unsettled=unsettled)
        .order_by("submitted_at", "id")
    )


def serves_on(certificate: Certificate, on: date) -> bool:
    """Return whether an approved certificate will not be too old on the day ``on``."""
    if certificate.state != CertificateState.APPROVED or certificate.signed_on is None:
        return False
    _, policies = engine.built_in()
    return (on - certificate.signed_on).days <= policies.declaration_valid_days


def last_handed_in(company_id: int) -> Certificate | None:
    """Return the newest certificate that a company has handed in, whatever became of it."""
    handed_in = Certificate.objects.filter(company=company_id).exclude(submitted_at=None)
    return handed_in.order_by("-submitted_at", "-id").first()


def lines_that_may_count(certificate: Certificate, *, on: date) -> list[DeclaredAid]:
    """Return the aid of a certificate that may lie in a window of three years on the day ``on``."""
    first = date(on.year - WINDOW_YEARS, 1, 1)
    lines = certificate.aid.order_by("id")
    return [
        line
        for line in lines
        if (line.granted_on is None or line.granted_on >= first)
        and (line.year is None or line.year >= first.year)
    ]


def papers_of(certificate: Certificate) -> QuerySet[Paper]:
    """Return all signed papers of a certificate with who handed them in, the newest first."""
    return certificate.papers.select_related("added_by").order_by("-id")


def unsettled_lines(certificate: Certificate) -> QuerySet[DeclaredAid]:
    """Return the lines of which the company did not know the kind, the day or the amount."""
    return certificate.aid.filter(_UNKNOWN).order_by("id")


def is_unsettled(line: DeclaredAid) -> bool:
    """Return whether the company did not know the kind, the day or the amount of a line."""
    is_dated = line.granted_on is not None or line.year is not None
    return line.regulation == UNKNOWN_REGULATION or line.amount is None or not is_dated


def may_answer_still(certificate: Certificate, *, on: date) -> bool:
    """Return whether a no would come before the company has seen why and had time to answer.

    What it has added of its own accord answers nothing: an officer must have asked.
    """
    if certificate.answer_by is None:
        return True
    return certificate.answered_at is None and on <= certificate.answer_by


def certificates_handed_in() -> QuerySet[Certificate]:
    """Return the certificates that an officer may read: all but drafts."""
    return Certificate.objects.exclude(signed_on=None).select_related(
        "company", "decided_by", "signed_by"
    )


def certificate_by_link(certificate_id: int) -> Certificate | None:
    """Return the certificate that a link opens, with its company and its lines, or None."""
    return (
        Certificate.objects.filter(id=certificate_id)
        .select_related("company", "signed_by")
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
