"""Many certificates at once: those without a remark, a preview of what it would mean, then yes."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.requests import UserRequest
from cohorts.actions.certificates import approve_certificates
from cohorts.forms.aid import BatchForm
from cohorts.queries.aid import certificates_without_remark
from cohorts.views.aid.shown import officer, tables

MOST_AT_ONCE = 25


@officer
def batch(request: UserRequest) -> HttpResponse:
    """Show what approving would mean for each, and approve those that are ticked."""
    found = certificates_without_remark(on=timezone.localdate(), most=MOST_AT_ONCE)
    choices = [(one.certificate.pk, one.certificate.company.name) for one in found]
    form = BatchForm(request.POST if request.method == "POST" else None, choices=choices)
    if form.is_valid():
        approved, anew = approve_certificates(
            certificate_ids=form.cleaned_data["certificates"],
            without_conflict=form.cleaned_data["no_conflict"],
            by=request.user,
            now=timezone.now(),
        )
        told = ngettext("%(n)d intyg är godkänt.", "%(n)d intyg är godkända.", approved)
        places = _("Prövade kursplatser: %(n)d.") % {"n": anew}
        messages.success(request, f"{told % {'n': approved}} {places}")
        return redirect("cohorts:aid_desk")
    context = {"form": form, "found": found, **tables()}
    return TemplateResponse(request, "cohorts/aid/batch.html", context)
