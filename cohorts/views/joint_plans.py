"""Many cohorts planned at once: asked for, looked through and saved here; the worker makes it."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.gates import role_needed
from accounts.requests import UserRequest
from accounts.rules import MoveRefused, Role
from cohorts import words
from cohorts.actions import plan_jobs as actions
from cohorts.actions.plan_jobs import SeriesRefused
from cohorts.forms.joint_plans import JointForm
from cohorts.models import PlanJob
from cohorts.queries import joint_plans as queries
from cohorts.rules.meetings import GapRefusal
from cohorts.rules.plans import PlanJobState
from cohorts.rules.sittings import RhythmBroken
from cohorts.views.staff_doors import posted
from cohorts.views.touches import sentence

SOON = timedelta(days=14)
UNDER_WAY = (PlanJobState.WAITING, PlanJobState.RUNNING)


@role_needed(Role.COORDINATOR)
def planning(request: UserRequest) -> HttpResponse:
    """Show the courses whose meetings can be planned, and ask for a plan of those chosen."""
    form = JointForm(
        posted(request),
        courses=queries.rounds_to_plan(),
        initial={"first_on": timezone.localdate() + SOON},
    )
    if request.method == "POST" and form.is_valid():
        job = actions.ask_for_plan(
            first_on=form.cleaned_data["first_on"],
            rounds=form.wanted(),
            by=request.user,
            now=timezone.now(),
        )
        return redirect("cohorts:plan_job", job_id=job.pk)
    context = {"form": form, "jobs": queries.recent_jobs(), "words": words}
    return TemplateResponse(request, "cohorts/planning/planning.html", context)


@role_needed(Role.COORDINATOR)
def plan_job(request: UserRequest, job_id: int) -> HttpResponse:
    """Show how far a plan has come, then the plan; asked by htmx only the part that changes."""
    job = get_object_or_404(PlanJob, pk=job_id)
    context: dict[str, Any] = {
        "job": job,
        "under_way": job.state in UNDER_WAY,
        "gap": _gap(job),
        "series": queries.series_in(job) if job.state == PlanJobState.DONE else [],
        "sentences": queries.sentences_in(job),
        "words": words,
    }
    page = "plan_job_state" if request.headers.get("HX-Request") else "plan_job"
    return TemplateResponse(request, f"cohorts/planning/{page}.html", context)


@role_needed(Role.COORDINATOR)
@require_POST
def plan_save(request: UserRequest, job_id: int) -> HttpResponse:
    """Save every series of a plan, or none."""
    job = get_object_or_404(PlanJob, pk=job_id)
    try:
        saved = actions.save_plan(job_id=job.pk, by=request.user, now=timezone.now())
    except MoveRefused:
        messages.error(request, _("Planen är redan sparad eller avbruten. Ingenting ändrades."))
    except SeriesRefused as refused:
        said = _("%(cohort)s: %(why)s Ingenting är sparat. Be om en ny plan.")
        messages.error(request, said % {"cohort": refused.cohort, "why": _why(refused)})
    else:
        said = ngettext(
            "%(n)s träff är planerad. Deltagarna har fått brev.",
            "%(n)s träffar är planerade. Deltagarna har fått brev.",
            saved,
        )
        messages.success(request, said % {"n": saved})
    return redirect("cohorts:plan_job", job_id=job.pk)


@role_needed(Role.COORDINATOR)
@require_POST
def plan_stop(request: UserRequest, job_id: int) -> HttpResponse:
    """Stop a plan that is being made, or throw one away."""
    job = get_object_or_404(PlanJob, pk=job_id)
    if actions.stop_plan(job_id=job.pk, by=request.user, now=timezone.now()):
        messages.success(request, _("Planen är avbruten. Ingenting är sparat."))
    return redirect("cohorts:planning")


def _why(refused: SeriesRefused) -> str:
    if isinstance(refused.why, RhythmBroken):
        return str(words.GAP_REFUSALS[GapRefusal(refused.why.refusal)])
    return " ".join(sentence(one) for one in refused.why.touches)


def _gap(job: PlanJob) -> float | None:
    """Return by how many per cent the plan in hand may be bettered, None if not known."""
    told = job.progress if job.state in UNDER_WAY else {}
    value, bound = told.get("value"), told.get("bound")
    if job.answer.get("proven") and job.answer.get("feasible"):
        return 0.0
    if job.answer:
        value, bound = job.answer.get("seats"), job.answer.get("bound")
    if value is None or not bound:
        return None
    return max(0.0, round(100 * (1 - float(value) / float(bound)), 2))
