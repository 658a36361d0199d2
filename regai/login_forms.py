"""The form that asks for a code: no longer address than a letter can be promised to."""

from allauth.account.fields import EmailField
from allauth.account.forms import RequestLoginCodeForm

from accounts.forms import LONGEST_EMAIL, TOO_LONG


class AskForCode(RequestLoginCodeForm):  # type: ignore[misc]  # allauth ships no types
    """Takes the address that a code is to go to."""

    email = EmailField(max_length=LONGEST_EMAIL, error_messages=TOO_LONG)
