"""Planning a series of meetings: the planner proposes dates, the facilitator edits, then saves."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.gates import role_needed
from accounts.requests import UserRequest
from accounts.rules import Role
from cohorts import words
from cohorts.actions.series import RhythmBroken, plan_series
from cohorts.forms.staff_series import BaseSeries, ProposeForm
from cohorts.models import Cohort, CourseRound
from cohorts.planning.facts import Plan
from cohorts.queries import series as queries
from cohorts.queries.cohort_rounds import round_to_plan
from cohorts.queries.meetings import series_of
from cohorts.queries.series import Wish
from cohorts.rules import GAP_DAYS
from cohorts.views.series_rows import (
    bound,
    first_day,
    next_row,
    rows_for,
    rows_posted,
    told_of_proposed,
)
from cohorts.views.staff_doors import own_cohort

USUAL_MEETINGS = 5  # enough for a course of ten weeks


@role_needed(Role.FACILITATOR, Role.COORDINATOR)
def series(request: UserRequest, cohort_id: int) -> HttpResponse:
    """Propose dates as rows to edit; save the series when its rhythm holds."""
    cohort = own_cohort(request, cohort_id)
    round_ = round_to_plan(cohort)
    if round_ is None:
        messages.error(request, _("Det finns ingen kurs att planera träffar för."))
        return redirect("cohorts:cohort_desk", cohort_id=cohort.pk)
    if request.method != "POST":
        return _proposal(request, cohort, round_)
    if request.POST.get("do") == "add":
        rows = rows_posted(request.POST)
        return _page(
            request, cohort, round_, rows_for(cohort, round_, [*rows, next_row(cohort, rows)])
        )
    formset = bound(request.POST, round_)
    if formset.is_valid() and _save(request, round_, formset):
        return redirect("cohorts:cohort_desk", cohort_id=cohort.pk)
    return _page(request, cohort, round_, formset)


def _proposal(request: UserRequest, cohort: Cohort, round_: CourseRound) -> HttpResponse:
    """Show what the planner proposes for the wish in the address, or for the usual one."""
    wish = Wish(many=USUAL_MEETINGS, first_on=first_day(cohort, round_))
    usual = {"many": wish.many, "first_on": wish.first_on}
    asked = ProposeForm(request.GET if "many" in request.GET else None, initial=usual)
    if asked.is_valid():
        wish = Wish(**asked.cleaned_data)
    elif asked.is_bound:
        return _page(request, cohort, round_, rows_for(cohort, round_, []), asked=asked)
    plan = queries.plan_for(cohort, round_, wish)
    people = queries.people_to_plan_for(cohort)
    meetings = list(queries.proposed(plan, people))
    formset = rows_for(cohort, round_, [told_of_proposed(cohort, one) for one in meetings])
    # Without a plan there is one empty row and no meeting.
    for row, one in zip(formset.forms, meetings, strict=False):
        row.proposed = one  # type: ignore[attr-defined]  # shown beside the row
    return _page(request, cohort, round_, formset, asked=asked, plan=plan)


def _page(  # noqa: PLR0913 -- what the page shows
    request: UserRequest,
    cohort: Cohort,
    round_: CourseRound,
    formset: BaseSeries,
    *,
    asked: ProposeForm | None = None,
    plan: Plan | None = None,
) -> HttpResponse:
    usual = {"many": USUAL_MEETINGS, "first_on": first_day(cohort, round_)}
    context: dict[str, Any] = {
        "cohort": cohort,
        "round": round_,
        "standing": list(series_of(round_)),
        "formset": formset,
        "asked": asked or ProposeForm(initial=usual),
        "plan": plan,
        "gap": GAP_DAYS,
        "words": words,
    }
    return TemplateResponse(request, "cohorts/staff/series.html", context)


def _save(request: UserRequest, round_: CourseRound, formset: BaseSeries) -> bool:
    """Save the rows and say so; return whether it was done."""
    try:
        meetings = plan_series(
            round_id=round_.pk, series=formset.planned(), by=request.user, now=timezone.now()
        )
    except RhythmBroken:
        messages.error(
            request, _("Någon har just ändrat träffarna. Inget är sparat: se över dagarna igen.")
        )
        return False
    said = ngettext(
        "%(n)s träff är planerad, och gruppen har fått brev.",
        "%(n)s träffar är planerade, och gruppen har fått brev.",
        len(meetings),
    )
    messages.success(request, said % {"n": len(meetings)})
    return True
