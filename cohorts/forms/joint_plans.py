"""What a coordinator asks the planner of many cohorts."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cohorts.forms.days import DayField
from cohorts.forms.staff_cohorts import date_input, number_input
from cohorts.forms.staff_series import MOST_MEETINGS
from cohorts.queries.joint_plans import ToPlan


class JointForm(forms.Form):
    """From which day, and how many meetings for each course; nought leaves one out."""

    first_on = DayField(label=_("Första träffen tidigast"), widget=date_input())
    all_optional = True

    def __init__(self, *args: Any, courses: Sequence[ToPlan], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.courses = courses
        for one in courses:
            self.fields[f"r{one.round.pk}"] = forms.IntegerField(
                label=f"{one.round.cohort.name}: {one.round.course.title}",
                min_value=0,
                max_value=MOST_MEETINGS,
                initial=one.missing,
                required=False,
                widget=number_input(),
            )

    def clean(self) -> dict[str, Any]:
        """Point at a day that is over, and at nothing asked for."""
        told = super().clean() or {}
        first_on = told.get("first_on")
        if first_on and first_on <= timezone.localdate():
            self.add_error("first_on", gettext("Dagen har redan varit. Välj en senare dag."))
        if not self.errors and not self.wanted():
            raise forms.ValidationError(gettext("Ange antal träffar för minst en grupp."))
        return told

    def wanted(self) -> dict[int, int]:
        """Return how many meetings each round is to have, those with none left out."""
        told = {one.round.pk: self.cleaned_data.get(f"r{one.round.pk}") for one in self.courses}
        return {key: many for key, many in told.items() if many}

    def rows(self) -> Iterator[tuple[ToPlan, forms.BoundField]]:
        """Yield each course with its field."""
        for one in self.courses:
            yield one, self[f"r{one.round.pk}"]
