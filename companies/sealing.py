"""Numbers that must not lie open in the database: sealed to keep, keyed digest to find.

A sealed number can be opened by the site's keys only (Fernet: AES-128-CBC with HMAC-SHA-256; the
first key seals, all keys open, so keys can be changed). The digest finds an equal number and
tells nothing else: it is an HMAC under a key of its own.
"""

import hashlib
import hmac
from functools import cache

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings


def sealed(digits: str) -> str:
    """Return ``digits`` so that only the site's keys can open it; different each time."""
    return _keys(tuple(settings.SEALING_KEYS)).encrypt(digits.encode()).decode()


def opened(seal: str) -> str:
    """Return what ``sealed`` was given.

    :raises cryptography.fernet.InvalidToken: if no key of the site opens it.
    """
    return _keys(tuple(settings.SEALING_KEYS)).decrypt(seal.encode()).decode()


def digest(digits: str) -> str:
    """Return the key by which an equal number is found."""
    key = settings.LOOKUP_KEY.encode()
    return hmac.new(key, b"organisation-number|" + digits.encode(), hashlib.sha256).hexdigest()


@cache
def _keys(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])
