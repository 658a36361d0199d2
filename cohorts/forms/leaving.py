"""What an officer says about the fee and the aid of somebody who has left."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cohorts.actions.leaving import Judgement
from cohorts.forms.aid import no_conflict_field

STAYS, ENDS = "stays", "ends"


class DropOutForm(forms.Form):
    """Whether the fee and the aid stay; each is asked for only where there is one."""

    fee = forms.ChoiceField(
        label=_("Avgiften"),
        choices=[(STAYS, _("Avgiften gäller")), (ENDS, _("Avgiften tas bort"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj vad som händer med avgiften.")},
    )
    aid = forms.ChoiceField(
        label=_("Stödet"),
        choices=[(STAYS, _("Stödet står kvar")), (ENDS, _("Stödet upphävs helt"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj vad som händer med stödet.")},
    )
    why = forms.CharField(
        label=_("Skäl"),
        help_text=_("Den som betalar, och företaget, läser skälen i ett brev."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Skriv skälen.")},
    )
    no_conflict = no_conflict_field()

    def __init__(self, *args: Any, has_fee: bool, has_aid: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, is_asked in (("fee", has_fee), ("aid", has_aid)):
            if not is_asked:
                del self.fields[name]

    def judgement(self) -> Judgement:
        """Return what is to become of both, and why."""
        told = self.cleaned_data
        return Judgement(
            fee_stays=told["fee"] == STAYS if "fee" in told else None,
            aid_stays=told["aid"] == STAYS if "aid" in told else None,
            why=told["why"],
            without_conflict=told["no_conflict"],
        )
