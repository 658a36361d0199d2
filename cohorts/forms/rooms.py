"""What a coordinator types about rooms, when others have them, and breaks."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cohorts.actions.rooms import RoomTold
from cohorts.forms.days import DayField
from cohorts.forms.staff_cohorts import date_input, number_input
from cohorts.rules.rooms import RoomTimeKind
from cohorts.words import ROOM_TIME_KINDS

MOST_SEATS = 999
LONGEST_BREAK = timedelta(days=120)


def clock_input() -> forms.TimeInput:
    """Return a field for a time of day, as browsers know it."""
    return forms.TimeInput(format="%H:%M", attrs={"type": "time", "class": "govuk-input--width-10"})


class RoomForm(forms.Form):
    """A room: where, how many seats, whether there are steps."""

    place = forms.ChoiceField(label=_("Ort"))
    name = forms.CharField(label=_("Namn"), help_text=_("Till exempel Älven"), max_length=100)
    address = forms.CharField(label=_("Adress och våning"), required=False, max_length=200)
    seats = forms.IntegerField(
        label=_("Platser"), min_value=1, max_value=MOST_SEATS, widget=number_input()
    )
    is_step_free = forms.BooleanField(
        label=_("Går att nå utan trappor, även med rullstol"), required=False
    )

    def __init__(self, *args: Any, places: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["place"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- declared above
        field.choices = list(places)

    def told(self) -> RoomTold:
        """Return what was told, once the form is valid."""
        return RoomTold(**self.cleaned_data)


class SpanForm(forms.Form):
    """Days, or hours of them: without times whole days, the last one included."""

    first_on = DayField(label=_("Från och med"), widget=date_input())
    last_on = DayField(
        label=_("Till och med"),
        help_text=_("Lämna tomt om det är samma dag."),
        required=False,
        widget=date_input(),
    )
    starts = forms.TimeField(
        label=_("Från klockan"),
        help_text=_("Lämna klockslagen tomma om det gäller hela dagar."),
        required=False,
        widget=clock_input(),
    )
    ends = forms.TimeField(label=_("Till klockan"), required=False, widget=clock_input())

    def clean(self) -> dict[str, Any]:
        """Point at an end before the start, and at half a pair of times."""
        told = super().clean() or {}
        first, last = told.get("first_on"), told.get("last_on")
        starts, ends = told.get("starts"), told.get("ends")
        if first and last and last < first:
            self.add_error("last_on", gettext("Sista dagen ligger före den första."))
        if (starts is None) != (ends is None) and not self.errors:
            self.add_error("ends", gettext("Fyll i båda klockslagen, eller inget."))
        if first and not self.errors and self.span()[1] <= self.span()[0]:
            self.add_error("ends", gettext("Sluttiden ligger före starttiden."))
        return told

    def span(self) -> tuple[datetime, datetime]:
        """Return the start and the end, half-open and aware."""
        told = self.cleaned_data
        first: date = told["first_on"]
        last: date = told.get("last_on") or first
        if told.get("starts") is None:
            return _aware(first, time.min), _aware(last + timedelta(days=1), time.min)
        return _aware(first, told["starts"]), _aware(last, told["ends"])


class RoomTimeForm(SpanForm):
    """When others have a room, or it is closed."""

    kind = forms.ChoiceField(
        label=_("Vad gäller det?"),
        choices=list(ROOM_TIME_KINDS.items()),
        initial=RoomTimeKind.BOOKED,
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--inline"}),
    )
    note = forms.CharField(label=_("Anteckning"), required=False, max_length=100)

    field_order = ("kind", "first_on", "last_on", "starts", "ends", "note")


class BreakForm(forms.Form):
    """A school holiday or the like in one municipality."""

    municipality = forms.ChoiceField(label=_("Kommun"))
    name = forms.CharField(label=_("Namn"), help_text=_("Till exempel sportlov"), max_length=60)
    first_on = DayField(label=_("Första dag"), widget=date_input())
    last_on = DayField(label=_("Sista dag"), widget=date_input())

    def __init__(self, *args: Any, towns: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["municipality"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- declared above
        field.choices = list(towns)

    def clean(self) -> dict[str, Any]:
        """Point at a last day before the first, and at a break that is a mistake."""
        told = super().clean() or {}
        first, last = told.get("first_on"), told.get("last_on")
        if first and last and last < first:
            self.add_error("last_on", gettext("Sista dagen ligger före den första."))
        elif first and last and last - first > LONGEST_BREAK:
            self.add_error("last_on", gettext("Ett lov kan vara högst fyra månader."))
        return told


def _aware(day: date, clock: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, clock))
