"""The filter over the catalogue of courses; its answers stand in the page's address."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cohorts.queries.public import FREE, LEVELS_IN_ORDER, PRICED
from cohorts.words import LEVELS

ANY = ("", _("Alla"))


class CourseFilter(forms.Form):
    """What somebody looks for. An answer that is no choice here narrows nothing."""

    all_optional = True
    pris = forms.ChoiceField(
        label=_("Pris"),
        required=False,
        choices=[ANY, (FREE, _("gratis för alla")), (PRICED, _("med pris"))],
    )
    sprak = forms.ChoiceField(
        label=_("Kursspråk"),
        required=False,
        choices=[ANY, ("sv", _("svenska")), ("en", _("engelska"))],
    )
    niva = forms.ChoiceField(
        label=_("Nivå"),
        required=False,
        choices=[ANY, *((code, LEVELS[code]) for code in LEVELS_IN_ORDER)],
    )

    def wanted(self) -> dict[str, str]:
        """Return what to narrow the catalogue by."""
        self.is_valid()
        said = self.cleaned_data if self.is_bound else {}
        return {
            "price": said.get("pris", ""),
            "language": said.get("sprak", ""),
            "level": said.get("niva", ""),
        }
