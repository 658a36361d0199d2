"""What an officer types to settle a doubt by word, to change aid, and to claim it back."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cohorts.actions.settling import Word
from cohorts.forms.aid import no_conflict_field
from deminimis.rules import WITHOUT_A_SUM, EntryKind

WIDTH = {"class": "govuk-input--width-10", "inputmode": "decimal", "autocomplete": "off"}


def euro_field(**told: Any) -> forms.DecimalField:
    """Return a field for an amount in euro of at least 0, to the cent."""
    return forms.DecimalField(
        localize=True,
        min_value=Decimal(0),
        max_digits=11,
        decimal_places=2,
        widget=forms.TextInput(attrs=WIDTH),
        **told,
    )


class SettlementForm(forms.Form):
    """What is settled by word; a second officer approves."""

    key = forms.ChoiceField(
        label=_("Vad gäller det?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj vad det gäller.")},
    )
    counts_eur = euro_field(
        label=_("Belopp i euro"),
        error_messages={"required": _("Skriv hur många euro som räknas.")},
        help_text=_(
            "Hur mycket av ett tidigare stöd som räknas, 0 om inget av det räknas. Saknas en kurs"
            " för dagen: vad platsen är värd."
        ),
    )
    reason = forms.CharField(
        label=_("Skäl"),
        help_text=_("Vad bygger du på, och varför blir det så? Deltagaren kan läsa det."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Skriv skälen.")},
    )
    no_conflict = no_conflict_field()

    def __init__(self, *args: Any, choices: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        key, told = self.fields["key"], list(choices)
        if isinstance(key, forms.ChoiceField):
            key.choices = told
        codes = {code for code, _words in told}
        self.fields["counts_eur"].required = codes.isdisjoint(WITHOUT_A_SUM)
        if codes <= WITHOUT_A_SUM:
            del self.fields["counts_eur"]

    def clean(self) -> dict[str, Any]:
        """Ask for the sum of an earlier aid, or of a place on a day without a rate."""
        told = super().clean() or {}
        has_sum = told.get("key") not in {None, *WITHOUT_A_SUM}
        if has_sum and told.get("counts_eur") is None and "counts_eur" not in self.errors:
            self.add_error("counts_eur", _("Skriv hur många euro som räknas."))
        return told

    def word(self) -> Word:
        """Return what is to be settled."""
        told = self.cleaned_data
        return Word(
            key=told["key"],
            counts_eur=None if told["key"] in WITHOUT_A_SUM else told["counts_eur"],
            reason=told["reason"],
            without_conflict=told["no_conflict"],
        )


class CorrectionForm(forms.Form):
    """How a grant is changed: a new line in the ledger, with its reason."""

    kind = forms.TypedChoiceField(
        label=_("Vad ska göras?"),
        choices=[
            (EntryKind.ANNULMENT, _("Upphäva stödet helt")),
            (EntryKind.REDUCTION, _("Sätta ned stödet")),
            (EntryKind.CORRECTION, _("Rätta ett belopp som skrevs fel")),
        ],
        coerce=EntryKind,
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj vad som ska göras.")},
    )
    becomes_eur = euro_field(
        label=_("Stödet blir, i euro"),
        required=False,
        help_text=_("Behövs inte när stödet upphävs helt."),
    )
    why = forms.CharField(
        label=_("Skäl"),
        help_text=_("Företaget läser skälen i ett brev."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Skriv skälen.")},
    )
    no_conflict = no_conflict_field()

    def clean(self) -> dict[str, Any]:
        """Ask for the new sum unless the grant is annulled, which makes it nothing."""
        told = super().clean() or {}
        if told.get("kind") is EntryKind.ANNULMENT:
            told["becomes_eur"] = Decimal(0)
        elif told.get("becomes_eur") is None and "becomes_eur" not in self.errors:
            self.add_error("becomes_eur", _("Skriv vad stödet blir."))
        return told


class RecoveryForm(forms.Form):
    """Why aid is looked into."""

    why = forms.CharField(
        label=_("Vad var fel i intyget?"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Skriv vad som var fel.")},
    )
    no_conflict = no_conflict_field()


class DemandForm(forms.Form):
    """The rate and the last day of a demand; neither has a default."""

    percent = forms.DecimalField(
        label=_("Räntesats i procent om året"),
        localize=True,
        min_value=Decimal(0),
        max_value=Decimal(100),
        max_digits=5,
        decimal_places=2,
        help_text=_("Kommissionens referensränta och 1 procentenhet, enligt förordning 794/2004."),
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5", "inputmode": "decimal"}),
        error_messages={"required": _("Skriv räntesatsen.")},
    )
    pay_by = forms.DateField(
        label=_("Sista dag att betala"),
        help_text=_("Till exempel 2026-12-31. Räntan räknas till den dagen."),
        error_messages={
            "required": _("Skriv sista dagen att betala."),
            "invalid": _("Skriv dagen som 2026-12-31."),
        },
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_pay_by(self) -> date:
        """Refuse a day that has been."""
        day: date = self.cleaned_data["pay_by"]
        if day <= self.today:
            raise forms.ValidationError(_("Dagen ska ligga framåt."))
        return day
