"""What a company is, as far as aid is concerned: an officer sets it, with a reason."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.queries import changes_of
from accounts.requests import UserRequest
from accounts.steps import subject
from cohorts.actions.aid import set_kind
from cohorts.forms.companies import KindForm
from cohorts.queries.aid_rows import companies_for_officers
from cohorts.views.aid.shown import officer
from companies.rules import Kind
from companies.words import KIND_REFUSALS, KINDS


@officer
def company_kind(request: UserRequest, company_id: int) -> HttpResponse:
    """Show what a company is and has been, and take the word that it is something else."""
    company = get_object_or_404(companies_for_officers(), id=company_id)
    form = KindForm(
        request.POST if request.method == "POST" else None, initial={"kind": company.kind}
    )
    if form.is_valid():
        refusal = set_kind(
            company_id=company.pk, **form.cleaned_data, by=request.user, now=timezone.now()
        )
        if refusal is None:
            messages.success(
                request, _("Det är sparat. De som väntar på besked är prövade på nytt.")
            )
            return redirect("cohorts:aid_company", company_id=company.pk)
        form.add_error("kind", KIND_REFUSALS[refusal])
    history = changes_of(subject(company)).filter(became__in=list(Kind)).select_related("by_user")
    context = {"company": company, "form": form, "history": history, "kinds": KINDS}
    return TemplateResponse(request, "cohorts/aid/kind.html", context)
