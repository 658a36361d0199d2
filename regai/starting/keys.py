"""New secrets for a site: ``python3 regai/starting/keys.py`` prints the lines of an ``.env``.

``--build`` prints stand-ins for all that production needs, for building an image: they are used
for one command, in which nothing is signed or sealed, and kept nowhere.
"""

import base64
import secrets
import sys

BYTES = 48
SEALING_BYTES = 32  # what Fernet takes
STAND_INS = {
    "REGAI_MODE": "production",
    "REGAI_SITE_URL": "https://build.invalid",
    "REGAI_HOSTS": "build.invalid",
    "REGAI_CONTROLLER": "build",
    "REGAI_GRANTING_AUTHORITY": "build",
    "REGAI_DELEGATION": "build",
    "REGAI_LEGAL_BASIS": "build",
    "REGAI_CASE_SERIES": "build",
    "REGAI_APPEAL": "build",
    "REGAI_CONTACT_NAME": "build",
    "REGAI_CONTACT_EMAIL": "build@build.invalid",
    "REGAI_CONTACT_PHONE": "0",
    "REGAI_DPO_EMAIL": "build@build.invalid",
    "REGAI_FROM_EMAIL": "build@build.invalid",
    "EMAIL_HOST": "build.invalid",
    "DATABASE_URL": "postgres://build.invalid/build",
    "REDIS_URL": "redis://build.invalid",
}


def new_keys() -> dict[str, str]:
    """Return fresh secrets by the name of their variable; each call gives others."""
    return {
        "REGAI_SECRET_KEY": secrets.token_urlsafe(BYTES),
        "REGAI_SEALING_KEYS": base64.urlsafe_b64encode(secrets.token_bytes(SEALING_BYTES)).decode(),
        "REGAI_LOOKUP_KEY": secrets.token_urlsafe(BYTES),
        "REGAI_RECEIPT_KEY": secrets.token_urlsafe(BYTES),
    }


def stand_ins() -> dict[str, str]:
    """Return all that production needs to read its settings, and nothing that is true."""
    return {**STAND_INS, **new_keys()}


if __name__ == "__main__":
    chosen = stand_ins() if "--build" in sys.argv[1:] else new_keys()
    sys.stdout.write("".join(f"{name}={value}\n" for name, value in chosen.items()))
