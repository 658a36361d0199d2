"""Freeing several seats at once: choose, see what will happen, say yes, see what became of each."""

from collections.abc import Iterable
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from accounts.gates import role_needed
from accounts.requests import UserRequest
from accounts.rules import Role
from cohorts import words
from cohorts.actions import freeing
from cohorts.forms.staff_people import FreeingForm
from cohorts.models import Cohort, Enrolment
from cohorts.queries.freeing import freeing_preview, offers_open, seats_held
from cohorts.rules.enrolments import Freed
from cohorts.views.staff_doors import own_cohort, posted

SEAT, OFFER = "plats", "inbjudan"


@role_needed(Role.FACILITATOR, Role.COORDINATOR)
def free_several(request: UserRequest, cohort_id: int) -> HttpResponse:
    """Choose seats and offers, see whom a letter would reach and who is next, then end them."""
    cohort = own_cohort(request, cohort_id)
    told = request.POST if request.method == "POST" else request.GET
    seats, offers = _numbers(told.getlist(SEAT)), _numbers(told.getlist(OFFER))
    if not seats and not offers:
        return _choose(request, cohort)
    now = timezone.now()
    preview = freeing_preview(cohort, enrolment_ids=seats, invitation_ids=offers, now=now)
    form = FreeingForm(
        posted(request),
        initial={SEAT: seats, OFFER: offers},
        seats=seats,
        offers=offers,
        recipients=preview.recipients,
    )
    if request.method == "POST" and form.is_valid():
        freed = freeing.free_several(
            cohort_id=cohort.pk,
            enrolment_ids=seats,
            invitation_ids=offers,
            by=request.user,
            why=form.cleaned_data["why"],
            now=now,
        )
        return redirect(_result_address(cohort, freed))
    context = {"cohort": cohort, "preview": preview, "form": form}
    return TemplateResponse(request, "cohorts/staff/free.html", context)


@role_needed(Role.FACILITATOR, Role.COORDINATOR)
def freed_result(request: UserRequest, cohort_id: int) -> HttpResponse:
    """Show what became of each person. The address holds it, so it stays."""
    cohort = own_cohort(request, cohort_id)
    seats, offers = (dict(_outcomes(request.GET.getlist(kind))) for kind in (SEAT, OFFER))
    members = cohort.enrolments.filter(pk__in=seats).select_related("interest")
    asked = cohort.invitations.filter(pk__in=offers).select_related("interest")
    rows = [(one.interest.name, seats[one.pk]) for one in members.order_by("id")]
    rows += [(one.interest.name, offers[one.pk]) for one in asked.order_by("id")]
    context = {
        "cohort": cohort,
        "rows": rows,
        "freed": sum(outcome != Freed.OVER_ALREADY for _, outcome in rows),
        "asked": list(offers_open(cohort)),
        "words": words,
    }
    return TemplateResponse(request, "cohorts/staff/free_result.html", context)


def _choose(request: UserRequest, cohort: Cohort) -> HttpResponse:
    context = {
        "cohort": cohort,
        "members": list(seats_held(cohort)),
        "offers": list(offers_open(cohort)),
        "nobody_chosen": "granska" in request.GET or request.method == "POST",
    }
    return TemplateResponse(request, "cohorts/staff/free_choose.html", context)


def _numbers(told: Iterable[str]) -> list[int]:
    return [int(pk) for pk in dict.fromkeys(told) if pk.isdecimal()]


def _result_address(cohort: Cohort, freed: Iterable[freeing.FreedSeat]) -> str:
    told = [
        (SEAT if isinstance(one.row, Enrolment) else OFFER, f"{one.row.pk}.{one.outcome}")
        for one in freed
    ]
    return f"{reverse('cohorts:freed_result', args=[cohort.pk])}?{urlencode(told)}"


def _outcomes(told: Iterable[str]) -> Iterable[tuple[int, Freed]]:
    """Yield row and outcome from an address; what is no outcome is left out."""
    for one in told:
        pk, _sep, code = one.partition(".")
        if pk.isdecimal() and code in set(Freed):
            yield int(pk), Freed(code)
