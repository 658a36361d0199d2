"""Calling the cohort's vote on its next course: what is settled is seen before it opens."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.gates import role_needed
from accounts.requests import UserRequest
from accounts.rules import Role
from cohorts import words
from cohorts.actions.questions import ask_cohort
from cohorts.actions.runner_up import take_runner_up
from cohorts.actions.votes import call_vote, void_vote
from cohorts.forms.staff_cohorts import ReasonForm
from cohorts.forms.staff_votes import QuestionForm, VoteForm
from cohorts.models import Cohort
from cohorts.queries.choices import courses_to_vote_on
from cohorts.queries.cohort_rounds import answers_in, round_to_start, rounds_of
from cohorts.queries.meetings import members_of
from cohorts.queries.runner_up import may_be_named, next_in_order, runner_up_refusal
from cohorts.queries.votes import as_called, hindrances_in, to_hold_again, votes_in
from cohorts.rules import CohortState
from cohorts.rules.votes import COMING_OR_OPEN, FEWEST_VOTERS, OpenRefusal, RunnerUpRefusal
from cohorts.views.staff_doors import own_cohort, posted
from voting.models import Ballot
from voting.rules import BallotState, Rule, reminders_owed, votes_needed
from voting.words import RULES

VOTE_LASTS = timedelta(days=10)
QUESTION_LASTS = timedelta(days=2)


@role_needed(Role.FACILITATOR, Role.COORDINATOR)
def vote_new(request: UserRequest, cohort_id: int) -> HttpResponse:
    """Choose courses, a close and how to count; see what is settled; call the vote."""
    cohort, now = own_cohort(request, cohort_id), timezone.now()
    members = list(members_of(cohort))
    hindrance = _hindrance(cohort, voters=len(members))
    if hindrance is not None:
        messages.error(request, words.OPEN_REFUSALS[hindrance])
        return redirect("cohorts:cohort_desk", cohort_id=cohort.pk)
    courses = list(courses_to_vote_on(cohort))
    before = _before(request, cohort)
    told = request.POST if request.method == "POST" else request.GET or None
    form = VoteForm(
        told if before is None else None,
        initial={"closes_on": timezone.localdate(now + VOTE_LASTS), **_settled_in(before)},
        courses=[(course.pk, course.title) for course in courses],
        now=now,
    )
    if request.method == "POST" and form.is_valid():
        called = call_vote(cohort_id=cohort.pk, plan=form.plan(), by=request.user, now=now)
        if not isinstance(called, OpenRefusal):
            messages.success(request, _called(called))
            return redirect("cohorts:cohort_desk", cohort_id=cohort.pk)
        form.add_error(None, words.OPEN_REFUSALS[called])
    context: dict[str, Any] = {
        "cohort": cohort,
        "form": form,
        "courses": courses,
        "members": members,
        "before": before,
        "hindrances": list(hindrances_in(cohort)),
        "words": words,
    }
    if form.is_bound and "andra" not in request.GET and form.is_valid():
        plan = form.plan()
        chosen = [one for one in courses if one.pk in plan.course_ids]
        context |= {
            "chosen": chosen,
            "has_priced": any(course.price_sek for course in chosen),
            "told": urlencode(_told(form)),
            "plan": plan,
            "opens_now": plan.opens_at <= now,
            "reminders": reminders_owed(opens_at=max(plan.opens_at, now), closes_at=plan.closes_at),
            "rule": RULES[Rule(plan.rule)],
            "eligible": len(members),
            "quorum": votes_needed(eligible=len(members), percent=plan.quorum_percent),
        }
        return TemplateResponse(request, "cohorts/staff/vote_preview.html", context)
    return TemplateResponse(request, "cohorts/staff/vote_new.html", context)


@role_needed(Role.FACILITATOR, Role.COORDINATOR)
def vote_void(request: UserRequest, cohort_id: int, ballot_id: int) -> HttpResponse:
    """Say what calling a vote off means, and do it with a reason; then a new one may be called."""
    cohort = own_cohort(request, cohort_id)
    ballot = get_object_or_404(votes_in(cohort), pk=ballot_id)
    form = ReasonForm(posted(request))
    if request.method == "POST" and form.is_valid():
        is_off = void_vote(
            ballot_id=ballot.pk,
            why=form.cleaned_data["why"],
            by=request.user,
            now=timezone.now(),
        )
        if is_off:
            messages.success(request, _("Omröstningen är avbruten, och alla i gruppen får brev."))
        else:
            messages.error(request, _("Omröstningen är redan över. Ingenting ändrades."))
        return redirect("cohorts:cohort_desk", cohort_id=cohort.pk)
    context = {"cohort": cohort, "ballot": ballot, "form": form}
    return TemplateResponse(request, "cohorts/staff/vote_void.html", context)


@role_needed(Role.FACILITATOR, Role.COORDINATOR)
def question_new(request: UserRequest, cohort_id: int) -> HttpResponse:
    """Ask the group something else than its next course: a show of hands."""
    cohort, now = own_cohort(request, cohort_id), timezone.now()
    form = QuestionForm(
        posted(request), initial={"closes_on": timezone.localdate(now + QUESTION_LASTS)}, now=now
    )
    if request.method == "POST" and form.is_valid():
        asked = ask_cohort(
            cohort_id=cohort.pk,
            question=form.cleaned_data["question"],
            answers=form.cleaned_data["answers"],
            closes_at=form.closes_at,
            by=request.user,
            now=now,
        )
        if not isinstance(asked, OpenRefusal):
            messages.success(request, _("Frågan är ställd, och alla i gruppen får brev."))
            return redirect("cohorts:cohort_desk", cohort_id=cohort.pk)
        form.add_error(None, words.OPEN_REFUSALS[asked])
    return TemplateResponse(
        request, "cohorts/staff/question_new.html", {"cohort": cohort, "form": form}
    )


@role_needed(Role.FACILITATOR, Role.COORDINATOR)
def round_replace(request: UserRequest, cohort_id: int) -> HttpResponse:
    """Show what happens if the chosen course falls through, and let the runner-up take over."""
    cohort = own_cohort(request, cohort_id)
    round_ = round_to_start(rounds_of(cohort))
    refusal = runner_up_refusal(round_) if round_ else RunnerUpRefusal.NOT_WAITING
    if round_ is None or refusal is not None:
        messages.error(request, words.RUNNER_UP_REFUSALS[refusal or RunnerUpRefusal.NO_VOTE])
        return redirect("cohorts:cohort_desk", cohort_id=cohort.pk)
    form = ReasonForm(posted(request))
    if request.method == "POST" and form.is_valid():
        chosen = take_runner_up(
            round_id=round_.pk,
            why=form.cleaned_data["why"],
            by=request.user,
            now=timezone.now(),
        )
        if isinstance(chosen, RunnerUpRefusal):
            messages.error(request, words.RUNNER_UP_REFUSALS[chosen])
        else:
            said = _("Nästa kurs är nu %(course)s, och alla i gruppen får brev.")
            messages.success(request, said % {"course": chosen.course.title})
        return redirect("cohorts:cohort_desk", cohort_id=cohort.pk)
    following = next_in_order(round_) if may_be_named(round_) else None
    context = {
        "cohort": cohort,
        "round": round_,
        "form": form,
        "is_named": may_be_named(round_),
        "following": following,
        "answers": answers_in(round_),
        "words": words,
    }
    return TemplateResponse(request, "cohorts/staff/round_replace.html", context)


def _called(ballot: Ballot) -> str:
    if ballot.state == BallotState.OPEN:
        return _("Omröstningen är öppen och alla i gruppen har fått brev.")
    return _("Omröstningen öppnar av sig själv, och alla i gruppen har fått brev om det.")


def _told(form: VoteForm) -> list[tuple[str, object]]:
    """Return what was chosen, as it stands in the address of the first step."""
    told = form.cleaned_data
    return [
        *(("courses", pk) for pk in told["courses"]),
        ("opens_on", told["opens_on"] or ""),
        ("closes_on", told["closes_on"]),
        ("rule", told["rule"]),
        ("quorum_percent", told["quorum_percent"]),
        *((name, "on") for name in ("is_open_count", "with_none") if told[name]),
    ]


def _before(request: UserRequest, cohort: Cohort) -> Ballot | None:
    """Return the vote that is to be held again: its settings are filled in, and may be changed."""
    asked = request.GET.get("igen", "")
    latest = to_hold_again(list(votes_in(cohort))) if request.method == "GET" and asked else None
    return latest if latest is not None and str(latest.pk) == asked else None


def _settled_in(ballot: Ballot | None) -> dict[str, Any]:
    if ballot is None:
        return {}
    plan = as_called(ballot)
    return {
        "courses": plan.course_ids,
        "rule": plan.rule,
        "quorum_percent": plan.quorum_percent,
        "is_open_count": plan.is_open_count,
        "with_none": plan.with_none,
    }


def _hindrance(cohort: Cohort, *, voters: int) -> OpenRefusal | None:
    """Return why no vote can open in the cohort now, whatever is chosen, or None."""
    if cohort.state != CohortState.RUNNING:
        return OpenRefusal.NOT_RUNNING
    if cohort.rounds.filter(ballot__state__in=COMING_OR_OPEN).exists():
        return OpenRefusal.ONE_IS_OPEN
    return OpenRefusal.TOO_FEW_VOTERS if voters < FEWEST_VOTERS else None
