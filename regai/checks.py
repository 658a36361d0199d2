"""What must be set before the site may run in production: one sentence each."""

import base64
import binascii
from typing import Any

from cryptography.fernet import Fernet
from django.conf import settings
from django.core.checks import CheckMessage, Error, register

SHORTEST_SECRET = 50
FEWEST_LETTERS = 10
# The example's own keys begin so, and what people leave standing in a file they have copied.
KNOWN_BEGINNINGS = ("example", "change", "replace", "secret", "insecure", "django-insecure")


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
    for name, value in secrets.items():
        faults += _too_weak(name, value)
    faults += [
        Error("REGAI_SEALING_KEYS holds the example's own key.", id="regai.E003")
        for key in settings.SEALING_KEYS
        if _open(key).lower().startswith(KNOWN_BEGINNINGS)
    ]
    if len(set(secrets.values())) < len(secrets):
        names = ", ".join(secrets)
        faults.append(Error(f"{names} must differ from one another.", id="regai.E004"))
    if not settings.SITE_URL.startswith("https://"):
        faults.append(Error("REGAI_SITE_URL must begin with https://.", id="regai.E005"))
    if settings.EMAIL_USE_TLS and settings.EMAIL_USE_SSL:
        faults.append(Error("EMAIL_USE_TLS and EMAIL_USE_SSL exclude each other.", id="regai.E007"))
    if "*" in settings.ALLOWED_HOSTS:
        faults.append(Error("REGAI_HOSTS must name the site's hosts, not *.", id="regai.E006"))
    return faults


def _too_weak(name: str, value: str) -> list[CheckMessage]:
    if value.lower().startswith(KNOWN_BEGINNINGS):
        return [Error(f"{name} is a default, not a secret.", id="regai.E003")]
    if len(value) < SHORTEST_SECRET or len(set(value)) < FEWEST_LETTERS:
        return [
            Error(
                f"{name} is too easy to guess: take {SHORTEST_SECRET} random characters or more"
                " (python3 regai/starting/keys.py makes some).",
                id="regai.E002",
            )
        ]
    return []


def _open(key: str) -> str:
    """Return what a key holds if that is text."""
    try:
        return base64.urlsafe_b64decode(key).decode("ascii")
    except (binascii.Error, ValueError):
        return ""
