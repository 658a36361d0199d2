"""One cohort's desk: opened, seen, confirmed, called off."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.gates import role_needed
from accounts.queries import roles_of
from accounts.requests import UserRequest
from accounts.rules import MoveRefused, Role
from cohorts import words
from cohorts.actions import forming as actions
from cohorts.actions.rounds import confirm_cohort
from cohorts.forms.staff_cohorts import CohortForm, ReasonForm
from cohorts.models import Cohort, Forming
from cohorts.queries import choices, current_programme
from cohorts.queries import cohort_desk as queries
from cohorts.queries import cohort_rounds as rounds
from cohorts.queries.desk import FILLS, LIVING, tasks_in
from cohorts.queries.figures import figures_of
from cohorts.queries.meetings import led_by
from cohorts.queries.seats import planned_meetings
from cohorts.queries.votes import (
    has_vote_ahead,
    hindrances_before,
    to_hold_again,
    votes_in,
)
from cohorts.views.staff_doors import own_cohort, posted
from voting.words import BALLOT_STATES

USUAL_NOTICE = timedelta(weeks=6)


@role_needed(Role.FACILITATOR, Role.COORDINATOR)
def cohort_new(request: UserRequest) -> HttpResponse:
    """Open a cohort with its first course; nobody is invited by that."""
    form = _cohort_form(request)
    programme = current_programme()
    if request.method == "POST" and form.is_valid():
        if programme is None:
            form.add_error(None, _("Just nu driver inget projekt kursgrupper. Inget sparades."))
        else:
            told = form.cleaned_data
            name = choices.name_for(
                place=told["place"], time=form.time, starts_on=told["starts_on"]
            )
            leader = choices.leaders(request.user).filter(pk=told.get("facilitator", 0)).first()
            cohort = actions.open_cohort(
                programme=programme,
                plan=form.plan(name=name),
                facilitator=leader or request.user,
                by=request.user,
                now=timezone.now(),
                from_draft=_draft_of(request),
            )
            messages.success(
                request, _("Gruppen är öppnad. Nu kan du ta fram förslag på personer.")
            )
            return redirect("cohorts:proposal", cohort_id=cohort.pk)
    return TemplateResponse(request, "cohorts/staff/cohort_new.html", {"form": form})


@role_needed(Role.FACILITATOR, Role.COORDINATOR)
def cohort_desk(request: UserRequest, cohort_id: int) -> HttpResponse:
    """Show what to do next, people and the quiet ones, invitations, rhythm, courses."""
    cohort, now = own_cohort(request, cohort_id), timezone.now()
    [figures] = figures_of([cohort], now=now)
    living = [figures] if cohort.state in LIVING else []
    meetings = led_by(request.user).filter(round__cohort=cohort)
    members = queries.members_with_progress(cohort, now=now)
    courses = list(rounds.rounds_of(cohort))
    votes = list(votes_in(cohort))
    return TemplateResponse(
        request,
        "cohorts/staff/cohort_desk.html",
        {
            "cohort": cohort,
            "tasks": tasks_in(living, meetings, now=now),
            "figures": figures,
            "members": members,
            "quiet": sum(member.is_quiet for member in members),
            "invitations": list(queries.invitations_by_state(cohort)),
            "rhythm": queries.rhythm_of(cohort),
            "rounds": courses,
            "votes": votes,
            "to_hold_again": to_hold_again(votes),
            "has_vote_ahead": has_vote_ahead(votes),
            "hindrances": hindrances_before(votes, cohort),
            "ballot_states": BALLOT_STATES,
            "round_to_plan": rounds.round_to_plan(courses),
            "round_to_start": rounds.round_to_start(courses),
            "fills": cohort.state in FILLS,
            "now": now,
            "words": words,
        },
    )


@role_needed(Role.FACILITATOR, Role.COORDINATOR)
@require_POST
def cohort_confirm(request: UserRequest, cohort_id: int) -> HttpResponse:
    """Settle that the cohort will start, or say what is missing."""
    cohort = own_cohort(request, cohort_id)
    try:
        refusal = confirm_cohort(cohort_id=cohort.pk, by=request.user, now=timezone.now())
    except MoveRefused as refused:
        _say_refused(request, cohort, refused)
    else:
        if refusal is None:
            messages.success(request, _("Gruppen är bekräftad och kan starta."))
        else:
            messages.error(request, words.CONFIRM_REFUSALS[refusal])
    return redirect("cohorts:cohort_desk", cohort_id=cohort.pk)


@role_needed(Role.FACILITATOR, Role.COORDINATOR)
def cohort_cancel(request: UserRequest, cohort_id: int) -> HttpResponse:
    """Say what calling the cohort off means, and do it with a reason."""
    cohort = own_cohort(request, cohort_id)
    if cohort.state not in FILLS:
        messages.error(request, _("Gruppen kan inte ställas in: den pågår eller är redan över."))
        return redirect("cohorts:cohort_desk", cohort_id=cohort.pk)
    form = ReasonForm(posted(request))
    if request.method == "POST" and form.is_valid():
        why, now = form.cleaned_data["why"], timezone.now()
        try:
            actions.cancel_cohort(cohort_id=cohort.pk, by=request.user, why=why, now=now)
        except MoveRefused as refused:
            _say_refused(request, cohort, refused)
        else:
            messages.success(request, _("Gruppen är inställd, och alla som berörs får ett brev."))
        return redirect("cohorts:cohort_desk", cohort_id=cohort.pk)
    context = {
        "cohort": cohort,
        "form": form,
        "figures": figures_of([cohort], now=timezone.now())[0],
        "coming": len(planned_meetings(cohort)),
    }
    return TemplateResponse(request, "cohorts/staff/cohort_cancel.html", context)


def _draft_of(request: UserRequest) -> tuple[int, int] | None:
    """Return the kept proposal and the number of its cohort that led here, if one did."""
    draft, number = request.GET.get("utkast", ""), request.GET.get("nummer", "")
    if Role.COORDINATOR not in roles_of(request.user) or not number.isdecimal():
        return None
    known = draft.isdecimal() and Forming.objects.filter(pk=draft, ended_at=None).exists()
    return (int(draft), int(number)) if known else None


def _cohort_form(request: UserRequest) -> CohortForm:
    """Return the form, filled in from the address: a proposal leads here with its choices."""
    wish = request.GET
    language = wish.get("sprak", "sv")
    initial: dict[str, Any] = {
        "place": wish.get("plats"),
        "language": language,
        "course": choices.first_course_id(language),
        "facilitator": request.user.pk,
        "starts_on": timezone.localdate() + USUAL_NOTICE,
    }
    weekday, _sep, time_of_day = wish.get("tid", "").partition("-")
    if weekday and time_of_day:
        initial |= {"weekday": weekday, "time_of_day": time_of_day}
    may_choose = Role.COORDINATOR in roles_of(request.user)
    courses = [
        (
            course.pk,
            f"{course.title} ({words.LANGUAGES.get(course.language, course.language)})",
        )
        for course in choices.courses_offered()
    ]
    leaders = [(leader.pk, leader.name) for leader in choices.leaders(request.user)]
    return CohortForm(
        posted(request),
        initial=initial,
        places=choices.place_choices(),
        courses=courses,
        facilitators=leaders if may_choose else (),
        today=timezone.localdate(),
    )


def _say_refused(request: UserRequest, cohort: Cohort, refused: MoveRefused) -> None:
    """Say that the cohort is in a state from which it cannot go where it was asked to."""
    state = words.COHORT_STATES.get(refused.was, refused.was)  # type: ignore[call-overload]  # codes are strings
    messages.error(
        request,
        _("Det gick inte: %(name)s är i läget ”%(state)s”. Ingenting ändrades.")
        % {"name": cohort.name, "state": state},
    )
