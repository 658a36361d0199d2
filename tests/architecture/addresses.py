"""Every address that the site answers to, in Swedish, with its view."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import translation


def addresses(language: str = "sv") -> Iterator[tuple[str, Any]]:
    """Yield every address of the site in a language, with its view."""
    with translation.override(language):
        yield from _below(get_resolver(), "")


def _below(resolver: URLResolver, path: str) -> Iterator[tuple[str, Any]]:
    for entry in resolver.url_patterns:
        here = path + str(entry.pattern).removeprefix("^")
        if isinstance(entry, URLResolver):
            yield from _below(entry, here)
        elif isinstance(entry, URLPattern):
            yield here, entry.callback
