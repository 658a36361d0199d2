"""One form for each question of the certificate, and for the declaration."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from companies.numbers import OrganisationNumber, WrongNumber, read
from companies.rules import Sector, nace_in
from companies.words import NUMBER_FAULTS

YES_NO = [("ja", _("Ja")), ("nej", _("Nej"))]
WRONG_NUMBER_TAKEN = _(
    "Vi kan inte föra in numret härifrån. Lämna fältet tomt och fortsätt, så hör vi av oss."
)


def yes_or_no(value: bool | None) -> str:
    """Return what is chosen in a yes-or-no question: nothing while it is not answered."""
    return "" if value is None else "ja" if value else "nej"


def _yes_or_no_field(label: Any, *, error: Any, help_text: Any = "") -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        help_text=help_text,
        choices=YES_NO,
        coerce=lambda chosen: chosen == "ja",
        widget=forms.RadioSelect,
        error_messages={"required": error, "invalid_choice": error},
    )


class SignerForm(forms.Form):
    """Who fills the certificate in."""

    name = forms.CharField(
        label=_("Ditt namn"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Skriv ditt namn.")},
    )
    is_authorised = _yes_or_no_field(
        _("Får du skriva under för företaget?"),
        help_text=_(
            "Den som får skriva under är behörig firmatecknare: ofta ägaren, vd eller någon i"
            " styrelsen. Svarar du nej kan du ändå fylla i och sedan skicka länken vidare."
        ),
        error=_("Svara ja eller nej."),
    )


class NumberForm(forms.Form):
    """The organisation number of a company that we have no number of."""

    number = forms.CharField(
        label=_("Organisationsnummer"),
        required=False,
        max_length=40,
        help_text=_("Tio siffror. För enskild firma är det ditt personnummer."),
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20", "autocomplete": "off"}),
    )

    def clean_number(self) -> OrganisationNumber | None:
        """Return the number, or None for an empty field."""
        typed = self.cleaned_data["number"]
        if not typed:
            return None
        try:
            return read(typed)
        except WrongNumber as wrong:
            raise forms.ValidationError(NUMBER_FAULTS[wrong.fault]) from wrong


class GroupForm(forms.Form):
    """Whether the company belongs together with others."""

    is_group = _yes_or_no_field(
        _("Hör företaget ihop med andra företag?"), error=_("Svara ja eller nej.")
    )
    names = forms.CharField(
        label=_("Om ja: vilka företag?"),
        required=False,
        max_length=4000,
        help_text=_(
            "Skriv ett företag på varje rad, gärna med organisationsnummer."
            " Av en enskild firmas nummer sparar vi bara de två sista siffrorna."
        ),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for the names where the answer is yes."""
        answers = super().clean() or {}
        if answers.get("is_group") and not answers.get("names"):
            self.add_error("names", _("Skriv vilka företag det är."))
        return answers


class SectorForm(forms.Form):
    """Whether the company farms, herds reindeer or fishes."""

    sector = forms.TypedChoiceField(
        label=_("Bedriver företaget något av det här?"),
        choices=[
            (Sector.PRIMARY_AGRICULTURE, _("Jordbruk eller renskötsel")),
            (Sector.PRIMARY_FISHERY, _("Fiske eller vattenbruk")),
            (Sector.OTHER, _("Nej, inget av det")),
        ],
        coerce=Sector,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Välj ett av svaren."),
            "invalid_choice": _("Välj ett av svaren."),
        },
    )

    nace = forms.CharField(
        label=_("Företagets SNI-kod"),
        required=False,
        max_length=10,
        help_text=_(
            "Två till fem siffror, till exempel 62.010. Koden står i beskedet från Skatteverket."
            " Vet du inte, lämna tomt."
        ),
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5", "autocomplete": "off"}),
    )

    def clean_nace(self) -> str:
        """Return the code as the register has it, or "" for an empty field."""
        typed = self.cleaned_data["nace"]
        nace = nace_in(typed)
        if typed and not nace:
            raise forms.ValidationError(_("Skriv koden som 62.010, eller lämna fältet tomt."))
        return nace


class AccountsForm(forms.Form):
    """Whether other activity is kept apart from farming, herding or fishing."""

    are_separate = _yes_or_no_field(
        _("Har företaget också annan verksamhet, med räkenskaper för sig?"),
        help_text=_(
            "Svara ja bara om bokföringen skiljer verksamheterna åt. Svara nej om allt bokförs"
            " tillsammans, eller om företaget inte gör något annat."
        ),
        error=_("Svara ja eller nej."),
    )


class DeclarationForm(forms.Form):
    """What is declared when the certificate is signed; nothing is ticked beforehand."""

    is_authorised = forms.BooleanField(
        label=_("Jag får skriva under för företaget."),
        error_messages={"required": _("Intyga att du får skriva under för företaget.")},
    )
    covers_group = forms.BooleanField(
        label=_("Intyget gäller företaget och alla företag som det hör ihop med."),
        error_messages={"required": _("Intyga att intyget gäller alla företag som hör ihop.")},
    )
    is_true = forms.BooleanField(
        label=_("Uppgifterna är sanna och fullständiga."),
        error_messages={"required": _("Intyga att uppgifterna är sanna och fullständiga.")},
    )


class PaperForm(forms.Form):
    """A signed certificate, scanned or photographed."""

    paper = forms.FileField(
        label=_("Det undertecknade intyget"),
        help_text=_("PDF, PNG, JPEG eller HEIC, högst 10 MB. Ett foto från mobilen går bra."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg,.heic"}),
        allow_empty_file=True,
        error_messages={
            "required": _("Välj filen med det undertecknade intyget."),
            "max_length": _("Filens namn är för långt."),
        },
    )


class HandOverForm(forms.Form):
    """Who is to fill the certificate in."""

    name = forms.CharField(
        label=_("Namn på den som ska fylla i"),
        max_length=200,
        error_messages={"required": _("Skriv namnet.")},
    )
    email = forms.EmailField(
        label=_("E-postadress"),
        help_text=_("Dit skickar vi länken. Den som har länken kan läsa och ändra svaren."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": _("Skriv e-postadressen."),
            "invalid": _("Skriv e-postadressen som namn@exempel.se."),
        },
    )


class AnswerForm(forms.Form):
    """What the company says before an officer decides."""

    answer = forms.CharField(
        label=_("Ert svar"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Skriv ett svar, eller lämna sidan utan att svara.")},
    )
