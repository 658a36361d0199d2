"""What an officer types: a decision on a certificate, a regulation, a registration, a search."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from deminimis.models import DeclaredAid
from deminimis.words import SETTLED_REGULATIONS


class CertificateDecisionForm(forms.Form):
    """The officer's word on a certificate; a no needs a reason, which the company reads."""

    note = forms.CharField(
        label=_("Anteckning eller skäl"),
        required=False,
        max_length=2000,
        help_text=_("Behövs om du inte godkänner: företaget får skälet i ett brev."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, is_approved: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_approved = is_approved

    def clean_note(self) -> str:
        """Ask for the reason of a no."""
        note: str = self.cleaned_data["note"]
        if not self.is_approved and not note:
            raise forms.ValidationError(_("Skriv varför intyget inte godkänns."))
        return note


class SettleForm(forms.Form):
    """The regulation of each line that said "do not know"."""

    def __init__(self, *args: Any, lines: Iterable[DeclaredAid], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for line in lines:
            self.fields[f"line-{line.pk}"] = forms.ChoiceField(
                label=line.granter,
                required=False,
                choices=[("", _("Inte klart än")), *SETTLED_REGULATIONS.items()],
            )

    def settled(self) -> dict[int, str]:
        """Return the regulations that were chosen, by line id."""
        return {
            int(name.removeprefix("line-")): regulation
            for name, regulation in self.cleaned_data.items()
            if regulation
        }


class RegisterMarkForm(forms.Form):
    """When and under what a line was entered in the national register."""

    registered_on = forms.DateField(
        label=_("Dag då stödet registrerades"),
        help_text=_("Till exempel 2026-11-24"),
        error_messages={
            "required": _("Skriv dagen då stödet registrerades."),
            "invalid": _("Skriv dagen som 2026-11-24."),
        },
    )
    reference = forms.CharField(
        label=_("Registrets referens"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20", "autocomplete": "off"}),
    )

    def told(self) -> tuple[date, str]:
        """Return the day and the reference."""
        return self.cleaned_data["registered_on"], self.cleaned_data["reference"]


class CompanySearchForm(forms.Form):
    """A company by name or number. It is posted: a sole trader's number never stands in a URL."""

    all_optional = True
    sought = forms.CharField(
        label=_("Företagets namn eller organisationsnummer"),
        max_length=200,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20", "autocomplete": "off"}),
        error_messages={"required": _("Skriv ett namn eller ett nummer.")},
    )


class AnewForm(forms.Form):
    """Why a fee is decided anew."""

    why = forms.CharField(
        label=_("Vad har ändrats?"),
        help_text=_("Blir det ett nytt beslut kan deltagaren läsa det här."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Skriv vad som har ändrats.")},
    )
