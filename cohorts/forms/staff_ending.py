"""What a facilitator tells when a meeting is over: who was there, answers, a note."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cohorts.forms.staff_meetings import AttendanceForm
from cohorts.queries.agendas import Point


class EndForm(AttendanceForm):
    """The whole end of a meeting on one page."""

    note = forms.CharField(
        label=_("Till dem som inte var med"),
        help_text=_("Går i ett brev till dem, med svaren ovan, och står på träffens sida."),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(self, *args: Any, points: Sequence[Point], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for point in points:
            self.fields[f"a{point.first.pk}"] = forms.CharField(
                label=point.topic or point.first.text,
                required=False,
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def answers(self) -> dict[int, str]:
        """Return what was said, by the first question of each point; nothing where none was."""
        return {
            int(name[1:]): said
            for name, said in self.cleaned_data.items()
            if name.startswith("a") and said
        }
