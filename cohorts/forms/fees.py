"""Who pays a course fee, and that they may decide so."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cohorts.words import PAYERS


class PayForm(forms.Form):
    """Asked only when there is a fee: an employee's click alone never binds the company."""

    payer = forms.ChoiceField(
        label=_("Vem betalar?"),
        choices=list(PAYERS.items()),
        widget=forms.RadioSelect,
    )
    invoice_to = forms.CharField(
        label=_("Fakturaadress och referens"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    may_bind = forms.BooleanField(
        label=_(
            "Jag betalar själv, eller får besluta om köpet för företaget,"
            " och har läst priset med och utan moms"
        ),
    )

    def __init__(self, *args: Any, is_fee: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_fee:
            self.fields.clear()
