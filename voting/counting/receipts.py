"""Receipts as they are published: check values that say nothing, until one has the receipt.

A ballot's key is published with the list, at the close. Whoever has a receipt reckons out its
check value and finds it in the list; from the list nobody finds a receipt, for 92 random bits
cannot be guessed.
"""

import hmac
from collections.abc import Iterable
from hashlib import sha256

RECEIPTS_HEAD = "regai-receipts-1"


def check_value(key: str, letters: str) -> str:
    """Return what is kept and published of a receipt's letters, in lower-case hex."""
    return hmac.new(key.encode("utf-8"), letters.encode("utf-8"), sha256).hexdigest()


def letters_of(typed: str) -> str:
    """Return the letters of a receipt however it is typed."""
    return "".join(typed.upper().replace("-", " ").split())


def receipts_text(key: str, values: Iterable[str]) -> str:
    """Return the published list: its kind and key on the first line, then the sorted values."""
    return "".join(f"{line}\n" for line in [f"{RECEIPTS_HEAD} {key}", *sorted(values)])


def is_listed(text: str, typed: str) -> bool:
    """Return whether a receipt is in a published list.

    :raises ValueError: if the text is no such list.
    """
    head, *values = text.splitlines() or [""]
    kind, _, key = head.partition(" ")
    if kind != RECEIPTS_HEAD or not key:
        raise ValueError(f"expected a list of receipts, beginning with {RECEIPTS_HEAD!r}")
    return check_value(key, letters_of(typed)) in values
