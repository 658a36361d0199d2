"""What a facilitator types about meetings: one of a series, a move, an answer, who was there."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cohorts.actions.series import PlannedMeeting
from cohorts.forms.days import DayField
from cohorts.forms.staff_cohorts import ReasonForm, date_input, number_input
from cohorts.models import Meeting, Room

MINUTES = {"morning": 90, "lunch": 60, "afternoon": 90}
THERE, AWAY, UNKNOWN = "ja", "nej", ""


class MeetingForm(forms.Form):
    """When and where one meeting is. A link may come later; it is then a task."""

    on = DayField(label=_("Dag"), widget=date_input())
    at = forms.TimeField(
        label=_("Klockan"),
        widget=forms.TimeInput(
            format="%H:%M", attrs={"type": "time", "class": "govuk-input--width-10"}
        ),
    )
    minutes = forms.IntegerField(
        label=_("Minuter"),
        min_value=15,
        max_value=480,
        initial=60,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-3"}),
    )
    place = forms.ChoiceField(label=_("Ort"))
    room = forms.TypedChoiceField(label=_("Lokal"), coerce=int, empty_value=None, required=False)
    address = forms.CharField(
        label=_("Adress och lokal"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20"}),
    )
    join_link = forms.URLField(
        label=_("Länk för att ansluta digitalt"),
        required=False,
        max_length=300,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"class": "govuk-input--width-20"}),
    )
    dial_in = forms.CharField(
        label=_("Telefonnummer för att ringa in"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
    )

    def __init__(
        self,
        *args: Any,
        places: Sequence[tuple[str, str]],
        rooms: Sequence[Room] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.rooms = {room.pk: room for room in rooms}
        offered = [(room.pk, f"{room.place.name}: {room.name} ({room.seats})") for room in rooms]
        listed = [("", _("Ingen i listan")), *offered]
        for name, choices in (("place", list(places)), ("room", listed)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- declared above
            field.choices = choices

    def planned(self) -> PlannedMeeting:
        """Return the meeting that was told, once the form is valid."""
        told = self.cleaned_data
        room = self.rooms.get(told["room"] or 0)
        return PlannedMeeting(
            starts_at=timezone.make_aware(datetime.combine(told["on"], told["at"])),
            duration_minutes=told["minutes"],
            place=told["place"],
            address=room.full_address if room else told["address"],
            room_id=told["room"],
            join_link=told["join_link"],
            dial_in=told["dial_in"],
        )


def told_of(meeting: Meeting) -> dict[str, Any]:
    """Return what the form shows of a meeting that stands."""
    local = timezone.localtime(meeting.starts_at)
    return {
        "on": local.date(),
        "at": local.time(),
        "minutes": meeting.duration_minutes,
        "place": meeting.place_id,
        "room": meeting.room_id,
        "address": "" if meeting.room_id else meeting.address,
        "join_link": meeting.join_link,
        "dial_in": meeting.dial_in,
        "gap_reason": meeting.gap_reason,
        "seen": meeting.sequence,
    }


class SeenForm(forms.Form):
    """A change of a meeting; ``seen`` is the revision that was looked at."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)


class GapReasonForm(forms.Form):
    """Why a meeting lies outside the rhythm."""

    gap_reason = forms.CharField(
        label=_("Skäl, om det blir mindre än 14 eller mer än 28 dagar till en annan träff"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class MoveForm(SeenForm, GapReasonForm, MeetingForm):
    """A move; outside the rhythm it needs a written reason."""


class CancelForm(SeenForm, ReasonForm):
    """Why a meeting is called off."""


class SubstituteForm(SeenForm):
    """Who leads instead."""

    leader = forms.TypedChoiceField(label=_("Vem leder i stället?"), coerce=int)

    def __init__(self, *args: Any, leaders: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["leader"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- declared above
        field.choices = [("", _("Välj")), *leaders]


class DigitalForm(SeenForm):
    """What people need to join a meeting on a screen: a link, and a number to ring."""

    join_link = forms.URLField(
        label=_("Länk för att ansluta"), max_length=300, assume_scheme="https"
    )
    dial_in = forms.CharField(
        label=_("Telefonnummer för att ringa in"),
        help_text=_("För den som inte kan eller vill använda länken."),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
    )


class AnswerForm(forms.Form):
    """What was said about a question."""

    answer = forms.CharField(
        label=_("Svar"),
        help_text=_("Läses av hela gruppen, även av dem som inte var med."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class TableForm(forms.Form):
    """How many can sit down."""

    seats = forms.IntegerField(
        label=_("Platser vid bordet"),
        help_text=_("Lämna tomt om alla får plats. Den som svarar när det är fullt ställs i kö."),
        required=False,
        min_value=0,
        max_value=200,
        widget=number_input(),
    )


class TopicForm(forms.Form):
    """Which questions belong together, and what to call them."""

    topic = forms.CharField(
        label=_("Ämne för de valda frågorna"),
        help_text=_("Lämna tomt för att ta isär dem igen."),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20"}),
    )
    items = forms.TypedMultipleChoiceField(coerce=int, widget=forms.MultipleHiddenInput)

    def __init__(self, *args: Any, questions: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["items"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- declared above
        field.choices = [(pk, pk) for pk in questions]


class AttendanceForm(forms.Form):
    """Who was there: a choice of three for each member, unknown until told.

    ``w12`` says what the page showed for ``m12``, so that nobody's mark is written over unseen.
    """

    CHOICES = ((THERE, _("Var med")), (AWAY, _("Var inte med")), (UNKNOWN, _("Vet inte")))

    def __init__(
        self,
        *args: Any,
        members: Sequence[tuple[int, str, bool | None]],
        seen: Mapping[int, bool | None],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for enrolment_id, name, was_there in members:
            self.fields[f"m{enrolment_id}"] = forms.ChoiceField(
                label=name,
                choices=self.CHOICES,
                required=False,
                initial={True: THERE, False: AWAY, None: UNKNOWN}[was_there],
                widget=forms.RadioSelect(attrs={"class": "govuk-radios--inline"}),
            )
            self.fields[f"w{enrolment_id}"] = forms.ChoiceField(
                choices=self.CHOICES,
                required=False,
                initial={True: THERE, False: AWAY, None: UNKNOWN}[seen.get(enrolment_id)],
                widget=forms.HiddenInput,
            )

    # Nobody is marked "(valfritt)": unknown is one of the three answers.
    all_optional = True

    def was_there(self) -> dict[int, bool | None]:
        """Return who was there, by enrolment; None where it is not known."""
        return self._marks("m")

    def seen(self) -> dict[int, bool | None] | None:
        """Return what the page showed, by enrolment; None if it does not say."""
        return self._marks("w") or None

    def _marks(self, letter: str) -> dict[int, bool | None]:
        """Return the marks in the fields of one kind that came with the form."""
        known = {THERE: True, AWAY: False, UNKNOWN: None}
        return {
            int(name[1:]): known[self.cleaned_data[name]]
            for name in self.data
            if name.startswith(letter) and name in self.cleaned_data
        }


class CorrectionForm(forms.Form):
    """One mark after the lock, and why."""

    member = forms.TypedChoiceField(label=_("Vem gäller det?"), coerce=int)
    was_there = forms.ChoiceField(
        label=_("Var personen med?"),
        choices=AttendanceForm.CHOICES,
        required=False,
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--inline"}),
    )
    why = forms.CharField(
        label=_("Varför rättas det?"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, members: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["member"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- declared above
        field.choices = [("", _("Välj")), *members]
