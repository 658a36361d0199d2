"""Who controls whom: a link between two companies is told, and ended."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.requests import UserRequest
from cohorts.actions.aid import join_companies, part_companies
from cohorts.forms.controls import ControlForm, PartForm
from cohorts.queries.aid_rows import companies_for_officers, controls_for_officers
from cohorts.views.aid.shown import officer, tables
from companies.words import JOIN_REFUSALS


@officer
def control_new(request: UserRequest, company_id: int) -> HttpResponse:
    """Take the word that a company belongs together with another."""
    company = get_object_or_404(companies_for_officers(), id=company_id)
    form = ControlForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        refusal = join_companies(
            company_id=company.pk, told=form.told(), by=request.user, now=timezone.now()
        )
        if refusal is None:
            messages.success(
                request, _("Kopplingen är sparad. De som väntar på besked är prövade på nytt.")
            )
            return redirect("cohorts:aid_company", company_id=company.pk)
        form.add_error("number", JOIN_REFUSALS[refusal])
    context = {"company": company, "form": form}
    return TemplateResponse(request, "cohorts/aid/control_new.html", context)


@officer
def control_end(request: UserRequest, control_id: int) -> HttpResponse:
    """Take the word that a link no longer stands from a day on."""
    control = get_object_or_404(controls_for_officers(), id=control_id)
    form = PartForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        refusal = part_companies(
            control_id=control.pk,
            until_on=form.cleaned_data["until_on"],
            by=request.user,
            now=timezone.now(),
        )
        if refusal is None:
            messages.success(
                request, _("Kopplingen är avslutad. De som väntar på besked är prövade på nytt.")
            )
            return redirect("cohorts:aid_company", company_id=control.owned_id)
        form.add_error("until_on", JOIN_REFUSALS[refusal])
    context = {"control": control, "form": form, **tables()}
    return TemplateResponse(request, "cohorts/aid/control_end.html", context)
