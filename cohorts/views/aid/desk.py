"""The aid officer's desk: what waits, by the day it is due, and a way to any company."""

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.requests import UserRequest
from cohorts import words
from cohorts.forms.aid import CompanySearchForm
from cohorts.models import DropOut, Participation
from cohorts.queries import aid as queries
from cohorts.queries.aid import Row, TaskKind, Waiting
from cohorts.rules import FeeKind
from cohorts.views.aid.shown import A_PAGE, days_left_in_words, officer
from deminimis.models import Certificate, Recovery, Settlement
from deminimis.queries.ledger import working_days_left
from deminimis.rules import RecoveryState
from deminimis.words import RECOVERY_STATES


@officer
def aid_desk(request: UserRequest) -> HttpResponse:
    """Show what waits, what is due first first, and find companies."""
    waiting = queries.waiting_for_officers()
    page = Paginator(waiting, A_PAGE).get_page(request.GET.get("page"))
    rows, today = queries.rows_behind(page), timezone.localdate()
    tasks = [_task(one, rows.get((one.kind, one.row)), today) for one in page]
    search = CompanySearchForm(request.POST if request.method == "POST" else None)
    found = queries.companies_matching(search.cleaned_data["sought"]) if search.is_valid() else None
    return TemplateResponse(
        request,
        "cohorts/aid/desk.html",
        {
            "page": page,
            "tasks": [task for task in tasks if task],
            "numbers": {kind: sum(w.kind is kind for w in waiting) for kind in TaskKind},
            "form": search,
            "found": found,
        },
    )


def _task(waiting: Waiting, row: Row | None, today: date) -> dict[str, Any] | None:
    """Return one line of the queue; None if its row was dealt with in this very moment."""
    if row is None:
        return None
    return {
        "hint": _("Senast %(day)s, sedan %(since)s")
        % {"day": waiting.due, "since": timezone.localdate(waiting.since)},
        "colour": "red" if waiting.due < today else "yellow",
        **_told(row, today),
    }


def _told(row: Row, today: date) -> dict[str, Any]:
    """Return what a line of the queue says: its title, where it leads, how it stands."""
    if isinstance(row, Certificate):
        unsettled = getattr(row, "unsettled", 0)
        status = _("slag av stöd saknas") if unsettled else _("att granska")
        return {
            "title": _("Granska intyget från %(company)s") % {"company": row.company.name},
            "url": reverse("cohorts:certificate_check", args=[row.pk]),
            "status": _("företaget har svarat") if row.answered_at else status,
        }
    if isinstance(row, Participation):
        person, course = row.enrolment.interest.name, row.round.course.title
        return {
            "title": _("Avgör vad %(course)s kostar för %(person)s")
            % {"course": course, "person": person},
            "url": reverse("cohorts:aid_case", args=[row.pk]),
            "status": words.FEE_KINDS[FeeKind.IN_REVIEW],
        }
    if isinstance(row, DropOut):
        interest = row.participation.enrolment.interest
        return {
            "title": _("Avgör avgift och stöd för %(person)s, som har slutat")
            % {"person": interest.name},
            "url": reverse("cohorts:drop_out", args=[row.pk]),
            "status": _("har slutat"),
        }
    if isinstance(row, Settlement):
        return {
            "title": _("Godkänn en kollegas förslag om %(company)s")
            % {"company": row.company.name},
            "url": reverse("cohorts:settlement", args=[row.pk]),
            "status": _("väntar på en till"),
        }
    if isinstance(row, Recovery):
        return {
            "title": _("Återkrav från %(company)s") % {"company": row.entry.company.name},
            "url": reverse("cohorts:recovery", args=[row.pk]),
            "status": RECOVERY_STATES[RecoveryState(row.state)],
        }
    return {
        "title": _("Registrera stödet till %(company)s") % {"company": row.company.name},
        "url": reverse("cohorts:register_entry", args=[row.pk]),
        "status": days_left_in_words(working_days_left(row.register_due_on, today=today)),
    }
