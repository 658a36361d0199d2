"""The signed paper, the copy as PDF, a helper and back, a start from the last one, an answer."""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from accounts.models import User
from deminimis import actions
from deminimis.forms.answers import AnswerForm, HandOverForm, PaperForm
from deminimis.models import Certificate, Paper
from deminimis.queries.certificates import papers_of
from deminimis.rules import LARGEST_PAPER_BYTES, MEDIA_TYPES, CertificateState, PaperKind
from deminimis.views.copies import certificate_document
from deminimis.views.handing_in import shown
from deminimis.words import PAPER_REFUSALS
from ground.documents import pdf_of


def paper(request: HttpRequest, certificate: Certificate, token: str) -> HttpResponse:
    """Take a signed certificate as a file; what is wrong with it is told at the field."""
    is_posted = request.method == "POST"
    form = PaperForm(request.POST, request.FILES) if is_posted else PaperForm()
    if is_posted and form.is_valid():
        content = form.cleaned_data["paper"].read(LARGEST_PAPER_BYTES + 1)
        refused = actions.add_paper(
            certificate_id=certificate.pk,
            content=content,
            by=request.user if isinstance(request.user, User) else None,
            now=timezone.now(),
        )
        if refused is None:
            return redirect("deminimis:certificate_page", token=token, page="skriv-under")
        form.add_error("paper", PAPER_REFUSALS[refused])
    context = {**shown(certificate, token), "form": form}
    return TemplateResponse(request, "deminimis/paper.html", context)


def paper_file(request: HttpRequest, certificate: Certificate, token: str) -> HttpResponseBase:  # noqa: ARG001 -- as all pages
    """Give a signed paper back to whoever holds the link: the one asked for, else the newest."""
    asked_for = request.GET.get("nr", "")
    for kept in papers_of(certificate):
        if asked_for in {"", str(kept.pk)}:
            return file_of(kept)
    raise Http404(certificate.pk)


def file_of(kept: Paper) -> FileResponse:
    """Return a paper as a download; it is never opened on the site itself.

    :raises Http404: if the operator has moved the file away (docs/operations.md).
    """
    kind = PaperKind(kept.kind)
    try:
        file = default_storage.open(kept.stored_as)
    except FileNotFoundError:
        raise Http404(kept.pk) from None
    return FileResponse(
        file,
        as_attachment=True,
        filename=f"intyg-{kept.certificate_id}.{kind}",
        content_type=MEDIA_TYPES[kind],
    )


def copy(request: HttpRequest, certificate: Certificate, token: str) -> HttpResponse:  # noqa: ARG001 -- as all pages
    """Give the certificate as a tagged PDF."""
    now = timezone.now()
    document = certificate_document(certificate, on=timezone.localdate(now))
    response = HttpResponse(pdf_of(document, at=now), content_type="application/pdf")
    name = f"de-minimis-intyg-{certificate.pk}.pdf"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def hand_over(request: HttpRequest, certificate: Certificate, token: str) -> HttpResponse:
    """Let somebody else fill the certificate in, by a letter with the link."""
    form = HandOverForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        done = actions.hand_over(
            certificate_id=certificate.pk, now=timezone.now(), **form.cleaned_data
        )
        page = "deminimis/handed_over.html" if done else "deminimis/not_handed_over.html"
        certificate.refresh_from_db()
        return TemplateResponse(request, page, shown(certificate, token))
    context = {**shown(certificate, token), "form": form}
    return TemplateResponse(request, "deminimis/hand_over.html", context)


def give_back(request: HttpRequest, certificate: Certificate, token: str) -> HttpResponse:
    """Tell the owner that it is filled in."""
    if request.method != "POST":
        return redirect("deminimis:certificate_page", token=token, page="granska")
    if not actions.give_back(certificate_id=certificate.pk, now=timezone.now()):
        return redirect("deminimis:certificate_page", token=token, page="granska")
    return TemplateResponse(request, "deminimis/given_back.html", shown(certificate, token))


def from_last(request: HttpRequest, certificate: Certificate, token: str) -> HttpResponse:
    """Begin with what was told last time; then look it through, or change what has changed."""
    if request.method != "POST":
        return redirect("deminimis:certificate", token=token)
    actions.start_from_last(certificate_id=certificate.pk, now=timezone.now())
    return redirect("deminimis:certificate_page", token=token, page="du")


def answer(request: HttpRequest, certificate: Certificate, token: str) -> HttpResponse:
    """Take what the company says before an officer decides."""
    if certificate.state != CertificateState.SUBMITTED:
        return redirect("deminimis:certificate", token=token)
    form = AnswerForm(
        request.POST if request.method == "POST" else None, initial={"answer": certificate.answer}
    )
    if form.is_valid() and actions.answer_officer(
        certificate_id=certificate.pk, answer=form.cleaned_data["answer"], now=timezone.now()
    ):
        return redirect("deminimis:certificate", token=token)
    context = {**shown(certificate, token), "form": form}
    return TemplateResponse(request, "deminimis/answer_form.html", context)
