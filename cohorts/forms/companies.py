"""What an officer types about one company: who speaks for it, and what it is."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cohorts.actions.contacts import ToldContact
from companies.rules import Kind

LONGEST_ADDRESS = 254


class KindForm(forms.Form):
    """What a company is, and how the officer knows; a sole trader is one by its number."""

    kind = forms.TypedChoiceField(
        label=_("Vad är det för organisation?"),
        choices=[
            (Kind.ENTERPRISE, _("Företag")),
            (Kind.ASSOCIATION, _("Förening eller stiftelse")),
            (Kind.PUBLIC_BODY, _("Offentlig organisation, till exempel en kommun")),
        ],
        coerce=Kind,
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj vad det är för organisation.")},
    )
    why = forms.CharField(
        label=_("Varför?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Skriv varför.")},
    )


class ContactForm(forms.Form):
    """Somebody who is to speak for the company at hand."""

    email = forms.EmailField(
        label=_("E-post till kontaktpersonen"),
        max_length=LONGEST_ADDRESS,
        help_text=_("Personen loggar in med den, och dit går breven till företaget."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Skriv en e-postadress.")},
    )
    name = forms.CharField(
        label=_("Kontaktpersonens namn"),
        max_length=200,
        help_text=_("Har adressen redan ett konto gäller namnet och språket där."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Skriv namnet.")},
    )
    language = forms.ChoiceField(
        label=_("Språk i brev"),
        choices=[("sv", _("Svenska")), ("en", _("Engelska"))],
        initial="sv",
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--inline"}),
    )
    may_sign = forms.BooleanField(
        label=_("Är behörig firmatecknare"),
        required=False,
        help_text=_("Då kan personen också säga ja till en kursavgift för företaget."),
    )

    def told(self) -> ToldContact:
        """Return who was told of."""
        return ToldContact(**self.cleaned_data)
