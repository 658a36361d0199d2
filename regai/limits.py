"""How often one address may do something: public forms, links in letters, receipts.

A count for each address and kind, for a minute from the first time, in the cache; while Redis is
away each process counts by itself. Whoever has come too often reads so in a sentence, on a page
that keeps what was typed. The log-in has allauth's own limits besides, by address and by the e-mail
asked for.
"""

import ipaddress
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.crypto import salted_hmac

from accounts.gates import BY_LINK, PUBLIC
from regai.kept import page_that_keeps

MINUTE_SECONDS = 60
# One household or office has a whole network of these.
IPV6_NETWORK_BITS = 64
RECEIPT_PAGES = frozenset({"cohorts:vote_result"})


class Limits:
    """Counts what the gates say is open to strangers, and refuses what comes too often (429)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        callback: Callable[..., Any],
        _args: tuple[Any, ...],
        _kwargs: dict[str, Any],
    ) -> HttpResponse | None:
        """Return the page that asks to wait, or None to go on."""
        kind = kind_of(request, getattr(callback, "gate", ""))
        return too_many(request) if kind and is_too_often(request, kind) else None


def kind_of(request: HttpRequest, gate: str) -> str:
    """Return which limit a request counts against, or nothing."""
    if gate == BY_LINK:
        return "links"
    if request.method != "POST":
        return ""
    if gate == PUBLIC:
        return "forms"
    name = request.resolver_match.view_name if request.resolver_match else ""
    return "receipts" if name in RECEIPT_PAGES else ""


def is_too_often(request: HttpRequest, kind: str) -> bool:
    """Count one request, and return whether it is above what its kind allows in this minute."""
    most = settings.LIMITS_PER_MINUTE[kind]
    if not most:
        return False
    who = salted_hmac("regai.limits", client_address(request)).hexdigest()
    key = f"limit/{kind}/{who}"
    cache.add(key, 0, timeout=MINUTE_SECONDS)
    try:
        return cache.incr(key) > most
    except ValueError:  # the minute ended in between
        return False


def client_address(request: HttpRequest) -> str:
    """Return the client's address as the trusted proxies in front tell it; IPv6 as its network."""
    told = request.headers.get("X-Forwarded-For", "").split(",")
    hops = settings.TRUSTED_PROXIES
    nearest = request.META.get("REMOTE_ADDR", "")
    chosen = told[-hops] if 0 < hops <= len(told) and told[-hops].strip() else nearest
    try:
        address = ipaddress.ip_address(chosen.strip())
    except ValueError:
        return "unknown"
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((address, IPV6_NETWORK_BITS), strict=False))
    return str(address)


def too_many(request: HttpRequest) -> HttpResponse:
    """Ask to wait a minute; allauth's limits answer with it too."""
    response = page_that_keeps(request, "429.html", status=429)
    response.headers["Retry-After"] = str(MINUTE_SECONDS)
    return response
