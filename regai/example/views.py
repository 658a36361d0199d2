"""Brevlådan: every letter as its receiver gets it, and one click to be somebody. Example mode only.

The addresses exist in example mode alone (``regai.urls``), where all people are invented.
"""

from csp.constants import SELF, UNSAFE_INLINE
from csp.decorators import csp_update
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from accounts.gates import anyone
from outbox.queries import html_with_links, text_with_links
from outbox.words import LETTER_STATES
from regai.example import queries
from regai.starts import start_page

A_PAGE = 50


@anyone
def mailbox(request: HttpRequest) -> HttpResponse:
    """List all letters, newest first, narrowed by the receiver's address."""
    to = request.GET.get("till", "").strip()
    page = Paginator(queries.letters(to), A_PAGE).get_page(request.GET.get("page"))
    return TemplateResponse(
        request, "example/mailbox.html", {"page": page, "to": to, "states": LETTER_STATES}
    )


@anyone
def letter(request: HttpRequest, message_id: int) -> HttpResponse:
    """Show one letter as plain text with its links alive."""
    message = get_object_or_404(queries.letters(), pk=message_id)
    return TemplateResponse(
        request,
        "example/letter.html",
        {
            "message": message,
            "text": _as_seen_from(request, text_with_links(message)),
            "receiver": queries.receiver_of(message),
            "states": LETTER_STATES,
        },
    )


@anyone
@csp_update({"style-src": [SELF, UNSAFE_INLINE]})  # type: ignore[arg-type]  # typed for no argument
def letter_html(request: HttpRequest, message_id: int) -> HttpResponse:
    """Show the letter's HTML form by itself, styled as mail programs need it: in the tags."""
    message = get_object_or_404(queries.letters(), pk=message_id)
    return HttpResponse(_as_seen_from(request, html_with_links(message)))


@anyone
def log_in(request: HttpRequest) -> HttpResponse:
    """List whom one can be; a post makes the browser that person and leads to their start page."""
    if request.method == "POST":
        user = queries.invented_user(request.POST.get("email", ""))
        if user is not None:
            login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
            return redirect(start_page(user))
        messages.error(request, _("Den personen finns inte i exemplet. Ingen loggades in."))
        return redirect("example:log_in")
    return TemplateResponse(request, "example/log_in.html", {"people": queries.people_to_be()})


def _as_seen_from(request: HttpRequest, words: str) -> str:
    """Return ``words`` with links to the host that the reader has in the address bar."""
    return words.replace(settings.SITE_URL, f"{request.scheme}://{request.get_host()}")
