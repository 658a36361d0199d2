"""What an officer types about who controls whom."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cohorts.actions.aid import ToldChange, ToldControl
from cohorts.forms.days import DayField
from companies.numbers import OrganisationNumber, WrongNumber, read
from companies.rules import Basis, Restructuring
from companies.words import BASES


class OtherCompanyForm(forms.Form):
    """Another company, by its number; its name is for one that we do not have yet."""

    number = forms.CharField(
        label=_("Det andra företagets organisationsnummer"),
        max_length=40,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20", "autocomplete": "off"}),
        error_messages={"required": _("Skriv numret, så att det blir rätt företag.")},
    )
    name = forms.CharField(
        label=_("Det andra företagets namn"),
        max_length=200,
        help_text=_("Används om vi inte har företaget sedan förut."),
        error_messages={"required": _("Skriv företagets namn.")},
    )

    def clean_number(self) -> OrganisationNumber:
        """Return the number that was typed."""
        try:
            return read(self.cleaned_data["number"])
        except WrongNumber as wrong:
            raise forms.ValidationError(_("Numret stämmer inte. Kontrollera siffrorna.")) from wrong


class ControlForm(OtherCompanyForm):
    """A company that belongs together with the one at hand, and on what ground of the law."""

    OTHER_CONTROLS, IS_CONTROLLED = "owner", "owned"

    direction = forms.ChoiceField(
        label=_("Vem styr vem?"),
        choices=[
            (OTHER_CONTROLS, _("Det andra företaget styr det här")),
            (IS_CONTROLLED, _("Det här företaget styr det andra")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj vem som styr vem.")},
    )
    basis = forms.TypedChoiceField(
        label=_("På vilken grund? Den som styr"),
        choices=list(BASES.items()),
        coerce=Basis,
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj en grund.")},
    )
    percent = forms.DecimalField(
        label=_("Andel av rösterna i procent"),
        required=False,
        localize=True,
        min_value=Decimal(0),
        max_value=Decimal(100),
        max_digits=5,
        decimal_places=2,
        help_text=_("Behövs när grunden är rösterna. Mer än 50 är bestämmande inflytande."),
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5", "inputmode": "decimal"}),
        error_messages=dict.fromkeys(
            (
                "invalid",
                "min_value",
                "max_value",
                "max_digits",
                "max_whole_digits",
                "max_decimal_places",
            ),
            _("Skriv en andel från 0 till 100 med högst två decimaler."),
        ),
    )
    from_on = DayField(
        label=_("Från och med"),
        required=False,
        help_text=_("Till exempel 2026-11-24. Tomt om det alltid har varit så."),
        error_messages={"invalid": _("Skriv dagen som 2026-11-24.")},
    )

    def clean(self) -> dict[str, Any]:
        """Ask for the share where the ground is votes, and forget it where it is not."""
        told = super().clean() or {}
        if told.get("basis") is not Basis.VOTES:
            told["percent"] = None
        elif told.get("percent") is None and "percent" not in self.errors:
            self.add_error("percent", _("Skriv hur stor andel av rösterna det är."))
        return told

    def told(self) -> ToldControl:
        """Return the link as it was told."""
        kept = self.cleaned_data
        return ToldControl(
            other_name=kept["name"],
            other_number=kept["number"],
            other_controls=kept["direction"] == self.OTHER_CONTROLS,
            basis=kept["basis"],
            percent=kept["percent"],
            from_on=kept["from_on"],
        )


class ChangeForm(OtherCompanyForm):
    """A merger, a split or a purchase of assets, and the other company in it."""

    kind = forms.TypedChoiceField(
        label=_("Vad hände?"),
        choices=[
            (f"{Restructuring.MERGER}-source", _("Det här företaget gick upp i det andra")),
            (f"{Restructuring.MERGER}-target", _("Det andra företaget gick upp i det här")),
            (
                f"{Restructuring.SPLIT}-source",
                _("Det här delades, och en del blev det andra"),
            ),
            (
                f"{Restructuring.SPLIT}-target",
                _("Det andra delades, och en del blev det här"),
            ),
            (
                f"{Restructuring.ASSET_PURCHASE}-source",
                _("Det andra företaget köpte verksamhet av det här"),
            ),
            (
                f"{Restructuring.ASSET_PURCHASE}-target",
                _("Det här företaget köpte verksamhet av det andra"),
            ),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj vad som hände.")},
    )
    on = DayField(
        label=_("Vilken dag?"),
        help_text=_("Dagen då det fick verkan, till exempel 2026-04-01"),
        error_messages={
            "required": _("Skriv dagen."),
            "invalid": _("Skriv dagen som 2026-04-01."),
        },
    )
    kept = forms.ChoiceField(
        label=_("Vid delning: vem behöll verksamheten som stödet gick till?"),
        required=False,
        choices=[
            ("", _("Ingen vet, eller det var ingen delning")),
            ("here", _("Det här företaget")),
            ("there", _("Det andra företaget")),
        ],
    )
    own_equity = forms.DecimalField(
        label=_("Vid delning: det här företagets eget kapital i kronor"),
        required=False,
        localize=True,
        max_digits=15,
        decimal_places=2,
        help_text=_("Det bokförda värdet den dagen. Stödet fördelas efter det om ingen vet mer."),
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10", "inputmode": "decimal"}),
    )
    other_equity = forms.DecimalField(
        label=_("Vid delning: det andra företagets eget kapital i kronor"),
        required=False,
        localize=True,
        max_digits=15,
        decimal_places=2,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10", "inputmode": "decimal"}),
    )

    def told(self) -> ToldChange:
        """Return what was told; what belongs to a split is left out of the rest."""
        told = self.cleaned_data
        kind, _dash, side = told["kind"].partition("-")
        is_split = kind == Restructuring.SPLIT
        kept = {"here": True, "there": False}.get(told["kept"])
        return ToldChange(
            kind=Restructuring(kind),
            on=told["on"],
            other_name=told["name"],
            other_number=told["number"],
            is_source=side == "source",
            own_equity=told["own_equity"] if is_split else None,
            other_equity=told["other_equity"] if is_split else None,
            kept_here=kept if is_split else None,
        )


class TakeBackForm(forms.Form):
    """Why something that was told is taken back."""

    why = forms.CharField(
        label=_("Varför tas det tillbaka?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Skriv varför.")},
    )


class OnDayForm(forms.Form):
    """A day to look at a company on; an empty or impossible one is today."""

    all_optional = True
    dag = DayField(
        label=_("Visa som det var den"),
        required=False,
        widget=forms.DateInput(attrs={"class": "govuk-input--width-10"}),
    )


class PartForm(forms.Form):
    """The first day on which a link of control no longer stands."""

    until_on = DayField(
        label=_("Första dagen då kopplingen inte gäller"),
        help_text=_("Till exempel 2026-11-24"),
        error_messages={
            "required": _("Skriv dagen."),
            "invalid": _("Skriv dagen som 2026-11-24."),
        },
    )
