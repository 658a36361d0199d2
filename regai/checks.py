"""What must be set before the site may run in production: one sentence each."""

from typing import Any

from cryptography.fernet import Fernet
from django.conf import settings
from django.core.checks import CheckMessage, Error, register

SHORTEST_SECRET = 32


@register()
def keys_are_usable(**_: Any) -> list[CheckMessage]:
    """Return an error for each key that cannot do its work."""
    faults: list[CheckMessage] = []
    for key in settings.SEALING_KEYS:
        try:
            Fernet(key)
        except ValueError:
            faults.append(
                Error(
                    "REGAI_SEALING_KEYS holds a key that is not 32 bytes in url-safe base64.",
                    id="regai.E001",
                )
            )
    if settings.EXAMPLE_MODE:
        return faults
    secrets = {
        "REGAI_SECRET_KEY": settings.SECRET_KEY,
        "REGAI_LOOKUP_KEY": settings.LOOKUP_KEY,
        "REGAI_RECEIPT_KEY": settings.RECEIPT_KEY,
    }
    faults += [
        Error(f"{name} is shorter than {SHORTEST_SECRET} characters.", id="regai.E002")
        for name, value in secrets.items()
        if len(value) < SHORTEST_SECRET
    ]
    return faults
