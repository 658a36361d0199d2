"""Requests that change something must come from our own pages.

Pages for people without an account set no cookie, so they cannot carry a CSRF token. For them the
browser's own word is asked: ``Sec-Fetch-Site``, or ``Origin`` where that header is missing. Pages
behind a log-in keep Django's token. A page behind a link tells no referrer, and then a browser
tells no origin either ("null"); it is taken, since a foreign page does not know the address.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponseForbidden
from django.middleware.csrf import CsrfViewMiddleware

from accounts.gates import BY_LINK, PUBLIC

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
OWN_SITE = frozenset({"same-origin", "none"})


class OriginOrToken(CsrfViewMiddleware):
    """Checks the origin on public pages and the token on all others."""

    def process_view(
        self,
        request: HttpRequest,
        callback: Callable[..., Any],
        callback_args: tuple[Any, ...],
        callback_kwargs: dict[str, Any],
    ) -> HttpResponseForbidden | None:
        """Return a refusal (403) for a foreign request, or None to go on."""
        gate = getattr(callback, "gate", "")
        if gate not in {PUBLIC, BY_LINK}:
            return super().process_view(request, callback, callback_args, callback_kwargs)
        if request.method in SAFE_METHODS or getattr(request, "_dont_enforce_csrf_checks", False):
            return None
        if is_from_own_page(request, may_be_hidden=gate == BY_LINK):
            return None
        refusal: HttpResponseForbidden = self._reject(request, "foreign origin")  # type: ignore[attr-defined]  # Django's own, not in the stubs
        return refusal


def is_from_own_page(request: HttpRequest, *, may_be_hidden: bool = False) -> bool:
    """Return whether the browser says that one of our own pages sent the request."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in OWN_SITE
    origin = request.headers.get("Origin")
    if origin == "null":
        return may_be_hidden
    return origin is not None and urlsplit(origin).netloc == request.get_host()
