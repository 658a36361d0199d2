"""Public pages as they were a moment ago, for visitors who bring no cookie.

Such a page is the same for everybody: its language stands in the address, and nothing on it depends
on who asks. It is made once a minute and kept in the cache; while Redis is away, in each process.
Pages with a question in their address, pages that set a cookie, and pages that say that they must
not be kept are made each time.
"""

from collections.abc import Callable

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from accounts.gates import PUBLIC
from regai.paths import masked_path

OK = 200
NOT_KEPT = ("no-store", "no-cache", "private")


class KeptPages:
    """Answers from the cache where it may; stands outside everything that makes a page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        kept_for = settings.PUBLIC_PAGES_KEPT_SECONDS
        if not kept_for or not asks_as_anybody(request):
            return self.get_response(request)
        key = f"page/{request.get_host()}{request.path}"
        kept: tuple[HttpResponse, str] | None = cache.get(key)
        if kept is not None:
            page, request.path_in_log = kept  # type: ignore[attr-defined]  # for the log's line
            return page
        response = self.get_response(request)
        if isinstance(response, HttpResponse) and may_be_kept(request, response):
            cache.set(key, (response, masked_path(request)), timeout=kept_for)
        return response


def asks_as_anybody(request: HttpRequest) -> bool:
    """Return whether nothing in the request tells one visitor from another."""
    told = request.META
    return request.method == "GET" and not (
        told.get("HTTP_COOKIE") or told.get("QUERY_STRING") or told.get("HTTP_HX_REQUEST")
    )


def may_be_kept(request: HttpRequest, response: HttpResponse) -> bool:
    """Return whether everybody may get the same answer for a minute."""
    gate = getattr(request.resolver_match.func, "gate", "") if request.resolver_match else ""
    told = response.headers.get("Cache-Control", "")
    return (
        gate == PUBLIC
        and response.status_code == OK
        and not response.cookies
        and response.headers["Content-Type"].startswith("text/html")
        and not any(word in told for word in NOT_KEPT)
    )
