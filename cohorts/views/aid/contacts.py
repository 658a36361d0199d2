"""Who speaks for a company: somebody is added, and ended."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.requests import UserRequest
from cohorts.actions.contacts import add_contact, end_contact
from cohorts.forms.companies import ContactForm
from cohorts.queries.aid_rows import companies_for_officers, contacts_for_officers
from cohorts.views.aid.shown import officer
from companies.words import CONTACT_REFUSALS


@officer
def contact_new(request: UserRequest, company_id: int) -> HttpResponse:
    """Take the word that somebody speaks for a company."""
    company = get_object_or_404(companies_for_officers(), id=company_id)
    form = ContactForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        refusal = add_contact(
            company_id=company.pk, told=form.told(), by=request.user, now=timezone.now()
        )
        if refusal is None:
            messages.success(request, _("Kontaktpersonen är tillagd och får ett brev."))
            return redirect("cohorts:aid_company", company_id=company.pk)
        form.add_error("email", CONTACT_REFUSALS[refusal])
    context = {"company": company, "form": form}
    return TemplateResponse(request, "cohorts/aid/contact_new.html", context)


@officer
def contact_end(request: UserRequest, contact_id: int) -> HttpResponse:
    """Ask whether somebody shall speak for a company no more, and end it."""
    contact = get_object_or_404(contacts_for_officers(), id=contact_id)
    if request.method == "POST":
        refusal = end_contact(contact_id=contact.pk, by=request.user, now=timezone.now())
        if refusal is None:
            messages.success(request, _("Kontaktpersonen är avslutad."))
        else:
            messages.warning(request, CONTACT_REFUSALS[refusal])
        return redirect("cohorts:aid_company", company_id=contact.company_id)
    return TemplateResponse(request, "cohorts/aid/contact_end.html", {"contact": contact})
