"""Mergers, splits and purchases: told, and taken back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.requests import UserRequest
from cohorts.actions.aid import take_change_back, tell_change
from cohorts.forms.controls import ChangeForm, TakeBackForm
from cohorts.queries.aid_rows import changes_for_officers, companies_for_officers
from cohorts.views.aid.shown import officer, tables
from companies.words import RESTRUCTURING_REFUSALS


@officer
def change_new(request: UserRequest, company_id: int) -> HttpResponse:
    """Take the word that a company merged, was split, or bought or sold a business."""
    company = get_object_or_404(companies_for_officers(), id=company_id)
    form = ChangeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        refusal = tell_change(
            company_id=company.pk, told=form.told(), by=request.user, now=timezone.now()
        )
        if refusal is None:
            messages.success(
                request, _("Det är sparat. De som väntar på besked är prövade på nytt.")
            )
            return redirect("cohorts:aid_company", company_id=company.pk)
        form.add_error("on", RESTRUCTURING_REFUSALS[refusal])
    context = {"company": company, "form": form}
    return TemplateResponse(request, "cohorts/aid/change_new.html", context)


@officer
def change_back(request: UserRequest, change_id: int) -> HttpResponse:
    """Take back a merger, split or purchase that was told by mistake."""
    change = get_object_or_404(changes_for_officers(), id=change_id)
    form = TakeBackForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        take_change_back(
            change_id=change.pk, why=form.cleaned_data["why"], by=request.user, now=timezone.now()
        )
        messages.success(request, _("Det är taget tillbaka. De som väntar är prövade på nytt."))
        return redirect("cohorts:aid_company", company_id=change.source_id)
    context = {"change": change, "form": form, **tables()}
    return TemplateResponse(request, "cohorts/aid/change_back.html", context)
