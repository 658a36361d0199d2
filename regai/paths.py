"""A request's path as it may be written down: without tokens or anything that was typed.

The pattern that the address matched is written, with whole numbers filled in. An address that
matches nothing could hold anything, and is written as "/…".
"""

import re

from django.http import HttpRequest

PART = re.compile(r"<(?:\w+:)?(\w+)>")
ODD_PART = re.compile(r"\(\?P<(\w+)>[^)]*\)")
HIDDEN = "…"


def masked_path(request: HttpRequest) -> str:
    """Return the path of a request: "/grupp/7/" stays, "/anmalan/<token>/" is "/anmalan/…/"."""
    match = getattr(request, "resolver_match", None)
    if match is None:
        kept = getattr(request, "path_in_log", None)  # of a page that came from the cache
        if isinstance(kept, str):
            return kept
        return request.path if request.path == "/" else f"/{HIDDEN}"

    def filled(part: re.Match[str]) -> str:
        value = match.captured_kwargs.get(part[1], match.kwargs.get(part[1]))
        return str(value) if type(value) is int else HIDDEN

    route = ODD_PART.sub(filled, PART.sub(filled, match.route))
    return "/" + re.sub(r"[\^$\\]|\?:", "", route)
