"""Calling the cohort's vote on its next course: what is settled is seen before it opens."""

from datetime import timedelta
from math import ceil
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.gates import role_needed
from accounts.requests import UserRequest
from accounts.rules import Role
from cohorts import words
from cohorts.actions.votes import QUORUM_PERCENT, open_vote
from cohorts.forms.staff_votes import VoteForm
from cohorts.models import Cohort
from cohorts.queries.choices import courses_to_vote_on
from cohorts.queries.meetings import members_of
from cohorts.rules import CohortState, RoundState
from cohorts.rules.votes import FEWEST_VOTERS, OpenRefusal
from cohorts.views.staff_doors import own_cohort
from voting.rules import Rule
from voting.words import RULES

VOTE_LASTS = timedelta(days=10)


@role_needed(Role.FACILITATOR, Role.COORDINATOR)
def vote_new(request: UserRequest, cohort_id: int) -> HttpResponse:
    """Choose courses and a close, see what is settled, open the vote."""
    cohort, now = own_cohort(request, cohort_id), timezone.now()
    members = list(members_of(cohort))
    hindrance = _hindrance(cohort, voters=len(members))
    if hindrance is not None:
        messages.error(request, words.OPEN_REFUSALS[hindrance])
        return redirect("cohorts:cohort_desk", cohort_id=cohort.pk)
    courses = list(courses_to_vote_on(cohort))
    told = request.POST if request.method == "POST" else request.GET or None
    form = VoteForm(
        told,
        initial={"closes_on": timezone.localdate(now + VOTE_LASTS)},
        courses=[(course.pk, course.title) for course in courses],
        now=now,
    )
    if request.method == "POST" and form.is_valid():
        opened = open_vote(
            cohort_id=cohort.pk,
            course_ids=form.cleaned_data["courses"],
            closes_at=form.closes_at,
            is_open_count=form.cleaned_data["is_open_count"],
            by=request.user,
            now=now,
        )
        if not isinstance(opened, OpenRefusal):
            messages.success(request, _("Omröstningen är öppen och alla i gruppen har fått brev."))
            return redirect("cohorts:cohort_desk", cohort_id=cohort.pk)
        form.add_error(None, words.OPEN_REFUSALS[opened])
    context: dict[str, Any] = {
        "cohort": cohort,
        "form": form,
        "courses": courses,
        "members": members,
        "words": words,
    }
    if form.is_bound and "andra" not in request.GET and form.is_valid():
        chosen = [one for one in courses if one.pk in form.cleaned_data["courses"]]
        context |= {
            "chosen": chosen,
            "has_priced": any(course.price_sek for course in chosen),
            "told": urlencode(_told(form)),
            "closes_at": form.closes_at,
            "rule": RULES[Rule.RANKED_PAIRS],
            "quorum": ceil(len(members) * QUORUM_PERCENT / 100),
            "quorum_percent": QUORUM_PERCENT,
        }
        return TemplateResponse(request, "cohorts/staff/vote_preview.html", context)
    return TemplateResponse(request, "cohorts/staff/vote_new.html", context)


def _told(form: VoteForm) -> list[tuple[str, object]]:
    """Return what was chosen, as it stands in the address of the first step."""
    told = form.cleaned_data
    return [
        *(("courses", pk) for pk in told["courses"]),
        ("closes_on", told["closes_on"]),
        *([("is_open_count", "on")] if told["is_open_count"] else []),
    ]


def _hindrance(cohort: Cohort, *, voters: int) -> OpenRefusal | None:
    """Return why no vote can open in the cohort now, whatever is chosen, or None."""
    if cohort.state != CohortState.RUNNING:
        return OpenRefusal.NOT_RUNNING
    if cohort.rounds.filter(state=RoundState.IN_BALLOT).exists():
        return OpenRefusal.ONE_IS_OPEN
    return OpenRefusal.TOO_FEW_VOTERS if voters < FEWEST_VOTERS else None
