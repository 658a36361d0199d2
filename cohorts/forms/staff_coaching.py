"""What a coach types on the phone."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms import EmailField
from cohorts.forms.interests import InterestForm


class PhoneForm(InterestForm):
    """The sign-up as it is heard on the phone; the person must be told what happens to it."""

    has_told = forms.BooleanField(
        label=_("Jag har läst upp texten ovan, och personen vill bli anmäld"),
        error_messages={"required": _("Läs upp texten och kryssa i rutan innan du anmäler.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = {
            "name": _("Personens namn"),
            "email": _("Personens e-postadress"),
            "company": _("Personens företag eller organisation"),
            "place": _("Var vill personen helst träffas?"),
            "topics": _("Är det något särskilt personen vill lära sig?"),
        }
        for name, label in labels.items():
            self.fields[name].label = label
            self.fields[name].widget.attrs.pop("autocomplete", None)
        self.fields["email"].help_text = _("Dit går brevet med länken som personen bekräftar med.")


class CorrectForm(forms.Form):
    """A name or an address that was heard wrong."""

    name = forms.CharField(label=_("Personens namn"), max_length=200)
    email = EmailField(label=_("Personens e-postadress"))
