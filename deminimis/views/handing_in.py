"""All answers once more, the declaration, the way back, and a new start."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.rules import MoveRefused
from accounts.steps import LINK
from companies.words import SECTORS
from deminimis import actions
from deminimis.forms.answers import DeclarationForm
from deminimis.models import Certificate
from deminimis.queries.certificates import answers_of, papers_of
from deminimis.rules import CertificateState, HandInRefusal, unanswered
from deminimis.views.opening import path_to
from deminimis.views.questions import PAGE_OF
from deminimis.words import CERTIFICATE_STATES, HAND_IN_REFUSALS, QUESTIONS, REGULATIONS

MAY_BE_WITHDRAWN = frozenset(
    {CertificateState.DRAFT, CertificateState.SUBMITTED, CertificateState.APPROVED}
)


def shown(certificate: Certificate, token: str) -> dict[str, object]:
    """Return what every page that shows the answers needs."""
    return {
        "certificate": certificate,
        "token": token,
        "pages": {question.value: page for question, page in PAGE_OF.items()},
        "sectors": SECTORS,
        "regulations": REGULATIONS,
        "states": CERTIFICATE_STATES,
        "may_withdraw": certificate.state in MAY_BE_WITHDRAWN,
        "papers": papers_of(certificate),
        "waiting": [
            {"title": QUESTIONS[question], "page": PAGE_OF[question]}
            for question in unanswered(answers_of(certificate))
        ],
    }


def review(request: HttpRequest, certificate: Certificate, token: str) -> HttpResponse:
    """Show every answer with a way to change it."""
    return TemplateResponse(request, "deminimis/review.html", shown(certificate, token))


def declare(request: HttpRequest, certificate: Certificate, token: str) -> HttpResponse:
    """Take the declaration and hand the certificate in: by log-in, or with a signed paper."""
    is_posted = request.method == "POST"
    form = DeclarationForm(request.POST if is_posted else None)
    by = request.user if isinstance(request.user, User) else None
    if is_posted and form.is_valid():
        refused = actions.hand_in(
            certificate_id=certificate.pk, by=by, now=timezone.now(), **form.cleaned_data
        )
        if refused is None or refused.refusal is HandInRefusal.OVER:
            return redirect("deminimis:certificate", token=token)
        form.add_error(None, HAND_IN_REFUSALS[refused.refusal])
    context = {
        **shown(certificate, token),
        "form": form,
        "today": timezone.localdate(),
        "by": by,
        "log_in_url": f"{reverse('account_login')}?{urlencode({'next': request.path})}",
    }
    return TemplateResponse(request, "deminimis/declare.html", context)


def withdraw(request: HttpRequest, certificate: Certificate, token: str) -> HttpResponse:
    """Ask whether the certificate is to be taken back, and take it back."""
    if certificate.state not in MAY_BE_WITHDRAWN:
        return redirect("deminimis:certificate", token=token)
    if request.method == "POST":
        try:
            actions.withdraw(certificate_id=certificate.pk, actor=LINK, now=timezone.now())
        except MoveRefused:
            pass  # somebody was quicker; the page that follows says what became of it
        return redirect("deminimis:certificate", token=token)
    return TemplateResponse(request, "deminimis/withdraw.html", shown(certificate, token))


def begin_again(request: HttpRequest, certificate: Certificate, token: str) -> HttpResponse:
    """Begin a new certificate for the same company, and go to it."""
    if request.method != "POST":
        return redirect("deminimis:certificate", token=token)
    fresh = actions.begin_again(certificate_id=certificate.pk, now=timezone.now())
    return redirect(path_to(fresh))
