"""The style page: every component with example content, so that pages look alike."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.gates import anyone


class StyleForm(forms.Form):
    """One field of each kind that pages use."""

    name = forms.CharField(label=_("Namn"), widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.EmailField(
        label=_("E-postadress"),
        help_text=_("Hit skickar vi länken som du bekräftar med."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    employees = forms.IntegerField(label=_("Antal anställda"), required=False)
    starts_on = forms.DateField(label=_("Startdag"), help_text=_("Till exempel 2026-11-24"))
    language = forms.ChoiceField(
        label=_("Språk"), choices=[("", _("Välj")), ("sv", _("Svenska")), ("en", _("Engelska"))]
    )
    place = forms.ChoiceField(
        label=_("Var vill du helst träffas?"),
        choices=[("umea", "Umeå"), ("skelleftea", "Skellefteå"), ("mala", "Malå")],
        widget=forms.RadioSelect,
    )
    days = forms.MultipleChoiceField(
        label=_("Vilka dagar passar?"),
        required=False,
        choices=[("1", _("Måndag")), ("2", _("Tisdag")), ("3", _("Onsdag"))],
        widget=forms.CheckboxSelectMultiple,
    )
    question = forms.CharField(
        label=_("Vad vill du lära dig?"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    certificate = forms.FileField(label=_("Intyg"), help_text=_("PDF, högst 2 MB"))
    agreed = forms.BooleanField(label=_("Jag har läst om hur ni använder mina uppgifter"))


class StyleFilter(forms.Form):
    """A filter: nothing must be filled in, so nothing is marked as optional."""

    all_optional = True
    words = forms.CharField(label=_("Namn eller företag"), required=False)
    place = forms.MultipleChoiceField(
        label=_("Plats"),
        required=False,
        choices=[("umea", "Umeå"), ("mala", "Malå")],
        widget=forms.CheckboxSelectMultiple(attrs={"class": "govuk-checkboxes--small"}),
    )


@anyone
def style(request: HttpRequest) -> HttpResponse:
    """Show the components; nothing on the page is stored or sent."""
    context = _lists() | _things()
    context["plain_form"] = StyleForm(prefix="plain")
    context["wrong_form"] = StyleForm({"wrong-email": "anna"}, prefix="wrong")
    context["filter_form"] = StyleFilter(prefix="filter")
    context["page"] = Paginator(range(200), 20).page(4)
    return render(request, "site/style.html", context)


def _lists() -> dict[str, Any]:
    return {
        "crumbs": [
            {"text": gettext("Samordna"), "url": "#crumbs"},
            {"text": gettext("Personer"), "url": "#crumbs"},
            {"text": "Anna Ek"},
        ],
        "rows": [
            {"key": gettext("Namn"), "value": "Anna Ek", "url": "#summary"},
            {"key": gettext("Plats"), "value": "1. Umeå, 2. Malå", "url": "#summary"},
            {"key": gettext("Anmäld"), "value": "2026-11-22"},
        ],
        "columns": [
            gettext("Företag"),
            gettext("Läge"),
            {"text": gettext("Kronor"), "numeric": True},
        ],
        "table_rows": [
            [
                {"text": "Ek & Öberg AB", "url": "#table"},
                {"text": gettext("Klart"), "colour": "green"},
                {"text": "1 234,50", "numeric": True},
            ],
            [
                {"text": "Åkeri i Malå", "url": "#table"},
                {"text": gettext("Väntar"), "colour": "yellow"},
                {"text": "0,00", "numeric": True},
            ],
        ],
        "tasks": [
            {
                "title": gettext("Läs intyget från Ek & Öberg AB"),
                "hint": gettext("Kom in 2026-11-20"),
                "url": "#tasks",
                "status": gettext("Bråttom"),
                "colour": "red",
            },
            {"title": gettext("Markera närvaro"), "url": "#tasks", "status": gettext("Klart")},
            {"title": gettext("Stäng kursgruppen"), "status": gettext("Kan inte börja än")},
        ],
    }


def _things() -> dict[str, Any]:
    return {
        "timeline": [
            {
                "when": "2026-10-02",
                "state": "done",
                "title": gettext("Du anmälde intresse"),
                "text": gettext("Anmälan är icke-bindande."),
            },
            {
                "when": "2026-11-22",
                "state": "now",
                "title": gettext("Du är inbjuden"),
                "url": "#timeline",
                "action": gettext("Läs och svara"),
            },
            {
                "when": gettext("tisdag 24 november kl. 12.00, v. 48"),
                "state": "coming",
                "title": gettext("Första träffen i Umeå"),
            },
        ],
        "facts": [
            {"key": gettext("Pris"), "value": gettext("gratis")},
            {"key": gettext("Tid"), "value": gettext("30 timmar")},
            {"key": gettext("Språk"), "value": gettext("svenska")},
        ],
        "letter": {
            "to": "anna@example.org",
            "subject": gettext("RegAI: du är inbjuden"),
            "when": "2026-11-22 09.00",
            "text": gettext("Hej Anna!\n\nDu är inbjuden. Svara senast 2026-12-01."),
        },
        "publicity": {
            "text": gettext("Projektet drivs av en påhittad region."),
            "financiers": ["Exempelregionen", "Exempelverket"],
            "eu": True,
        },
    }
