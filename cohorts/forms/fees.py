"""Who is asked to pay, and what whoever pays must have read and told."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms import EmailField

LONGEST_ADDRESS = 500


class AskCompanyForm(forms.Form):
    """Who may decide for the company. Not needed where somebody here may sign for it."""

    name = forms.CharField(
        label=_("Namn på den som får besluta för företaget"),
        max_length=200,
        error_messages={"required": _("Skriv vem som får besluta.")},
    )
    email = EmailField(
        label=_("E-post till den personen"),
        help_text=_("Dit skickar vi frågan, med villkoren. Ingen är bunden förrän de svarar."),
        error_messages={"required": _("Skriv en e-postadress, så att vi kan fråga.")},
    )

    def __init__(self, *args: Any, own: frozenset[str], has_signatory: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.own = own
        if has_signatory:
            self.fields.clear()

    def clean_email(self) -> str:
        """Refuse the participant's own address: an employee does not decide for the company."""
        email: str = self.cleaned_data["email"]
        if email.lower() in self.own:
            raise forms.ValidationError(
                _(
                    "Det är din egen adress. Ange den som får besluta för företaget. Är det du"
                    " själv, hör av dig till oss, så lägger vi in dig som kontaktperson."
                )
            )
        return email


class InvoiceForm(forms.Form):
    """Where the invoice goes."""

    invoice_to = forms.CharField(
        label=_("Fakturaadress"),
        help_text=_("Namn, gata, postnummer och ort, eller adress för e-faktura."),
        max_length=LONGEST_ADDRESS,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Skriv vart fakturan ska.")},
    )
    reference = forms.CharField(
        label=_("Er referens"),
        help_text=_("Till exempel ett kostnadsställe eller ett ordernummer."),
        max_length=100,
        required=False,
    )


class CompanyFeeForm(InvoiceForm):
    """The word of somebody who may bind the company. Nothing is ticked beforehand."""

    signer = forms.CharField(
        label=_("Ditt namn"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Skriv ditt namn.")},
    )
    may_bind = forms.BooleanField(
        label=_("Jag får besluta om köpet för företaget och har läst priset med och utan moms"),
        error_messages={"required": _("Kryssa i rutan om du får besluta för företaget.")},
    )


class PrivateFeeForm(InvoiceForm):
    """The word of somebody who pays with their own money."""

    knows_terms = forms.BooleanField(
        label=_("Jag betalar själv som privatperson och har läst priset och min ångerrätt"),
        error_messages={"required": _("Läs villkoren och kryssa i rutan.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["reference"]
