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
from cohorts.queries.alternatives import alternatives
from cohorts.queries.cohort_rounds import round_to_plan, rounds_of
from cohorts.queries.meetings import series_of
from cohorts.queries.seats import people_expected
from cohorts.queries.series import Wish
from cohorts.queries.touched import Asked, rules_touched
from cohorts.rules import GAP_DAYS
from cohorts.rules.sittings import RulesTouched
from cohorts.views.series_rows import (
    bound,
    first_day,
    next_row,
    rows_for,
    rows_posted,
    told_of_proposed,
    weeks_shown,
)
from cohorts.views.staff_doors import own_cohort
from cohorts.views.touches import point_out

USUAL_MEETINGS = 5  # enough for a course of ten weeks


@role_needed(Role.FACILITATOR, Role.COORDINATOR)
def series(request: UserRequest, cohort_id: int) -> HttpResponse:
    """Propose dates as rows to edit; say which rule a row touches; save when none does."""
    cohort = own_cohort(request, cohort_id)
    round_ = round_to_plan(rounds_of(cohort))
    if round_ is None:
        messages.error(request, _("Det finns ingen kurs att planera träffar för."))
        return redirect("cohorts:cohort_desk", cohort_id=cohort.pk)
    if request.method != "POST":
        return _proposal(request, cohort, round_)
    if request.POST.get("do") == "add":
        rows = rows_posted(request.POST)
        rows.append(next_row(cohort, rows))
        why = request.POST.get("gap_reason", "")
        return _page(request, cohort, round_, rows_for(cohort, round_, rows, gap_reason=why))
    formset = bound(request.POST, round_)
    is_whole = formset.is_valid() and _touches_nothing(cohort, round_, formset)
    if request.POST.get("do") == "check":
        return _checked(request, cohort, round_, formset, is_whole=is_whole)
    if is_whole and _save(request, round_, formset):
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
    case = queries.case_for(cohort, round_, wish)
    meetings = list(queries.proposed(plan, case))
    formset = rows_for(cohort, round_, [told_of_proposed(cohort, one) for one in meetings])
    # Without a plan there is one empty row and no meeting.
    for row, one in zip(formset.forms, meetings, strict=False):
        row.proposed = one  # type: ignore[attr-defined]  # shown beside the row
    more = {
        "wish": wish,
        "weeks": weeks_shown(cohort, round_, [one.starts_at for one in meetings]),
        "others": (
            list(alternatives(cohort, round_, wish, plan)) if "fler" in request.GET else None
        ),
    }
    return _page(request, cohort, round_, formset, asked=asked, plan=plan, more=more)


def _page(  # noqa: PLR0913 -- what the page shows
    request: UserRequest,
    cohort: Cohort,
    round_: CourseRound,
    formset: BaseSeries,
    *,
    asked: ProposeForm | None = None,
    plan: Plan | None = None,
    more: dict[str, Any] | None = None,
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
        **(more or {}),
    }
    return TemplateResponse(request, "cohorts/staff/series.html", context)


def _checked(
    request: UserRequest,
    cohort: Cohort,
    round_: CourseRound,
    formset: BaseSeries,
    *,
    is_whole: bool,
) -> HttpResponse:
    """Say which rules the rows touch, on the whole page or, asked by htmx, in a few lines."""
    if request.headers.get("HX-Request"):
        context = {"formset": formset, "is_whole": is_whole}
        return TemplateResponse(request, "cohorts/staff/series_checked.html", context)
    if is_whole:
        messages.success(request, _("Dagarna går att spara: ingen regel är bruten."))
    return _page(request, cohort, round_, formset)


def _touches_nothing(cohort: Cohort, round_: CourseRound, formset: BaseSeries) -> bool:
    """Ask the checker about the rows and point out what they touch; return whether they may."""
    asked = Asked(
        leader_id=cohort.facilitator_id,
        sittings=[planned.sitting for planned in formset.planned()],
        standing=list(series_of(round_)),
        people=people_expected(cohort),
    )
    touches = rules_touched(asked, now=timezone.now())
    point_out(formset.kept, touches)
    return not touches


def _save(request: UserRequest, round_: CourseRound, formset: BaseSeries) -> bool:
    """Save the rows and say so; return whether it was done."""
    try:
        meetings = plan_series(
            round_id=round_.pk,
            series=formset.planned(),
            gap_reason=formset.gap_reason,
            by=request.user,
            now=timezone.now(),
        )
    except RhythmBroken:
        messages.error(
            request, _("Någon har just ändrat träffarna. Inget är sparat: se över dagarna igen.")
        )
        return False
    except RulesTouched as touched:
        messages.error(request, _("Någon hann före. Inget är sparat: se över dagarna igen."))
        point_out(formset.kept, touched.touches)
        return False
    said = ngettext(
        "%(n)s träff är planerad, och gruppen har fått brev.",
        "%(n)s träffar är planerade, och gruppen har fått brev.",
        len(meetings),
    )
    messages.success(request, said % {"n": len(meetings)})
    return True
