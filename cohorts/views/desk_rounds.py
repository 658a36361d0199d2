"""Starting and closing a course in a cohort."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.gates import role_needed
from accounts.requests import UserRequest
from accounts.rules import MoveRefused, Role
from cohorts import words
from cohorts.actions import forming
from cohorts.actions import rounds as actions
from cohorts.forms.staff_cohorts import RoundDatesForm
from cohorts.models import Cohort, CourseRound
from cohorts.queries.cohort_rounds import answers_in, round_to_start, rounds_of
from cohorts.queries.meetings import members_of, series_of
from cohorts.queries.seats import running_round
from cohorts.queries.votes import votes_in
from cohorts.rules import CohortState, MeetingState
from cohorts.rules.votes import COMING_OR_OPEN
from cohorts.views.staff_doors import own_cohort, posted

USUAL_LENGTH = timedelta(weeks=10)
MAY_START = (CohortState.CONFIRMED, CohortState.RUNNING)


@role_needed(Role.FACILITATOR, Role.COORDINATOR)
def round_start(request: UserRequest, cohort_id: int) -> HttpResponse:
    """Start the course that has been chosen, with its dates."""
    cohort = own_cohort(request, cohort_id)
    round_ = round_to_start(rounds_of(cohort))
    hindrance = _hindrance(cohort, round_)
    if round_ is None or hindrance:
        messages.error(request, hindrance)
        return redirect("cohorts:cohort_desk", cohort_id=cohort.pk)
    starts_on = round_.starts_on or timezone.localdate()
    initial = {"starts_on": starts_on, "ends_on": starts_on + USUAL_LENGTH}
    form = RoundDatesForm(posted(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.start_round(
                round_id=round_.pk, by=request.user, now=timezone.now(), **form.cleaned_data
            )
        except MoveRefused:
            messages.error(request, _("Kursen kan inte starta nu. Ingenting ändrades."))
        else:
            said = _("Kursen %(course)s har startat.")
            messages.success(request, said % {"course": round_.course.title})
        return redirect("cohorts:cohort_desk", cohort_id=cohort.pk)
    context = {
        "cohort": cohort,
        "round": round_,
        "form": form,
        "answers": answers_in(round_),
        "members": members_of(cohort).count(),
        "meetings": list(series_of(round_)),
        "words": words,
    }
    return TemplateResponse(request, "cohorts/staff/round_start.html", context)


@role_needed(Role.FACILITATOR, Role.COORDINATOR)
def round_close(request: UserRequest, cohort_id: int) -> HttpResponse:
    """Say what closing the course means, and close it."""
    cohort = own_cohort(request, cohort_id)
    round_ = running_round(cohort)
    if round_ is None:
        messages.error(request, _("Ingen kurs pågår i gruppen. Ingenting ändrades."))
        return redirect("cohorts:cohort_desk", cohort_id=cohort.pk)
    if request.method == "POST":
        try:
            actions.close_round(round_id=round_.pk, by=request.user, now=timezone.now())
        except MoveRefused:
            messages.error(request, _("Kursen var redan avslutad. Ingenting ändrades."))
        else:
            said = _("Kursen %(course)s är avslutad.")
            messages.success(request, said % {"course": round_.course.title})
        return redirect("cohorts:cohort_desk", cohort_id=cohort.pk)
    coming = series_of(round_).filter(state=MeetingState.SCHEDULED, starts_at__gt=timezone.now())
    context = {
        "cohort": cohort,
        "round": round_,
        "answers": answers_in(round_),
        "coming": list(coming),
        "words": words,
    }
    return TemplateResponse(request, "cohorts/staff/round_close.html", context)


@role_needed(Role.FACILITATOR, Role.COORDINATOR)
def cohort_complete(request: UserRequest, cohort_id: int) -> HttpResponse:
    """Say what ending the cohort means, and end it when no course runs."""
    cohort = own_cohort(request, cohort_id)
    if cohort.state != CohortState.RUNNING or running_round(cohort) is not None:
        messages.error(request, _("Gruppen kan avslutas när dess sista kurs är avslutad."))
        return redirect("cohorts:cohort_desk", cohort_id=cohort.pk)
    if request.method == "POST":
        try:
            forming.complete_cohort(cohort_id=cohort.pk, by=request.user, now=timezone.now())
        except MoveRefused:
            messages.error(request, _("Gruppen var redan avslutad. Ingenting ändrades."))
        else:
            messages.success(request, _("Gruppen är genomförd. Tack för ditt arbete!"))
        return redirect("cohorts:cohort_desk", cohort_id=cohort.pk)
    context = {
        "cohort": cohort,
        "members": members_of(cohort).count(),
        "ends_votes": votes_in(cohort).filter(state__in=COMING_OR_OPEN).exists(),
    }
    return TemplateResponse(request, "cohorts/staff/cohort_complete.html", context)


def _hindrance(cohort: Cohort, round_: CourseRound | None) -> str:
    """Return why no course can start now, or nothing."""
    if round_ is None:
        return _("Det finns ingen vald kurs att starta.")
    if running_round(cohort) is not None:
        return _("En kurs pågår redan. Avsluta den först.")
    if cohort.state not in MAY_START:
        return _("Bekräfta gruppen innan den första kursen startar.")
    return ""
