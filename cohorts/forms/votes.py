"""Ranking courses without dragging: a place for each, or none."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from cohorts.words import HINDRANCES
from voting.models import Option
from voting.rules import Ranking
from voting.words import option_title

OPTION = "plats-"


class RankingForm(forms.Form):
    """A place from 1 for each option; the same place twice is a tie; no place is "last of all".

    By approval each option is ticked or not: all that are ticked share the first place.
    """

    all_optional = True  # a blank vote is a vote: nothing is marked as optional

    receipt = forms.CharField(
        label=_("Kvitto från när du röstade"),
        required=False,
        max_length=60,
        help_text=_("Fem grupper med fyra tecken. Behövs för att ändra en röst."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "govuk-input--width-20"}),
    )

    def __init__(
        self,
        *args: Any,
        options: Sequence[Option],
        asks_receipt: bool,
        is_approval: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if asks_receipt:
            self.fields["receipt"].required = True
        else:
            self.fields["receipt"].widget = forms.HiddenInput()
        for option in options:
            title = option_title(option.key, option.title)
            self.fields[OPTION + option.key] = (
                forms.BooleanField(label=title, required=False)
                if is_approval
                else _place(title, len(options))
            )

    def ranking(self) -> Ranking:
        """Return the tiers, the best first, once the form is valid; empty is a blank vote."""
        tiers: dict[int, list[str]] = {}
        for name, place in self.cleaned_data.items():
            if name.startswith(OPTION) and place:
                tiers.setdefault(int(place), []).append(name.removeprefix(OPTION))
        return [sorted(tiers[place]) for place in sorted(tiers)]


def _place(title: str, options: int) -> forms.ChoiceField:
    places: list[Any] = [("", _("Ingen plats"))]
    places += [(str(n), str(n)) for n in range(1, options + 1)]
    return forms.ChoiceField(
        label=_("Plats för %(title)s") % {"title": title},
        choices=places,
        required=False,
        widget=forms.Select(attrs={"class": "govuk-input--width-5 regai-rank"}),
        error_messages={
            "invalid_choice": _("Välj en plats i listan. Ingenting sparades."),
        },
    )


class HindranceForm(forms.Form):
    """That a course cannot be used, and why; who says so is not kept."""

    course = forms.TypedChoiceField(label=_("Kurs"), coerce=int)
    kind = forms.ChoiceField(
        label=_("Vad hindrar?"),
        choices=[(kind, capfirst(word)) for kind, word in HINDRANCES.items()],
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("Berätta mer"),
        help_text=_("Handledaren läser det utan namn. Skriv inget som visar vem du är."),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, courses: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["course"]
        assert isinstance(field, forms.TypedChoiceField)  # noqa: S101 -- declared above
        field.choices = list(courses)


class ReceiptForm(forms.Form):
    """A receipt to look for among the votes that were counted."""

    receipt = forms.CharField(
        label=_("Ditt kvitto"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "govuk-input--width-20"}),
    )
