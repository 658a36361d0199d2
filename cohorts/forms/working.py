"""What a leader says about when and where they can lead."""

from collections.abc import Sequence
from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cohorts.actions.working import Terms
from cohorts.forms.rooms import clock_input
from cohorts.forms.staff_cohorts import number_input
from cohorts.models import WorkingTerms
from cohorts.words import WEEKDAYS

WORKDAYS = range(5)
MOST_A_WEEK = 20


class HoursForm(forms.Form):
    """Hours for each workday, base, places, and meetings in a week. All may be left empty."""

    base = forms.ChoiceField(label=_("Resor utgår från"), required=False)
    serves = forms.MultipleChoiceField(
        label=_("Leder träffar i"),
        help_text=_("Ingen ikryssad: överallt."),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "govuk-checkboxes--small"}),
    )
    most_a_week = forms.IntegerField(
        label=_("Högst så många träffar i veckan"),
        min_value=0,
        max_value=MOST_A_WEEK,
        required=False,
        widget=number_input(),
    )
    all_optional = True

    def __init__(self, *args: Any, places: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("base", [("", _("Vet inte")), *places]), ("serves", list(places))):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- declared above
            field.choices = choices
        for weekday in WORKDAYS:
            for end, word in (("starts", _("från")), ("ends", _("till"))):
                self.fields[f"{end}{weekday}"] = forms.TimeField(
                    label=f"{WEEKDAYS[weekday]} {word}".capitalize(),
                    required=False,
                    widget=clock_input(),
                )

    def clean(self) -> dict[str, Any]:
        """Point at half a pair of times and at an end before the start."""
        told = super().clean() or {}
        for weekday in WORKDAYS:
            starts, ends = told.get(f"starts{weekday}"), told.get(f"ends{weekday}")
            if (starts is None) != (ends is None) and f"ends{weekday}" not in self.errors:
                self.add_error(f"ends{weekday}", gettext("Fyll i båda klockslagen, eller inget."))
            elif starts and ends and ends <= starts:
                self.add_error(f"ends{weekday}", gettext("Sluttiden ligger före starttiden."))
        return told

    @property
    def days(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The two fields of each workday."""
        return [(self[f"starts{weekday}"], self[f"ends{weekday}"]) for weekday in WORKDAYS]

    def told(self) -> Terms:
        """Return what was told, once the form is valid."""
        told = self.cleaned_data
        pairs = {day: (told[f"starts{day}"], told[f"ends{day}"]) for day in WORKDAYS}
        return Terms(
            hours={day: pair for day, pair in pairs.items() if pair[0] is not None},
            base=told["base"] or None,
            serves=told["serves"],
            most_a_week=told["most_a_week"],
        )


def told_of_terms(
    terms: WorkingTerms | None, hours: dict[int, tuple[time, time]]
) -> dict[str, Any]:
    """Return what the form shows of what was said before."""
    shown: dict[str, Any] = {f"starts{day}": pair[0] for day, pair in hours.items()}
    shown |= {f"ends{day}": pair[1] for day, pair in hours.items()}
    if terms is not None:
        shown |= {
            "base": terms.base_id or "",
            "serves": [place.pk for place in terms.serves.all()],
            "most_a_week": terms.most_a_week,
        }
    return shown
