"""One company: whom it hangs together with and why, its room, its aid, its certificates."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils import timezone

from accounts.requests import UserRequest
from cohorts.forms.controls import OnDayForm
from cohorts.queries import aid as queries
from cohorts.queries.aid_rows import companies_for_officers, standing_contacts
from cohorts.queries.fees import waiting_for_companies
from cohorts.views.aid.shown import A_PAGE, officer, tables
from companies.words import KINDS
from deminimis.queries.certificates import certificates_of
from deminimis.queries.groups import branches_of, rows_of
from deminimis.queries.ledger import ledger_of


@officer
def aid_company(request: UserRequest, company_id: int) -> HttpResponse:
    """Show a company: whom it hangs together with and why, its room, its aid, its certificates."""
    company = get_object_or_404(companies_for_officers(), id=company_id)
    day_form = OnDayForm(request.GET if "dag" in request.GET else None)
    asked = day_form.cleaned_data["dag"] if day_form.is_valid() else None
    on = asked or timezone.localdate()
    known, room = queries.room_today(company, on=on)
    branches = branches_of(known.group, known.controls, members=room.members, on=on)
    page = Paginator(ledger_of(company), A_PAGE).get_page(request.GET.get("page"))
    return TemplateResponse(
        request,
        "cohorts/aid/company.html",
        {
            "company": company,
            "room": room,
            "on": on,
            "day_form": day_form,
            "rests_on": known.certificate_of(company.pk, on=on),
            "branches": branches,
            "rows": rows_of(branches),
            "changes": [
                change
                for change in reversed(known.changes)
                if company.pk in {change.source_id, change.target_id}
            ],
            "page": page,
            "cases": queries.cases_of(page),
            "kinds": KINDS,
            "contacts": standing_contacts(company),
            "certificates": certificates_of(company)[:A_PAGE],
            "waiting": waiting_for_companies([company.pk])[:A_PAGE],
            **tables(),
        },
    )
