"""What a leader says who cannot lead: for which days, and what is to become of each cohort."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cohorts.forms.days import DayField
from cohorts.forms.staff_cohorts import date_input

LONGEST = timedelta(days=60)


class AbsenceForm(forms.Form):
    """The days, both included, on which somebody cannot lead."""

    first_on = DayField(label=_("Från och med"), widget=date_input())
    last_on = DayField(label=_("Till och med"), widget=date_input())

    def clean(self) -> dict[str, Any]:
        """Point at days that are over, in the wrong order or too many."""
        told = super().clean() or {}
        first, last = told.get("first_on"), told.get("last_on")
        if first and last and last < first:
            self.add_error("last_on", gettext("Sista dagen ligger före den första."))
        elif last and last < timezone.localdate():
            self.add_error("last_on", gettext("Dagarna har redan varit. Välj senare dagar."))
        elif first and last and last - first > LONGEST:
            self.add_error("last_on", gettext("Ange högst 60 dagar åt gången."))
        return told

    def span(self) -> tuple[datetime, datetime]:
        """Return the absence, half-open and aware."""
        first, last = self.cleaned_data["first_on"], self.cleaned_data["last_on"]
        days = first, last + timedelta(days=1)
        start, end = (timezone.make_aware(datetime.combine(day, time.min)) for day in days)
        return start, end
