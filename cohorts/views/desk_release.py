"""Sending the invitations: choose, see what will happen, say yes, see what became of each."""

from collections.abc import Iterable
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.gates import role_needed
from accounts.requests import UserRequest
from accounts.rules import Role
from cohorts import words
from cohorts.actions.seats import ReleaseOutcome, release_invitations
from cohorts.emails.previews import invitation_preview
from cohorts.forms.staff_people import NUMBER_TYPED_ABOVE, ReleaseForm
from cohorts.models import Cohort
from cohorts.queries.desk import LIVING
from cohorts.queries.releasing import Preview, drafts_in, release_preview
from cohorts.queries.seats import first_round, planned_meetings, seats_left
from cohorts.rules.enrolments import SeatRefusal
from cohorts.views.staff_doors import own_cohort, posted
from outbox.letters import Letter

SENT = "sent"
CHOSEN = "person"


@role_needed(Role.FACILITATOR, Role.COORDINATOR)
def release(request: UserRequest, cohort_id: int) -> HttpResponse:
    """Choose drafts, then see whom a letter would reach and how it reads, then send."""
    cohort = own_cohort(request, cohort_id)
    if cohort.state not in LIVING:
        messages.error(request, _("Gruppen är över, så ingen kan bjudas in."))
        return redirect("cohorts:cohort_desk", cohort_id=cohort.pk)
    told = request.POST if request.method == "POST" else request.GET
    ids = [int(pk) for pk in told.getlist(CHOSEN) if pk.isdecimal()]
    if not ids:
        return _choose(request, cohort)
    preview = release_preview(cohort, ids, now=timezone.now())
    form = ReleaseForm(
        posted(request),
        initial={CHOSEN: ids},
        ids=ids,
        recipients=len(preview.sent),
    )
    if request.method == "POST" and form.is_valid():
        outcomes = release_invitations(
            cohort_id=cohort.pk, invitation_ids=ids, by=request.user, now=timezone.now()
        )
        return redirect(_result_address(cohort, outcomes))
    context = {
        "cohort": cohort,
        "preview": preview,
        "form": form,
        "letter": _letter(cohort, preview),
        "types_number": len(preview.sent) > NUMBER_TYPED_ABOVE,
        "words": words,
    }
    return TemplateResponse(request, "cohorts/staff/release.html", context)


@role_needed(Role.FACILITATOR, Role.COORDINATOR)
def release_result(request: UserRequest, cohort_id: int) -> HttpResponse:
    """Show what became of each person in a release. The address holds it, so it stays."""
    cohort = own_cohort(request, cohort_id)
    told = dict(_outcomes(request.GET.getlist("utfall")))
    invitations = cohort.invitations.filter(pk__in=told).select_related("interest__company")
    rows = [{"invitation": one, "refusal": told[one.pk]} for one in invitations.order_by("id")]
    context = {
        "cohort": cohort,
        "rows": rows,
        "sent": sum(row["refusal"] is None for row in rows),
        "words": words,
    }
    return TemplateResponse(request, "cohorts/staff/release_result.html", context)


def _choose(request: UserRequest, cohort: Cohort) -> HttpResponse:
    context = {
        "cohort": cohort,
        "drafts": list(drafts_in(cohort)),
        "seats_left": seats_left(cohort),
        "nobody_chosen": CHOSEN in request.POST or "granska" in request.GET,
        "words": words,
    }
    return TemplateResponse(request, "cohorts/staff/release_choose.html", context)


def _letter(cohort: Cohort, preview: Preview) -> Letter | None:
    """Return the letter to the first recipient, or None if nobody gets one."""
    if not preview.sent:
        return None
    draft = preview.sent[0]
    draft.cohort = cohort
    return invitation_preview(
        draft,
        first_round=first_round(cohort),
        meetings=planned_meetings(cohort),
        deadline=preview.deadline,
        now=timezone.now(),
    )


def _result_address(cohort: Cohort, outcomes: Iterable[ReleaseOutcome]) -> str:
    told = [("utfall", f"{one.invitation_id}.{one.refusal or SENT}") for one in outcomes]
    address = reverse("cohorts:release_result", args=[cohort.pk])
    return f"{address}?{urlencode(told)}"


def _outcomes(told: Iterable[str]) -> Iterable[tuple[int, SeatRefusal | None]]:
    """Yield invitation and refusal from an address; what is no outcome is left out."""
    for one in told:
        pk, _sep, code = one.partition(".")
        if pk.isdecimal() and code == SENT:
            yield int(pk), None
        elif pk.isdecimal() and code in set(SeatRefusal):
            yield int(pk), SeatRefusal(code)
