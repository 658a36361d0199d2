"""The front page, the pages about the site, and the sign of life."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from accounts.gates import anyone
from cohorts.queries.starts import coming_starts


@anyone
def front(request: HttpRequest) -> HttpResponse:
    """Say what this is, when and where it starts next, and how to sign up."""
    starts = coming_starts(on=timezone.localdate())
    return TemplateResponse(request, "site/front.html", {"starts": starts})


@anyone
def employers(request: HttpRequest) -> HttpResponse:
    """Tell an employer in two minutes what it takes and gives."""
    return TemplateResponse(request, "site/employers.html")


@anyone
def questions(request: HttpRequest) -> HttpResponse:
    """Answer common questions, and name a human."""
    return TemplateResponse(request, "site/questions.html")


@anyone
def privacy(request: HttpRequest) -> HttpResponse:
    """Say what is done with personal data (GDPR Art. 13 and 14)."""
    return TemplateResponse(request, "site/privacy.html")


@anyone
def cookies(request: HttpRequest) -> HttpResponse:
    """List the cookies."""
    return TemplateResponse(request, "site/cookies.html")


@anyone
def accessibility(request: HttpRequest) -> HttpResponse:
    """Give the accessibility statement."""
    return TemplateResponse(request, "site/accessibility.html")


@anyone
def languages(request: HttpRequest) -> HttpResponse:
    """Tell in the national minority languages, briefly, what this is."""
    return TemplateResponse(request, "site/languages.html")


@anyone
def alive(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 -- a view takes a request
    """Answer that the process lives; nothing else is asked."""
    return HttpResponse("ok", content_type="text/plain")
