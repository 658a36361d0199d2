"""The line that says who pays for a programme: its own words, in the reader's language."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language


def publicity_of(facts: Mapping[str, Any], *, language: str | None = None) -> str:
    """Return the line in ``language``, else the one in force; in Swedish where it has no other."""
    own = facts.get(f"publicity_{language or get_language()}")
    return str(own or facts.get("publicity", ""))
