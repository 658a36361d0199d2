"""The coordinator's first page, what could be formed, and companies to look at."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.gates import role_needed
from accounts.queries import roles_of
from accounts.requests import UserRequest
from accounts.rules import Role
from cohorts import words
from cohorts.actions.companies import CheckOutcome, check_company
from cohorts.forms.staff_people import CompanyForm
from cohorts.queries import coordination, current_programme
from cohorts.queries.choices import place_choices
from cohorts.queries.desk import living_cohorts, tasks_in
from cohorts.queries.formings import kept_formings
from cohorts.queries.meetings import led_by
from cohorts.queries.proposals import SIZE, proposals_for
from cohorts.queries.waiting import waiting_people
from cohorts.views.staff_doors import posted
from outbox.queries import letters_given_up

SHOWN = 20


@role_needed(Role.COORDINATOR)
def coordinator(request: UserRequest) -> HttpResponse:
    """Show what waits, the way from interest to finished, and who waits where."""
    programme, now = current_programme(), timezone.now()
    who_waits = {programme.pk: waiting_people(programme.pk)} if programme else {}
    tasks = tasks_in(
        living_cohorts(request.user, now=now), led_by(request.user), now=now, waiting=who_waits
    )
    companies = coordination.companies_to_check()
    queues = coordination.queues_of(who_waits[programme.pk]) if programme else []
    context = {
        "programme": programme,
        "urgent": sum(task.is_urgent for task in tasks),
        "tasks": len(tasks),
        "letters": letters_given_up().count(),
        "companies": list(companies[:SHOWN]),
        "companies_in_all": companies.count(),
        "funnel": coordination.funnel_of(programme.pk) if programme else None,
        "queues": queues,
        "waiting": sum(queue.people for queue in queues),
        "places": dict(place_choices()) if queues else {},
        "words": words,
    }
    return TemplateResponse(request, "cohorts/staff/coordinator.html", context)


@role_needed(Role.FACILITATOR, Role.COORDINATOR)
def proposals(request: UserRequest) -> HttpResponse:
    """Show which cohorts those who wait could form, and why the others wait."""
    programme, is_exact = current_programme(), request.GET.get("rakna") == "noga"
    found = (
        proposals_for(programme.pk, on=timezone.localdate(), exact=is_exact) if programme else None
    )
    queues = coordination.queues_of(waiting_people(programme.pk)) if programme else []
    context = {
        "found": found,
        "is_exact": is_exact,
        "drafts": kept_formings(programme.pk) if programme else [],
        "queues": queues,
        "waiting": sum(queue.people for queue in queues),
        "places": dict(place_choices()),
        "size": SIZE,
        "sees_all": Role.COORDINATOR in roles_of(request.user),
        "words": words,
    }
    return TemplateResponse(request, "cohorts/staff/proposals.html", context)


@role_needed(Role.COORDINATOR)
def company_check(request: UserRequest, company_id: int) -> HttpResponse:
    """Settle what a flagged company is: its name, its number, or that we have it already."""
    company = get_object_or_404(coordination.companies_to_check(), pk=company_id)
    form = CompanyForm(posted(request), initial={"name": company.name})
    if request.method == "POST" and form.is_valid():
        outcome = check_company(
            company_id=company.pk,
            name=form.cleaned_data["name"],
            number=form.cleaned_data["typed_number"],
            by=request.user,
            now=timezone.now(),
        )
        if outcome is not CheckOutcome.HAS_ITS_OWN:
            joined = outcome is CheckOutcome.JOINED
            messages.success(
                request,
                _("Personerna hör nu till företaget som redan fanns med det numret.")
                if joined
                else _("Företaget är kontrollerat."),
            )
            return redirect("cohorts:coordinator")
        form.add_error(
            "typed_number",
            _(
                "Ett annat företag har det numret, och det här har egna intyg, eget stöd eller en"
                " kontaktperson. Ingenting ändrades. Be stödhandläggaren titta på det."
            ),
        )
    people = company.interests.order_by("sort_key", "id")
    context = {"company": company, "form": form, "people": people, "words": words}
    return TemplateResponse(request, "cohorts/staff/company_check.html", context)
