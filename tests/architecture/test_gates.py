"""Every page says who may open it, and says so as the address promises."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import translation

# Whose pages these are is settled by the Django admin itself: staff only (tests/architecture/
# test_admin.py asks it).
GATED_BY_PREFIX = ("drift/admin/",)


def addresses() -> Iterator[tuple[str, Any]]:
    """Yield every address of the site in Swedish, with its view."""
    with translation.override("sv"):
        yield from _below(get_resolver(), "")


def _below(resolver: URLResolver, path: str) -> Iterator[tuple[str, Any]]:
    for entry in resolver.url_patterns:
        here = path + str(entry.pattern).removeprefix("^")
        if isinstance(entry, URLResolver):
            yield from _below(entry, here)
        elif isinstance(entry, URLPattern):
            yield here, entry.callback


def ours() -> list[tuple[str, Any]]:
    return [(path, view) for path, view in addresses() if not path.startswith(GATED_BY_PREFIX)]
