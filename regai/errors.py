"""Pages for what went wrong: what happened, what was saved, what to do. Never a trace."""

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template import loader


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 -- Django's signature
    """Say that the form did not come from one of our own pages, or its session had ended."""
    return render(request, "403_csrf.html", status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that the request could not be read: too large (413), or malformed (400)."""
    context = {"site": settings.SITE}
    if isinstance(exception, RequestDataTooBig):
        return render(request, "413.html", context, status=413)
    return render(request, "400.html", context, status=400)


def server_error(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 -- Django's signature
    """Say that the fault is ours: without database, session or context of the page."""
    template = loader.get_template("500.html")
    return HttpResponseServerError(template.render({"site": settings.SITE}))
