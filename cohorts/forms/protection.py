"""What is said before a person is erased."""

from django import forms
from django.utils.translation import gettext_lazy as _


class EraseForm(forms.Form):
    """The last yes before something that cannot be undone."""

    understood = forms.BooleanField(
        label=_("Jag vet att det inte går att ångra"),
        error_messages={"required": _("Kryssa i rutan först. Ingenting är raderat.")},
    )
