"""What a facilitator settles before a vote opens, and a question to the group."""

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from cohorts.forms.days import DayField
from cohorts.forms.staff_cohorts import date_input, number_input
from cohorts.rules.votes import FEWEST_COURSES, MOST_COURSES, VotePlan
from voting.rules import Rule
from voting.words import RULES

OPENS_AT = time(8)
CLOSES_AT = time(12)
LONGEST_ANSWER = 100


class VoteForm(forms.Form):
    """The courses to choose among, when the vote closes, and how much of the count is shown."""

    courses = forms.TypedMultipleChoiceField(
        label=_("Kurser att rösta om"),
        help_text=_("Välj 2–12 kurser."),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Välj minst två kurser att rösta om.")},
    )
    with_none = forms.BooleanField(
        label=_("Låt ”ingen av dessa” stå med bland kurserna"), required=False, initial=True
    )
    opens_on = DayField(
        label=_("Första dag att rösta"),
        help_text=_(
            "Öppnar klockan 8 den dagen. Dessförinnan ser alla kurserna och kan säga till om en"
            " kurs som de inte kan använda. Lämna tomt för att öppna genast."
        ),
        required=False,
        widget=date_input(),
    )
    closes_on = DayField(
        label=_("Sista dag att rösta"),
        help_text=_("Omröstningen stänger klockan 12 den dagen."),
        widget=date_input(),
    )
    rule = forms.ChoiceField(
        label=_("Så räknas rösterna"),
        help_text=_("Med bara två val vinner det som flest sätter före det andra."),
        choices=[(rule, capfirst(word)) for rule, word in RULES.items()],
        widget=forms.RadioSelect,
        initial=Rule.RANKED_PAIRS,
    )
    quorum_percent = forms.IntegerField(
        label=_("Så många procent måste rösta för att resultatet ska gälla"),
        help_text=_("Röstar färre är resultatet bara rådgivande."),
        min_value=0,
        max_value=100,
        initial=50,
        widget=number_input(),
    )
    is_open_count = forms.BooleanField(
        label=_("Öppen räkning: visa varje rangordning bredvid sitt kvitto"),
        help_text=_(
            "Då kan alla räkna om valet hur få som än röstar. Den som har visat sitt kvitto för"
            " någon har också visat sin röst, och i en liten grupp kan någon känna igen en"
            " rangordning. Låt bli om någon i gruppen är tveksam."
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
        """Refuse a close that has passed, or that comes before the opening."""
        told = super().clean() or {}
        if told.get("closes_on") and self.closes_at <= self.now:
            self.add_error("closes_on", _("Omröstningen måste stänga senare än nu."))
        elif told.get("closes_on") and self.closes_at <= self.opens_at:
            self.add_error("closes_on", _("Omröstningen måste stänga efter att den har öppnat."))
        return told

    @property
    def opens_at(self) -> datetime:
        """When the vote opens: eight in the morning, local time, on the chosen day, or now."""
        on = self.cleaned_data.get("opens_on")
        chosen = timezone.make_aware(datetime.combine(on, OPENS_AT)) if on else self.now
        return max(chosen, self.now)

    def plan(self) -> VotePlan:
        """Return what was chosen, once the form is valid."""
        told = self.cleaned_data
        return VotePlan(
            course_ids=told["courses"],
            opens_at=self.opens_at,
            closes_at=self.closes_at,
            rule=told["rule"],
            quorum_percent=told["quorum_percent"],
            is_open_count=told["is_open_count"],
            with_none=told["with_none"],
        )

    @property
    def closes_at(self) -> datetime:
        """When the vote closes: noon, local time, on the chosen day."""
        return timezone.make_aware(datetime.combine(self.cleaned_data["closes_on"], CLOSES_AT))


class QuestionForm(forms.Form):
    """A question to the group, the answers to tick, and until when."""

    question = forms.CharField(
        label=_("Fråga"), help_text=_("Till exempel: Var äter vi lunch?"), max_length=200
    )
    answers = forms.CharField(
        label=_("Svar att kryssa för"),
        help_text=_("Ett svar på varje rad, 2–12 svar. Var och en kryssar för allt som passar."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    closes_on = DayField(label=_("Sista dag att svara"), widget=date_input())
    closes_at_time = forms.TimeField(
        label=_("Klockan"),
        initial=CLOSES_AT,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
    )

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now

    def clean_answers(self) -> list[str]:
        """Return the answers, each once; refuse fewer than two and more than twelve."""
        lines = [" ".join(line.split()) for line in self.cleaned_data["answers"].splitlines()]
        answers = list(dict.fromkeys(filter(None, lines)))
        if not FEWEST_COURSES <= len(answers) <= MOST_COURSES:
            raise forms.ValidationError(_("Skriv 2–12 olika svar, ett på varje rad."))
        if any(len(answer) > LONGEST_ANSWER for answer in answers):
            raise forms.ValidationError(_("Ett svar får vara högst 100 tecken."))
        return answers

    def clean(self) -> dict[str, Any]:
        """Refuse a close that has passed."""
        told = super().clean() or {}
        if told.get("closes_on") and told.get("closes_at_time") and self.closes_at <= self.now:
            self.add_error("closes_on", _("Frågan måste stänga senare än nu."))
        return told

    @property
    def closes_at(self) -> datetime:
        """When the question closes, local time."""
        told = self.cleaned_data
        return timezone.make_aware(datetime.combine(told["closes_on"], told["closes_at_time"]))
