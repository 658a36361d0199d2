"""Ranking courses without dragging: a place for each, or none."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from voting.models import Option
from voting.rules import Ranking

OPTION = "plats-"


class RankingForm(forms.Form):
    """A place from 1 for each option; the same place twice is a tie; no place is "last of all"."""

    all_optional = True  # a blank vote is a vote: nothing is marked as optional

    receipt = forms.CharField(
        label=_("Kvitto från när du röstade"),
        required=False,
        max_length=60,
        help_text=_("Fem grupper med fyra tecken. Behövs för att ändra en röst."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "govuk-input--width-20"}),
    )

    def __init__(
        self, *args: Any, options: Sequence[Option], asks_receipt: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if asks_receipt:
            self.fields["receipt"].required = True
        else:
            self.fields["receipt"].widget = forms.HiddenInput()
        places: list[Any] = [("", _("Ingen plats"))]
        places += [(str(n), str(n)) for n in range(1, len(options) + 1)]
        for option in options:
            self.fields[OPTION + option.key] = forms.ChoiceField(
                label=_("Plats för %(title)s") % {"title": option.title},
                choices=places,
                required=False,
                widget=forms.Select(attrs={"class": "govuk-input--width-5"}),
            )

    def ranking(self) -> Ranking:
        """Return the tiers, the best first, once the form is valid; empty is a blank vote."""
        tiers: dict[int, list[str]] = {}
        for name, place in self.cleaned_data.items():
            if name.startswith(OPTION) and place:
                tiers.setdefault(int(place), []).append(name.removeprefix(OPTION))
        return [sorted(tiers[place]) for place in sorted(tiers)]


class ReceiptForm(forms.Form):
    """A receipt to look for among the votes that were counted."""

    receipt = forms.CharField(
        label=_("Ditt kvitto"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "govuk-input--width-20"}),
    )
