"""What a person tells when accepting a seat."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms import EmailField
from cohorts.forms.interests import EMAIL_FAULTS


class NeedsForm(forms.Form):
    """What somebody needs at the table, and where they can be reached on the day."""

    needs = forms.CharField(
        label=_("Behöver du något särskilt på träffarna?"),
        required=False,
        max_length=500,
        help_text=_(
            "Till exempel hörslinga, tolk, material i förväg eller mat du inte tål."
            " Bara handledaren ser det, och det tas bort efter kursen."
        ),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    phone = forms.RegexField(
        r"^\+?[\d ()/-]{6,29}$",
        label=_("Telefonnummer"),
        required=False,
        max_length=30,
        help_text=_(
            "Handledaren ringer bara om en träff ändras i sista stund. Bara den som leder eller"
            " samordnar ser numret, och det tas bort efter kursen."
        ),
        error_messages={"invalid": _("Skriv numret med siffror, till exempel 070-174 06 05.")},
        widget=forms.TextInput(
            attrs={"type": "tel", "autocomplete": "tel", "class": "govuk-input--width-20"}
        ),
    )


class AcceptForm(NeedsForm):
    """A log-in address of one's own, what is needed at the table, where to ring."""

    field_order = ("login_email", "needs", "phone")

    login_email = EmailField(
        label=_("E-postadress att logga in med"),
        help_text=_("En adress som bara är din. Du loggar in med en kod, utan lösenord."),
        error_messages=EMAIL_FAULTS,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def __init__(self, *args: Any, has_login: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if has_login:
            self.fields["login_email"].widget = forms.HiddenInput()


class LeaveForm(forms.Form):
    """Why somebody gives a seat up."""

    why = forms.CharField(label=_("Vill du berätta varför?"), required=False, max_length=300)
