"""What a person corrects about themselves."""

from django import forms
from django.utils.translation import gettext_lazy as _


class DetailsForm(forms.Form):
    """Name, and the language of pages and letters."""

    name = forms.CharField(
        label=_("Ditt namn"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    language = forms.ChoiceField(
        label=_("Språk i brev"),
        choices=[("sv", _("Svenska")), ("en", _("Engelska"))],
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--inline"}),
    )
