"""The group's page: lessons ticked off, questions for the next meeting, leaving."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.gates import logged_in
from accounts.requests import UserRequest
from accounts.steps import acting
from cohorts import words
from cohorts.actions import rounds as actions
from cohorts.actions.agendas import ask_for_agenda
from cohorts.actions.needs import tell_needs
from cohorts.actions.seats import leave_cohort
from cohorts.forms.group import QuestionForm
from cohorts.forms.seats import LeaveForm, NeedsForm
from cohorts.models import Enrolment, Participation
from cohorts.queries import participants as queries
from cohorts.queries.agendas import points_of
from cohorts.queries.meetings import members_of, series_of
from cohorts.queries.votes import votes_in
from cohorts.rules import EnrolmentState
from cohorts.rules.enrolments import STUDIES
from voting.words import BALLOT_STATES


@logged_in
def group(request: UserRequest, cohort_id: int) -> HttpResponse:
    """Show a member the group: what is next, lessons, questions, meetings, people."""
    enrolment = _enrolment(request, cohort_id)
    cohort = enrolment.cohort
    round_ = queries.shown_round(cohort)
    participation = queries.participation_in(round_, request.user)
    studies = participation is not None and participation.state in STUDIES
    lessons = queries.lessons_of(participation) if participation and studies else []
    points = points_of(round_) if round_ else []
    meetings = list(series_of(round_)) if round_ else []
    now = timezone.now()
    return TemplateResponse(
        request,
        "cohorts/participant/group.html",
        {
            "cohort": cohort,
            "enrolment": enrolment,
            "round": round_,
            "participation": participation,
            "studies": studies,
            "lessons": lessons,
            "done": sum(seen.is_done for seen in lessons),
            "question_form": QuestionForm(lessons=lessons),
            "agenda": [point for point in points if not point.answer],
            "answered": [point for point in points if point.answer],
            "coming": [meeting for meeting in meetings if meeting.ends_at > now],
            "earlier": [meeting for meeting in meetings if meeting.ends_at <= now],
            "members": list(members_of(cohort)),
            "to_vote": list(queries.to_vote_of(request.user).filter(pk__in=votes_in(cohort))),
            "votes": list(votes_in(cohort)),
            "ballot_states": BALLOT_STATES,
            "participation_states": words.PARTICIPATION_STATES,
            "meeting_states": words.MEETING_STATES,
            "is_active": enrolment.state == EnrolmentState.ACTIVE,
        },
    )


@logged_in
@require_POST
def lessons(request: UserRequest, cohort_id: int) -> HttpResponse:
    """Take the marks on lessons: done, unclear, extra relevant."""
    participation = _participation(request, cohort_id)
    if participation is None or participation.state not in STUDIES:
        messages.warning(request, _("Du deltar inte i kursen just nu. Ingenting sparades."))
        return redirect("cohorts:group", cohort_id=cohort_id)
    actions.mark_lessons(
        participation_id=participation.pk,
        done=_numbers(request, "done"),
        unclear=_numbers(request, "unclear"),
        relevant=_numbers(request, "relevant"),
        by=request.user,
        now=timezone.now(),
    )
    messages.success(request, _("Dina markeringar är sparade."))
    return redirect("cohorts:group", cohort_id=cohort_id)


@logged_in
def ask(request: UserRequest, cohort_id: int) -> HttpResponse:
    """Take a question for the next meeting."""
    enrolment = _enrolment(request, cohort_id)
    participation = _participation(request, cohort_id)
    round_ = queries.shown_round(enrolment.cohort)
    lessons = queries.lessons_of(participation) if participation else []
    form = QuestionForm(request.POST or None, lessons=lessons)
    if request.method == "POST" and round_ is not None and form.is_valid():
        ask_for_agenda(
            enrolment_id=enrolment.pk,
            round_id=round_.pk,
            text=form.cleaned_data["text"],
            lesson_id=int(form.cleaned_data["lesson"] or 0) or None,
            now=timezone.now(),
        )
        messages.success(request, _("Frågan står på dagordningen för nästa träff."))
        return redirect("cohorts:group", cohort_id=cohort_id)
    return TemplateResponse(
        request,
        "cohorts/participant/ask.html",
        {"cohort": enrolment.cohort, "form": form},
    )


@logged_in
def needs(request: UserRequest, cohort_id: int) -> HttpResponse:
    """Let a member say, change or take back what they need at the table, and their number."""
    enrolment = _enrolment(request, cohort_id)
    told = {"needs": enrolment.needs, "phone": enrolment.phone}
    form = NeedsForm(request.POST or None, initial=told)
    if request.method == "POST" and form.is_valid():
        tell_needs(enrolment_id=enrolment.pk, **form.cleaned_data)
        messages.success(request, _("Sparat. Bara den som leder träffarna ser det."))
        return redirect("cohorts:group", cohort_id=cohort_id)
    context = {"cohort": enrolment.cohort, "form": form}
    return TemplateResponse(request, "cohorts/participant/needs.html", context)


@logged_in
def leave(request: UserRequest, cohort_id: int) -> HttpResponse:
    """Say what leaving means, and let the person leave."""
    enrolment = _enrolment(request, cohort_id)
    form = LeaveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        leave_cohort(
            enrolment_id=enrolment.pk,
            actor=acting(request.user),
            why=form.cleaned_data["why"],
            now=timezone.now(),
        )
        messages.success(request, _("Du har lämnat gruppen. Din plats är nu fri för någon annan."))
        return redirect("cohorts:my_page")
    return TemplateResponse(
        request,
        "cohorts/participant/leave.html",
        {"cohort": enrolment.cohort, "form": form},
    )


def _enrolment(request: UserRequest, cohort_id: int) -> Enrolment:
    return get_object_or_404(queries.enrolments_of(request.user), cohort_id=cohort_id)


def _participation(request: UserRequest, cohort_id: int) -> Participation | None:
    cohort = _enrolment(request, cohort_id).cohort
    return queries.participation_in(queries.shown_round(cohort), request.user)


def _numbers(request: UserRequest, name: str) -> set[int]:
    return {int(value) for value in request.POST.getlist(name) if value.isdecimal()}
