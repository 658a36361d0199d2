"""What a person types when signing up, and when changing it later."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cohorts.actions.interests import InterestAnswers
from cohorts.forms.days import DayField
from cohorts.rules.interests import TIME_CODES
from cohorts.words import TIMES_OF_DAY, WEEKDAYS
from companies.models import Place
from companies.numbers import OrganisationNumber, WrongNumber, read
from companies.words import NUMBER_FAULTS

TIMES = [(code, (WEEKDAYS[int(code[0])], TIMES_OF_DAY[code[2:]])) for code in TIME_CODES]

EMAIL_FAULTS = {
    "required": _("Skriv din e-postadress."),
    "invalid": _("Skriv hela e-postadressen, till exempel namn@example.org."),
}


class InterestForm(forms.Form):
    """The public, non-binding sign-up: four fields must be filled in, the rest may wait."""

    name = forms.CharField(
        label=_("Ditt namn"),
        max_length=200,
        error_messages={"required": _("Skriv ditt namn.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("Din e-postadress"),
        help_text=_("Hit skickar vi en länk som du bekräftar med."),
        error_messages=EMAIL_FAULTS,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    company = forms.CharField(
        label=_("Ditt företag eller din organisation"),
        max_length=200,
        error_messages={"required": _("Skriv vad företaget eller organisationen heter.")},
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    place = forms.ChoiceField(
        label=_("Var vill du helst träffas?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj en ort, eller digitalt.")},
    )
    number = forms.CharField(
        label=_("Organisationsnummer"),
        required=False,
        max_length=30,
        help_text=_("Tio siffror. Lämna tomt om du inte har det till hands."),
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
    )
    without_number = forms.BooleanField(
        label=_("Fortsätt ändå, utan organisationsnummer"), required=False
    )
    second_place = forms.ChoiceField(label=_("Annars, i andra hand"), required=False)
    third_place = forms.ChoiceField(label=_("I tredje hand"), required=False)
    times = forms.MultipleChoiceField(
        label=_("Tider som passar"),
        required=False,
        help_text=_("Kryssa för alla som passar. Inget kryss betyder att alla tider går bra."),
        widget=forms.CheckboxSelectMultiple(attrs={"class": "govuk-checkboxes--small"}),
    )
    language = forms.ChoiceField(
        label=_("Språk på kurs och träffar"),
        choices=[("sv", _("Svenska")), ("en", _("Engelska"))],
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--inline"}),
    )
    topics = forms.CharField(
        label=_("Är det något särskilt du vill lära dig?"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Place.objects.order_by("position").values_list("code", "name")
        places = [(code, _(name)) for code, name in rows]
        ranked: list[Any] = [("", _("Ingen"))]
        self._choices("place", places)
        self._choices("second_place", ranked + places)
        self._choices("third_place", ranked + places)
        self._choices("times", [(code, f"{day} {time}") for code, (day, time) in TIMES])
        self.fields["language"].initial = get_language()
        self.read_number: OrganisationNumber | None = None

    def _choices(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- declared above
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        """Read the number; a wrong one stops nobody who says so."""
        data = super().clean() or {}
        if typed := data.get("number"):
            try:
                self.read_number = read(typed)
            except WrongNumber as wrong:
                if not data.get("without_number"):
                    self.add_error("number", NUMBER_FAULTS[wrong.fault])
        return data

    def answers(self) -> InterestAnswers:
        """Return what was told, once the form is valid."""
        data = self.cleaned_data
        ranked = [data["place"], data.get("second_place"), data.get("third_place")]
        return InterestAnswers(
            name=data["name"],
            email=data["email"],
            company=data["company"],
            number=self.read_number,
            places=tuple(dict.fromkeys(place for place in ranked if place)),
            times=tuple(data["times"]),
            language=data["language"],
            topics=data["topics"],
        )


class ChangeForm(InterestForm):
    """What the person may change by link. Address and company say who it is and stay."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for fixed in ("email", "company", "number", "without_number"):
            self.fields[fixed].disabled = True
            self.fields[fixed].required = False


class PauseForm(forms.Form):
    """Until when an interest rests."""

    until = DayField(
        label=_("Pausa till och med"),
        help_text=_("Till exempel 2027-01-31"),
        error_messages={
            "required": _("Välj en dag."),
            "invalid": _("Skriv dagen med år, månad och dag, till exempel 2027-01-31."),
        },
        widget=forms.DateInput(attrs={"type": "date", "class": "govuk-input--width-10"}),
    )
