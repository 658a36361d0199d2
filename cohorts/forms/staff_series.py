"""A series of meetings as a list of rows, with an error at the row that breaks the rhythm."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cohorts.actions.series import PlannedMeeting
from cohorts.forms.days import DayField
from cohorts.forms.staff_cohorts import date_input, number_input
from cohorts.forms.staff_meetings import GapReasonForm, MeetingForm
from cohorts.rules.meetings import Stands, broken_gaps
from cohorts.words import GAP_REFUSALS

MOST_MEETINGS = 12
PREFIX = "rad"


class ProposeForm(forms.Form):
    """What the planner is asked: how many meetings, from which day, on which weekdays."""

    many = forms.IntegerField(
        label=gettext_lazy("Hur många träffar?"),
        min_value=1,
        max_value=MOST_MEETINGS,
        widget=number_input(),
    )
    first_on = DayField(label=gettext_lazy("Första träffen tidigast"), widget=date_input())
    any_weekday = forms.BooleanField(
        label=gettext_lazy("Träffarna får ligga på andra veckodagar också"), required=False
    )
    some_digital = forms.BooleanField(
        label=gettext_lazy("Träffar får vara digitala"), required=False
    )

    def clean_first_on(self) -> date:
        """Point at a day that is over."""
        first_on: date = self.cleaned_data["first_on"]
        if first_on <= timezone.localdate():
            raise forms.ValidationError(_("Dagen har redan varit. Välj en senare dag."))
        return first_on


if TYPE_CHECKING:
    Rows = forms.BaseFormSet[MeetingForm]
else:
    Rows = forms.BaseFormSet


class BaseSeries(Rows):
    """The rows, checked as one series together with the meetings that stand already."""

    def __init__(
        self,
        *args: Any,
        standing: Sequence[Stands] = (),
        gap_reason: str = "",
        now: datetime,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.standing = list(standing)
        self.now = now
        told = self.data if self.is_bound else None
        self.reason = GapReasonForm(told, initial={"gap_reason": gap_reason})

    @property
    def gap_reason(self) -> str:
        """Why new meetings lie out of rhythm with those that stand."""
        return self.reason.cleaned_data.get("gap_reason", "") if self.reason.is_valid() else ""

    def is_valid(self) -> bool:
        """Return whether the rows and the reason may be saved."""
        return super().is_valid() and self.reason.is_valid()

    @property
    def kept(self) -> list[MeetingForm]:
        """The rows that are not to be left out."""
        return [row for row in self.forms if row not in self.deleted_forms]

    def clean(self) -> None:
        """Point at the first row that has passed or breaks the rhythm."""
        rows = self.kept
        if any(row.errors for row in rows):
            return
        if not rows:
            raise forms.ValidationError(_("Inga träffar är kvar att spara."))
        planned = self.planned()
        for row, meeting in zip(rows, planned, strict=True):
            if meeting.starts_at <= self.now:
                row.add_error("on", _("Tiden har redan varit. Välj en senare dag."))
                return
        days = [timezone.localdate(meeting.starts_at) for meeting in planned]
        gap_reason = self.gap_reason
        for gap in broken_gaps(days, self.standing):
            if gap_reason and gap.reason_excuses:
                continue
            rows[gap.number].add_error("on", str(GAP_REFUSALS[gap.refusal]))
            if gap.reason_excuses and not self.reason.errors:
                said = _("Skriv varför, om träffen ändå ska ligga så.")
                self.reason.add_error("gap_reason", said)
            return

    def planned(self) -> list[PlannedMeeting]:
        """Return the meetings of the rows that are kept."""
        return [row.planned() for row in self.kept]

    def add_fields(self, form: MeetingForm, index: int | None) -> None:
        """Name the box that leaves a row out."""
        super().add_fields(form, index)
        form.fields["DELETE"].label = _("Ta bort den här träffen")


SeriesFormSet = cast(
    "type[BaseSeries]",
    forms.formset_factory(
        MeetingForm,
        formset=BaseSeries,
        extra=0,
        can_delete=True,
        max_num=MOST_MEETINGS,
        validate_max=True,
    ),
)
