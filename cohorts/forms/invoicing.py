"""What staff note about a fee that is on its way through the books."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cohorts.actions.invoicing import Mark
from cohorts.forms.staff_cohorts import date_input
from cohorts.rules.payments import FeeState
from cohorts.words import FEE_STATES

MARKS = {
    FeeState.INVOICED: _("Fakturerad"),
    FeeState.PAID: _("Betald"),
    FeeState.CREDITED: _("Krediterad"),
    FeeState.CANCELLED: _("Avbruten"),
}
NEED_A_REASON = frozenset({FeeState.CREDITED, FeeState.CANCELLED})


class FeeFilter(forms.Form):
    """Which fees to show."""

    all_optional = True
    lage = forms.ChoiceField(
        label=_("Läge"),
        choices=[("", _("alla")), *FEE_STATES.items()],
        required=False,
    )


class BatchMarkForm(forms.Form):
    """The day on which all of a basis was invoiced."""

    on = forms.DateField(
        label=_("Fakturerade den"),
        widget=date_input(),
        error_messages={
            "required": _("Skriv dagen."),
            "invalid": _("Skriv dagen som 2026-11-24."),
        },
    )


class FeeMarkForm(BatchMarkForm):
    """What has been done about one fee, and on which day."""

    to = forms.TypedChoiceField(
        label=_("Vad har hänt?"),
        coerce=FeeState,
        choices=list(MARKS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj vad som har hänt.")},
    )
    number = forms.CharField(label=_("Fakturanummer"), max_length=40, required=False)
    why = forms.CharField(
        label=_("Skäl"),
        help_text=_("Behövs för att kreditera eller avbryta. Det sparas i historiken."),
        max_length=300,
        required=False,
    )
    field_order = ("to", "on", "number", "why")

    def __init__(self, *args: Any, open_to: Collection[FeeState], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].label = _("Dag")
        # What cannot be is left out where the page is opened; a late answer is told so.
        if not self.is_bound:
            field = self.fields["to"]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- declared above
            field.choices = [(to, MARKS[to]) for to in MARKS if to in open_to]

    def clean(self) -> dict[str, Any]:
        """Refuse to credit or cancel without a reason."""
        told = super().clean() or {}
        if told.get("to") in NEED_A_REASON and not told.get("why"):
            self.add_error("why", _("Skriv varför."))
        return told

    def mark(self) -> Mark:
        """Return what was told, once the form is valid."""
        return Mark(**self.cleaned_data)
