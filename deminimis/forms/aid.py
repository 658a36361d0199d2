"""The list of earlier aid: as many rows as needed, empty ones ignored."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from deminimis.actions import Declared
from deminimis.forms.fields import AmountField, WhenField
from deminimis.models import DeclaredAid
from deminimis.queries import REGULATION
from deminimis.rules import UNKNOWN_REGULATION
from deminimis.words import REGULATIONS

MOST_ROWS = 100
# First day of force of the regulations that replaced others. **Source:** Reg. (EU) 2023/2831 Art. 8
# and Reg. (EU) 2023/2832 Art. 8.
IN_FORCE_FROM = {"2023/2831": date(2024, 1, 1), "2023/2832": date(2024, 1, 1)}
NEEDED = {
    "when": _("Skriv när stödet beslutades, eller välj Vet inte under Slag av stöd."),
    "amount": _("Skriv hur stort stödet var, eller välj Vet inte under Slag av stöd."),
}
TYPED = ("granter", "when", "amount")
FAULTS = {
    "too_many_forms": _("Du kan skriva högst %(num)d stöd här. Hör av dig om ni har fått fler."),
    "missing_management_form": _(
        "Sidan kom inte fram hel. Ingenting sparades. Ladda om den och fyll i på nytt."
    ),
}


class AidForm(forms.Form):
    """One earlier aid."""

    granter = forms.CharField(
        label=_("Vem gav stödet?"),
        max_length=200,
        error_messages={"required": _("Skriv vem som gav stödet.")},
    )
    when = WhenField(
        label=_("När beslutades det?"),
        required=False,
        help_text=_("Till exempel 2025-03-14. Vet du bara året går det bra: 2025."),
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
    )
    amount = AmountField(
        label=_("Belopp"),
        required=False,
        help_text=_("Så som det står i beslutet, till exempel 25 000."),
        widget=forms.TextInput(
            attrs={"class": "govuk-input--width-10", "inputmode": "decimal", "autocomplete": "off"}
        ),
    )
    currency = forms.ChoiceField(
        label=_("Valuta"), choices=[("SEK", _("kronor")), ("EUR", _("euro"))], initial="SEK"
    )
    regulation = forms.ChoiceField(
        label=_("Slag av stöd"),
        help_text=_(
            "Står i beslutet. Är du osäker på det, dagen eller beloppet: välj Vet inte och lämna"
            " det du inte vet tomt. Då tar vi reda på det."
        ),
        choices=list(REGULATIONS.items()),
        initial=REGULATION,
    )
    remove = forms.BooleanField(label=_("Ta bort den här raden"), required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        when = self.fields["when"]
        if isinstance(when, WhenField):
            when.today = today

    def has_changed(self) -> bool:
        """Return whether anything was typed into the row, or it is to stay."""
        values = (self.data.get(self.add_prefix(name), "") for name in TYPED)
        return any(value.strip() for value in values) and not self.is_to_go

    @property
    def is_to_go(self) -> bool:
        """Whether the row is ticked to be removed."""
        return bool(self.data.get(self.add_prefix("remove")))

    def clean(self) -> dict[str, Any]:
        """Ask for day and amount unless "do not know"; refuse a regulation not in force then."""
        row = super().clean() or {}
        when, regulation = row.get("when"), row.get("regulation", "")
        if regulation != UNKNOWN_REGULATION:
            for name, said in NEEDED.items():
                if name not in self.errors and not row.get(name):
                    self.add_error(name, said)
        since = IN_FORCE_FROM.get(regulation)
        if when and since and (when.year or when.granted_on.year) < since.year:
            self.add_error(
                "regulation",
                _("Det slaget av stöd finns först från 2024. Välj ett annat, eller Vet inte."),
            )
        return row

    def declared(self) -> Declared:
        """Return the row as it is kept."""
        row = self.cleaned_data
        return Declared(
            granter=row["granter"],
            granted_on=row["when"].granted_on if row["when"] else None,
            year=row["when"].year if row["when"] else None,
            amount=row["amount"],
            currency=row["currency"],
            regulation=row["regulation"],
        )


if TYPE_CHECKING:
    Rows = forms.BaseFormSet[AidForm]
else:
    Rows = forms.BaseFormSet  # not subscriptable when the program runs


class AidRows(Rows):
    """The rows of one certificate. Every row may be left empty; at least one must be told."""

    def initial_form_count(self) -> int:
        """Return 0 for what was posted: a row that was kept may be emptied like any other."""
        return 0 if self.is_bound else super().initial_form_count()

    def clean(self) -> None:
        """Ask for at least one row: that nothing was received is said by its own button."""
        if not any(self.errors) and not self.lines():
            raise forms.ValidationError(
                _("Fyll i minst ett stöd, eller välj Vi har inte fått något.")
            )

    def lines(self) -> list[Declared]:
        """Return the rows that are told and stay."""
        return [form.declared() for form in self.forms if form.has_changed()]


def aid_rows(
    data: Any = None, *, kept: Iterable[DeclaredAid] = (), blank: int = 0, today: date
) -> AidRows:
    """Return the rows as posted, or those that are kept with ``blank`` empty ones after them."""
    made = forms.formset_factory(
        AidForm,
        formset=AidRows,
        extra=blank,
        max_num=MOST_ROWS,
        absolute_max=MOST_ROWS,
        validate_max=True,
    )
    rows = cast("type[AidRows]", made)
    if data is not None:
        faults = {code: str(said) for code, said in FAULTS.items()}
        return rows(data, prefix="stod", form_kwargs={"today": today}, error_messages=faults)
    initial = [_initial(line) for line in kept]
    return rows(prefix="stod", initial=initial, form_kwargs={"today": today})


def _initial(line: DeclaredAid) -> dict[str, Any]:
    return {
        "granter": line.granter,
        "when": line.granted_on.isoformat() if line.granted_on else str(line.year or ""),
        "amount": ""
        if line.amount is None
        else f"{line.amount:f}".replace(".", ",").removesuffix(",00"),
        "currency": line.currency,
        "regulation": line.regulation,
    }
