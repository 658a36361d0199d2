"""Exchange rates: which are known, and newer ones from the bank's file."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.requests import UserRequest
from cohorts.actions.aid import decide_for_new_rates
from cohorts.forms.aid import RatesForm
from cohorts.queries.aid_rows import latest_rates
from cohorts.views.aid.shown import officer
from deminimis.actions import keep_rates
from deminimis.engine import rates_text
from ground.reading import Malformed

SHOWN = 10
MOST_FAULTS = 3
LARGEST_BYTES = 8 * 1024 * 1024


@officer
def rates(request: UserRequest) -> HttpResponse:
    """Show the latest rates, and take the bank's file; what is wrong in it is told at the field."""
    is_posted = request.method == "POST"
    form = RatesForm(request.POST, request.FILES) if is_posted else RatesForm()
    if is_posted and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            text = rates_text(file.read(LARGEST_BYTES))
            new = keep_rates(text=text, by=request.user, now=timezone.now())
        except Malformed as wrong:
            faults = "; ".join(wrong.faults[:MOST_FAULTS])
            form.add_error(
                "file",
                _("Det är inte bankens fil, och inget sparades: %(faults)s") % {"faults": faults},
            )
        else:
            told = ngettext("%(n)d ny kurs är sparad.", "%(n)d nya kurser är sparade.", new)
            anew = decide_for_new_rates(now=timezone.now())
            tried = ngettext(
                "%(n)d ärende som väntade på en kurs är avgjort på nytt.",
                "%(n)d ärenden som väntade på en kurs är avgjorda på nytt.",
                anew,
            )
            said = [told % {"n": new}, tried % {"n": anew}] if anew else [told % {"n": new}]
            messages.success(request, " ".join(said))
            return redirect("cohorts:rates")
    context = {"form": form, "rates": latest_rates()[:SHOWN]}
    return TemplateResponse(request, "cohorts/aid/rates.html", context)
