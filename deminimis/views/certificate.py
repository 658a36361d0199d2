"""The two addresses of a certificate: the certificate itself, and each of its pages."""

from collections.abc import Callable
from functools import partial

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.cache import never_cache

from accounts.gates import link_in_hand
from deminimis.actions import NotADraft
from deminimis.models import Certificate
from deminimis.queries.certificates import last_handed_in
from deminimis.rules import CertificateState, Question
from deminimis.views import handing_in, papers, questions
from deminimis.views.opening import certificate_behind
from deminimis.views.questions import PAGE_OF, REVIEW

CONFLICT = 409
Page = Callable[[HttpRequest, Certificate, str], HttpResponseBase]

# Pages of a draft; once it has been handed in they lead to the receipt.
OF_A_DRAFT: dict[str, Page] = {
    **{PAGE_OF[q]: partial(questions.ask, question=q) for q in questions.ASKED},
    PAGE_OF[Question.COMPANY]: questions.company,
    PAGE_OF[Question.AID]: questions.aid,
    REVIEW: handing_in.review,
    "skriv-under": handing_in.declare,
    "papper": papers.paper,
    "lamna-over": papers.hand_over,
    "tillbaka": papers.give_back,
    "fran-forra": papers.from_last,
}
OF_ANY: dict[str, Page] = {
    "ta-tillbaka": handing_in.withdraw,
    "nytt": handing_in.begin_again,
    "fil": papers.paper_file,
    "pdf": papers.copy,
    "svara": papers.answer,
}


@link_in_hand
@never_cache
def certificate(request: HttpRequest, token: str) -> HttpResponse:
    """Show where a certificate stands: a way on while it is a draft, then what was handed in."""
    found = certificate_behind(request, token)
    if isinstance(found, HttpResponse):
        return found
    if found.state != CertificateState.DRAFT:
        return _receipt(request, found, token)
    context = handing_in.shown(found, token) | {
        "first_page": questions.first_page(found),
        "is_begun": bool(found.signer_name),
        "last": last_handed_in(found.company_id),
    }
    return TemplateResponse(request, "deminimis/start.html", context)


@link_in_hand
@never_cache
def certificate_page(request: HttpRequest, token: str, page: str) -> HttpResponseBase:
    """Show one page of a certificate, or save what was filled in on it."""
    found = certificate_behind(request, token)
    if isinstance(found, HttpResponse):
        return found
    if page in OF_ANY:
        return OF_ANY[page](request, found, token)
    if page not in OF_A_DRAFT:
        raise Http404(page)
    try:
        if found.state == CertificateState.DRAFT:
            return OF_A_DRAFT[page](request, found, token)
    except NotADraft:
        found.refresh_from_db()
    if request.method == "POST":
        return _receipt(request, found, token, status=CONFLICT)
    return redirect("deminimis:certificate", token=token)


def _receipt(
    request: HttpRequest, certificate: Certificate, token: str, *, status: int = 200
) -> HttpResponse:
    """Show what was handed in; after a conflict, with the words that nothing was changed."""
    context = handing_in.shown(certificate, token) | {"came_too_late": status == CONFLICT}
    return TemplateResponse(request, "deminimis/receipt.html", context, status=status)
