"""A company as its contact sees it, and why a course costs what it costs."""

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.gates import logged_in
from accounts.requests import UserRequest
from cohorts import words
from cohorts.models import Enrolment
from cohorts.queries import contacts as queries
from cohorts.queries.aid import room_today
from cohorts.queries.fees import current_decision, participations_of
from cohorts.queries.payments import fees_of_company
from companies.models import Company
from deminimis import words as aid_words
from deminimis.actions import begin_certificate
from deminimis.queries.certificates import certificates_of
from deminimis.queries.ledger import ledger_of
from deminimis.queries.reach import company_key
from deminimis.queries.readings import readings_of
from deminimis.views.opening import path_to

A_PAGE = 50
MOST_COLLEAGUES = 5_000
LONGEST_ID = 18


@logged_in
def my_company(request: UserRequest) -> HttpResponse:
    """Show a contact their company; a post begins a certificate for it."""
    companies = list(queries.companies_spoken_for(request.user))
    chosen = request.POST.get("company") or request.GET.get("foretag") or ""
    if chosen:
        is_id = chosen.isascii() and chosen.isdecimal() and len(chosen) <= LONGEST_ID
        pk = int(chosen) if is_id else 0
        company = get_object_or_404(queries.companies_spoken_for(request.user), id=pk)
    elif companies:
        company = companies[0]
    else:
        return TemplateResponse(request, "cohorts/aid/no_company.html")
    if request.method == "POST":
        certificate = begin_certificate(company_id=company.pk, by=request.user, now=timezone.now())
        return redirect(path_to(certificate))
    return _company(request, company, companies)


@logged_in
def why_fee(request: UserRequest, participation_id: int) -> HttpResponse:
    """Say in plain words why a course costs something, or nothing."""
    participation = get_object_or_404(participations_of(request.user), id=participation_id)
    decision = current_decision(participation)
    if decision is None:
        messages.info(request, _("Det är inte avgjort än vad kursen kostar för dig."))
        return redirect("cohorts:fee", participation_id=participation.pk)
    reading = readings_of([decision.evidence])[0]
    return TemplateResponse(
        request,
        "cohorts/aid/why.html",
        {
            "participation": participation,
            "course": participation.round.course,
            "decision": decision,
            "reading": reading,
            "own": company_key(decision.company_id or 0),
            "rules": aid_words.RULES,
            "trace": aid_words.TRACE,
            "fee_kinds": words.FEE_KINDS,
        },
    )


def _colleagues(request: UserRequest, company: Company) -> Page[Enrolment]:
    """Return the first colleagues by name, or all of them where the address says so."""
    found = queries.colleagues_of(company)
    is_all = request.GET.get("kollegor") == "alla"
    return Paginator(found, MOST_COLLEAGUES if is_all else A_PAGE).page(1)


def _company(request: UserRequest, company: Company, companies: list[Company]) -> HttpResponse:
    today = timezone.localdate()
    certificates = list(certificates_of(company)[:A_PAGE])
    known, room = room_today(company, on=today)
    page = Paginator(ledger_of(company), A_PAGE).get_page(request.GET.get("page"))
    return TemplateResponse(
        request,
        "cohorts/aid/my_company.html",
        {
            "company": company,
            "others": [other for other in companies if other != company],
            "colleagues": _colleagues(request, company),
            "waiting": queries.waiting_for_a_certificate(company),
            "standing": queries.standing_of(certificates, on=today),
            "certificates": [(certificate, path_to(certificate)) for certificate in certificates],
            "room": room,
            "rests_on": known.certificate_of(company.pk, on=today),
            "page": page,
            "fees": list(fees_of_company(company, user=request.user)[:A_PAGE]),
            "fee_states": words.FEE_STATES,
            "certificate_states": aid_words.CERTIFICATE_STATES,
            "entry_kinds": aid_words.ENTRY_KINDS,
            "rules": aid_words.RULES,
        },
    )
