"""Forms of the second step that are stricter than allauth's own.

Those of passkeys refuse in words whatever is no answer of a key: allauth reads parts of it before
it looks whether they are there. Those of codes take each code once for as long as it could be
typed: allauth forgets it after half a minute, though a clock that is wrong is given longer.
"""

from typing import Any

from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django.core.cache import cache
from django.core.exceptions import ValidationError

UNREADABLE = (KeyError, TypeError, ValueError, AttributeError, IndexError)


def _refusal() -> ValidationError:
    refusal: ValidationError = get_adapter().validation_error("incorrect_code")
    return refusal


class _Once:
    """Reads a code, and takes it once."""

    user: Any
    authenticator: Any

    def clean_code(self) -> str:
        code: str = super().clean_code()  # type: ignore[misc]  # mixed into allauth's forms
        periods = 2 * app_settings.TOTP_TOLERANCE + 1
        key = f"second-factor/{self.user.pk}/{normalize_user_code(code)}"
        is_first = cache.add(key, "used", timeout=periods * app_settings.TOTP_PERIOD)
        if self.authenticator.type == Authenticator.Type.TOTP and not is_first:
            raise _refusal()
        return code


class Code(_Once, AuthenticateForm):  # type: ignore[misc]  # allauth ships no types
    """Takes the second step of a log-in by a code."""


class CodeAgain(_Once, ReauthenticateForm):  # type: ignore[misc]  # same
    """Shows again who one is by a code."""


class _Unlocked:
    """Reads the answer of a key that was unlocked."""

    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()  # type: ignore[misc]  # mixed into allauth's forms
        except UNREADABLE as unreadable:
            raise _refusal() from unreadable


class LogIn(_Unlocked, LoginWebAuthnForm):  # type: ignore[misc]  # allauth ships no types
    """Logs in by a key alone."""


class SecondStep(_Unlocked, AuthenticateWebAuthnForm):  # type: ignore[misc]  # same
    """Takes the second step of a log-in."""


class Again(_Unlocked, ReauthenticateWebAuthnForm):  # type: ignore[misc]  # same
    """Shows again who one is."""


class Add(AddWebAuthnForm):  # type: ignore[misc]  # same
    """Makes a key."""

    def clean(self) -> dict[str, Any]:
        try:
            cleaned: dict[str, Any] = super().clean()
        except UNREADABLE as unreadable:
            raise _refusal() from unreadable
        return cleaned
