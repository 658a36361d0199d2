"""Fields that forms of several apps have."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

# What a row keeps (models.EmailField), and all that a mail server takes (RFC 5321).
LONGEST_EMAIL = 254
TOO_LONG: dict[str, Any] = {"max_length": _("Adressen är för lång. Skriv högst 254 tecken.")}


class EmailField(forms.EmailField):
    """An e-mail address no longer than a row can keep; Django's own takes 320 characters."""

    default_error_messages = TOO_LONG

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=LONGEST_EMAIL, **kwargs)
