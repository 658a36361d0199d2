"""What a facilitator types about a cohort: its opening, the dates of a course, a reason."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cohorts.actions.forming import CohortPlan
from cohorts.forms.days import DayField
from cohorts.rules.interests import TIMES_OF_DAY, WEEKDAYS
from cohorts.words import TIMES_OF_DAY as TIME_WORDS
from cohorts.words import WEEKDAYS as DAY_WORDS

Choices = Sequence[tuple[str | int, str | Promise]]
MOST_SEATS = 60


def date_input() -> forms.DateInput:
    """Return a field for one day, as browsers know it."""
    return forms.DateInput(
        format="%Y-%m-%d", attrs={"type": "date", "class": "govuk-input--width-10"}
    )


def number_input() -> forms.NumberInput:
    """Return a field for a small number."""
    return forms.NumberInput(attrs={"class": "govuk-input--width-3", "inputmode": "numeric"})


class CohortForm(forms.Form):
    """A new cohort: where, when, for how many, and which course it begins with."""

    place = forms.ChoiceField(
        label=_("Var träffas gruppen?"),
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--inline"}),
    )
    language = forms.ChoiceField(
        label=_("Språk på kurs och träffar"),
        choices=[("sv", _("Svenska")), ("en", _("Engelska"))],
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--inline"}),
        initial="sv",
    )
    weekday = forms.TypedChoiceField(
        label=_("Veckodag"),
        choices=[(day, DAY_WORDS[day]) for day in WEEKDAYS],
        coerce=int,
        initial=1,
    )
    time_of_day = forms.ChoiceField(
        label=_("Tid på dagen"),
        choices=[(code, TIME_WORDS[code]) for code in TIMES_OF_DAY],
        initial="lunch",
    )
    starts_on = DayField(
        label=_("Startdag"), help_text=_("Till exempel 2026-11-24"), widget=date_input()
    )
    seats = forms.IntegerField(
        label=_("Platser"),
        help_text=_("Så många kan vara med eller inbjudna på en gång."),
        min_value=2,
        max_value=MOST_SEATS,
        initial=12,
        widget=number_input(),
    )
    least = forms.IntegerField(
        label=_("Minst antal för att starta"),
        min_value=2,
        max_value=MOST_SEATS,
        initial=6,
        widget=number_input(),
    )
    course = forms.TypedChoiceField(label=_("Första kursen"), coerce=int)
    facilitator = forms.TypedChoiceField(label=_("Handledare"), coerce=int)
    name = forms.CharField(
        label=_("Gruppens namn"),
        help_text=_("Lämna tomt, så får gruppen namn efter ort, tid och startmånad."),
        max_length=200,
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        places: Choices,
        courses: Choices,
        facilitators: Choices = (),
        today: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        lists = {"place": places, "course": courses, "facilitator": facilitators}
        for name, choices in lists.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- declared above
            field.choices = choices
        if not facilitators:
            del self.fields["facilitator"]

    def clean_starts_on(self) -> date:
        """Refuse a day that has passed."""
        starts_on: date = self.cleaned_data["starts_on"]
        if starts_on < self.today:
            raise forms.ValidationError(_("Startdagen har redan varit. Välj en senare dag."))
        return starts_on

    def clean(self) -> dict[str, Any]:
        """Refuse more people at least than there are seats."""
        told = super().clean() or {}
        seats, least = told.get("seats"), told.get("least")
        if seats and least and least > seats:
            self.add_error("least", _("Minst antal kan inte vara fler än platserna."))
        return told

    @property
    def time(self) -> str:
        """When the cohort meets, as a code: "1-lunch"."""
        return f"{self.cleaned_data['weekday']}-{self.cleaned_data['time_of_day']}"

    def plan(self, *, name: str) -> CohortPlan:
        """Return what was decided, once the form is valid."""
        told = self.cleaned_data
        return CohortPlan(
            name=told["name"] or name,
            place=told["place"],
            language=told["language"],
            time=self.time,
            seats=told["seats"],
            least=told["least"],
            starts_on=told["starts_on"],
            course_id=told["course"],
        )


class ReasonForm(forms.Form):
    """Why something is called off or taken back; people read it in a letter."""

    why = forms.CharField(
        label=_("Varför?"),
        help_text=_("Skälet står i brevet till dem det gäller, så skriv så att de förstår."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class NoteForm(ReasonForm):
    """Why a coordinator ends something; it is kept in the history and sent to nobody."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["why"].help_text = _("Skälet sparas i historiken. Det står inte i brevet.")


class RoundDatesForm(forms.Form):
    """When a course starts and ends."""

    starts_on = DayField(label=_("Kursen börjar"), widget=date_input())
    ends_on = DayField(
        label=_("Kursen slutar"),
        help_text=_("Till och med den dagen ska alla ha hunnit klart."),
        widget=date_input(),
    )

    def clean(self) -> dict[str, Any]:
        """Refuse an end before the start."""
        told = super().clean() or {}
        starts_on, ends_on = told.get("starts_on"), told.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", _("Slutdagen måste komma efter startdagen."))
        return told
