"""A page for a form that could not be taken just now: it keeps what was typed, to send again."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.gates import BY_LINK, PUBLIC

TOKEN = "csrfmiddlewaretoken"  # noqa: S105 -- the name of a field


def page_that_keeps(request: HttpRequest, template: str, *, status: int) -> HttpResponse:
    """Return the page with every field of the refused form in it; files are not kept.

    It needs neither database nor session: the page must come also when they are away.
    """
    typed = [
        (name, value) for name, values in request.POST.lists() for value in values if name != TOKEN
    ]
    gate = getattr(request.resolver_match.func, "gate", "") if request.resolver_match else PUBLIC
    context = {
        "site": settings.SITE,
        "typed": typed,
        "may_send_again": request.method == "POST",
        "needs_token": gate not in {PUBLIC, BY_LINK},
    }
    return render(request, template, context, status=status)
