"""What a facilitator settles before a vote opens."""

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cohorts.forms.staff_cohorts import date_input
from cohorts.rules.votes import FEWEST_COURSES, MOST_COURSES

CLOSES_AT = time(12)


class VoteForm(forms.Form):
    """The courses to choose among, when the vote closes, and how much of the count is shown."""

    courses = forms.TypedMultipleChoiceField(
        label=_("Kurser att rösta om"),
        help_text=_("Välj 2–12 kurser."),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Välj minst två kurser att rösta om.")},
    )
    closes_on = forms.DateField(
        label=_("Sista dag att rösta"),
        help_text=_("Omröstningen stänger klockan 12 den dagen."),
        widget=date_input(),
    )
    is_open_count = forms.BooleanField(
        label=_("Visa alla rangordningar efteråt, utan namn"),
        help_text=_(
            "Då kan alla räkna om valet. I en liten grupp kan någon känna igen en rangordning,"
            " så låt bli om någon i gruppen är tveksam."
        ),
        required=False,
    )

    def __init__(
        self, *args: Any, courses: Sequence[tuple[int, str]], now: datetime, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        field = self.fields["courses"]
        assert isinstance(field, forms.TypedMultipleChoiceField)  # noqa: S101 -- declared above
        field.choices = list(courses)

    def clean_courses(self) -> list[int]:
        """Refuse fewer than two courses and more than twelve."""
        chosen: list[int] = self.cleaned_data["courses"]
        if len(chosen) < FEWEST_COURSES:
            raise forms.ValidationError(_("Välj minst två kurser att rösta om."))
        if len(chosen) > MOST_COURSES:
            raise forms.ValidationError(_("Välj högst tolv kurser att rösta om."))
        return chosen

    def clean(self) -> dict[str, Any]:
        """Refuse a close that has passed."""
        told = super().clean() or {}
        if told.get("closes_on") and self.closes_at <= self.now:
            self.add_error("closes_on", _("Omröstningen måste stänga senare än nu."))
        return told

    @property
    def closes_at(self) -> datetime:
        """When the vote closes: noon, local time, on the chosen day."""
        return timezone.make_aware(datetime.combine(self.cleaned_data["closes_on"], CLOSES_AT))
