"""What an officer types: a decision on a certificate, a regulation, a registration, a search."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cohorts.forms.days import DayField
from deminimis.actions import Known
from deminimis.models import DeclaredAid
from deminimis.words import SETTLED_REGULATIONS

HAS_BEEN = MaxValueValidator(timezone.localdate, _("Dagen har inte varit än."))


def no_conflict_field() -> forms.BooleanField:
    """Return the box in which whoever decides says not to be partial; never ticked beforehand."""
    return forms.BooleanField(
        label=_("Jag är inte jävig i ärendet"),
        help_text=_("Jäv är till exempel släktskap, vänskap eller eget intresse i företaget."),
        error_messages={"required": _("Är du jävig ska en kollega avgöra.")},
    )


class CertificateDecisionForm(forms.Form):
    """The officer's word on a certificate; a no needs a reason, which the company reads."""

    note = forms.CharField(
        label=_("Anteckning eller skäl"),
        required=False,
        max_length=2000,
        help_text=_("Behövs om du inte godkänner: företaget får skälet i ett brev."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    no_conflict = no_conflict_field()

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
    """What nobody knew about each line: its regulation, and its day and amount where missing."""

    def __init__(self, *args: Any, lines: Iterable[DeclaredAid], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = list(lines)
        for line in self.lines:
            words = {"granter": line.granter}
            self.fields[f"line-{line.pk}"] = forms.ChoiceField(
                label=line.granter,
                required=False,
                choices=[("", _("Inte klart än")), *SETTLED_REGULATIONS.items()],
            )
            if line.granted_on is None and line.year is None:
                self.fields[f"day-{line.pk}"] = DayField(
                    label=_("Dag för beslutet, %(granter)s") % words,
                    required=False,
                    validators=[HAS_BEEN],
                )
            if line.amount is None:
                self.fields[f"amount-{line.pk}"] = forms.DecimalField(
                    label=_("Belopp, %(granter)s") % words,
                    required=False,
                    localize=True,
                    min_value=Decimal(0),
                    max_digits=12,
                    decimal_places=2,
                    widget=forms.TextInput(attrs={"inputmode": "decimal"}),
                )

    def clean(self) -> dict[str, Any]:
        """Ask for the day and the amount of a line whose regulation has been found out."""
        told = super().clean() or {}
        for line in self.lines:
            for part in ("day", "amount"):
                name = f"{part}-{line.pk}"
                missing = name in self.fields and name not in self.errors and told.get(name) is None
                if told.get(f"line-{line.pk}") and missing:
                    self.add_error(name, _("Behövs för att stödet ska kunna räknas."))
        return told

    def settled(self) -> dict[int, Known]:
        """Return what has been found out, by line id."""
        told = self.cleaned_data
        return {
            line.pk: Known(
                regulation=told[f"line-{line.pk}"],
                granted_on=told.get(f"day-{line.pk}"),
                amount=told.get(f"amount-{line.pk}"),
            )
            for line in self.lines
            if told.get(f"line-{line.pk}")
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
    no_conflict = no_conflict_field()


class ConflictForm(forms.Form):
    """The word of whoever decides not to be partial."""

    no_conflict = no_conflict_field()


class HearForm(forms.Form):
    """What speaks against a certificate, in words that the company reads."""

    against = forms.CharField(
        label=_("Vad talar emot intyget?"),
        help_text=_("Företaget läser det här och kan svara i sju dagar innan du avgör."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Skriv vad som talar emot.")},
    )


class BatchForm(forms.Form):
    """Certificates that are approved together, after a look at what it would mean."""

    def __init__(self, *args: Any, choices: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["certificates"] = forms.TypedMultipleChoiceField(
            label=_("Intyg utan anmärkning"),
            choices=list(choices),
            coerce=int,
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": _("Välj minst ett intyg.")},
        )
        self.fields["no_conflict"] = no_conflict_field()


class RatesForm(forms.Form):
    """The bank's own file of rates."""

    file = forms.FileField(
        label=_("Filen med växelkurser"),
        help_text=_("eurofxref-hist.zip eller eurofxref.csv från Europeiska centralbanken."),
        widget=forms.FileInput(attrs={"accept": ".zip,.csv"}),
        error_messages={"required": _("Välj filen."), "empty": _("Filen är tom.")},
    )
