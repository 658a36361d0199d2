"""What staff type to find people, choose among them, and release what is drafted."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from cohorts.rules import InterestState
from cohorts.words import INTEREST_STATES
from companies.numbers import OrganisationNumber, WrongNumber, read
from companies.words import NUMBER_FAULTS
from outbox.rules import LetterState
from outbox.words import LETTER_STATES

NUMBER_TYPED_ABOVE = 20


class SearchForm(forms.Form):
    """Words to find people by."""

    all_optional = True
    q = forms.CharField(label=_("Namn, företag eller e-postadress"), required=False, max_length=100)


class PeopleFilter(SearchForm):
    """The filters of the list of people; they stand in the address."""

    state = forms.ChoiceField(
        label=_("Läge"),
        required=False,
        choices=[
            ("", _("Alla")),
            *(
                (state.value, INTEREST_STATES[state])
                for state in InterestState
                if state not in {InterestState.MERGED, InterestState.ANONYMISED}
            ),
        ],
    )
    seat = forms.ChoiceField(
        label=_("Plats i grupp"),
        required=False,
        choices=[
            ("", _("Alla")),
            ("waiting", _("väntar på plats")),
            ("invited", _("har en inbjudan att svara på")),
            ("placed", _("har en plats")),
        ],
    )
    place = forms.ChoiceField(label=_("Ort"), required=False)
    language = forms.ChoiceField(
        label=_("Språk"),
        required=False,
        choices=[("", _("Alla")), ("sv", _("svenska")), ("en", _("engelska"))],
    )

    def __init__(self, *args: Any, places: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["place"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- declared above
        field.choices = [("", _("Alla")), *places]


class LettersFilter(forms.Form):
    """The filters of the list of letters; they stand in the address."""

    all_optional = True
    q = forms.CharField(label=_("Adress eller ämne"), required=False, max_length=100)
    state = forms.ChoiceField(
        label=_("Läge"),
        required=False,
        choices=[("", _("Alla")), *((state.value, LETTER_STATES[state]) for state in LetterState)],
    )


class CountedForm(forms.Form):
    """The last yes before letters leave: above twenty recipients, how many, typed by hand."""

    count = forms.IntegerField(
        label=_("Skriv hur många som ska få brev"),
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-3"}),
    )

    def __init__(self, *args: Any, recipients: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.recipients = recipients
        if recipients <= NUMBER_TYPED_ABOVE:
            del self.fields["count"]

    def clean_count(self) -> int:
        """Refuse any other number than that of the recipients."""
        typed: int = self.cleaned_data["count"]
        if typed != self.recipients:
            raise forms.ValidationError(
                ngettext(
                    "Antalet stämmer inte: %(n)s person får brev. Inget är skickat.",
                    "Antalet stämmer inte: %(n)s personer får brev. Inget är skickat.",
                    self.recipients,
                )
                % {"n": self.recipients}
            )
        return typed


def chosen_rows(*, required: bool) -> forms.TypedMultipleChoiceField:
    """Return the hidden field that carries the rows chosen a page before."""
    return forms.TypedMultipleChoiceField(
        coerce=int,
        required=required,
        widget=forms.MultipleHiddenInput,
        error_messages={"required": _("Välj minst en person.")},
    )


class ReleaseForm(CountedForm):
    """Whom the invitations go to."""

    person = chosen_rows(required=True)
    field_order = ["person", "count"]

    def __init__(self, *args: Any, ids: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.fields["person"], ids)


class FreeingForm(CountedForm):
    """Whose seats and offers end, and why."""

    plats = chosen_rows(required=False)
    inbjudan = chosen_rows(required=False)
    why = forms.CharField(
        label=_("Varför?"),
        max_length=300,
        help_text=_("Står i breven till dem vars inbjudan återtas, och i historiken."),
    )
    field_order = ["plats", "inbjudan", "why", "count"]

    def __init__(self, *args: Any, seats: list[int], offers: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.fields["plats"], seats)
        _offer(self.fields["inbjudan"], offers)


def _offer(field: forms.Field, ids: list[int]) -> None:
    assert isinstance(field, forms.TypedMultipleChoiceField)  # noqa: S101 -- see chosen_rows
    field.choices = [(pk, pk) for pk in ids]


class CompanyForm(forms.Form):
    """What a flagged company is called, and its number where it is known."""

    name = forms.CharField(label=_("Företagets eller organisationens namn"), max_length=200)
    typed_number = forms.CharField(
        label=_("Organisationsnummer"),
        required=False,
        max_length=30,
        help_text=_("Tio siffror. Lämna tomt om det inte går att få fram."),
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
    )

    def clean_typed_number(self) -> OrganisationNumber | None:
        """Return the number that was typed, None where there is none."""
        typed = self.cleaned_data["typed_number"]
        if not typed:
            return None
        try:
            return read(typed)
        except WrongNumber as wrong:
            raise forms.ValidationError(NUMBER_FAULTS[wrong.fault]) from wrong
