"""What an officer takes out of the site: the case as one PDF, a certificate, a signed paper."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.cache import never_cache

from accounts.requests import UserRequest
from cohorts.queries.aid_rows import papers_for_officers
from cohorts.queries.fees import participations_for_officers
from cohorts.views.aid.case_document import case_document
from cohorts.views.aid.shown import officer
from deminimis.queries.certificates import certificates_handed_in
from deminimis.views.copies import certificate_document
from deminimis.views.papers import file_of
from ground.documents import Document, pdf_of

PDF = "application/pdf"


@officer
@never_cache
def case_pdf(request: UserRequest, participation_id: int) -> HttpResponse:  # noqa: ARG001 -- a view's
    """Give the whole case as one tagged PDF."""
    participation = get_object_or_404(participations_for_officers(), id=participation_id)
    name = f"arende-{participation.pk}.pdf"
    return _pdf(case_document(participation), name)


@officer
@never_cache
def certificate_pdf(request: UserRequest, certificate_id: int) -> HttpResponse:  # noqa: ARG001 -- a view's
    """Give a certificate as a tagged PDF."""
    found = certificates_handed_in().prefetch_related("aid")
    certificate = get_object_or_404(found, id=certificate_id)
    document = certificate_document(certificate, on=timezone.localdate())
    return _pdf(document, f"de-minimis-intyg-{certificate.pk}.pdf")


@officer
@never_cache
def paper_file(request: UserRequest, paper_id: int) -> HttpResponseBase:  # noqa: ARG001 -- a view's
    """Give a signed paper to an officer, as a download."""
    return file_of(get_object_or_404(papers_for_officers(), id=paper_id))


def _pdf(document: Document, name: str) -> HttpResponse:
    response = HttpResponse(pdf_of(document, at=timezone.now()), content_type=PDF)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
