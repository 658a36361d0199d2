"""Second factors as people hold them: an app for codes, spare codes, and logging in with both."""

import time
from typing import Any

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.account.internal.flows.login import _AUTHENTICATION_METHODS_USER_SESSION_KEY
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.test import Client

from accounts.models import User


def make_app(user: User) -> str:
    """Give ``user`` an app for codes and spare codes; return the app's secret."""
    secret: str = generate_totp_secret()
    TOTP.activate(user, secret)
    RecoveryCodes.activate(user)
    return secret


def code_of(secret: str, *, later: int = 0) -> str:
    """Return the code that the app shows now, or ``later`` half-minutes from now."""
    now = [*yield_hotp_counters_from_time()][1]
    return str(format_hotp_value(hotp_value(secret, now + later)))


def spare_codes(user: User) -> list[str]:
    """Return the spare codes of ``user`` that have not been used."""
    kept = Authenticator.objects.get(user=user, type=Authenticator.Type.RECOVERY_CODES)
    unused: list[str] = kept.wrap().get_unused_codes()
    return unused


def force_second_factor(client: Client, user: User, *, hours_ago: float = 0) -> None:
    """Put into the session of ``client`` what a log-in with the app of ``user`` leaves there."""
    app = Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP)
    session: Any = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [
        {"method": "mfa", "at": time.time() - hours_ago * 3600, "id": app.pk, "type": "totp"}
    ]
    session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(user.pk)
    session.save()
