"""One meeting: when and where, answering, the agenda, how to join, the calendar."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.gates import link_in_hand, logged_in
from accounts.requests import UserRequest
from cohorts import words
from cohorts.actions.answers import answer_meeting
from cohorts.calendars import calendar_file
from cohorts.emails.invites import event_of
from cohorts.emails.readers import ANSWER
from cohorts.forms.group import AnswerForm
from cohorts.models import Enrolment, Meeting
from cohorts.queries.agendas import points_of
from cohorts.queries.meetings import answers_of, meetings_for, presence_of
from cohorts.queries.participants import enrolments_of
from cohorts.queries.tables import place_in_line, seat_by_link, seats_at
from cohorts.rules import AnswerKind, EnrolmentState, MeetingState
from cohorts.rules.meetings import answer_refusal
from cohorts.views.links import (
    ended_link,
    has_ended,
    left_group,
    open_link,
    superseded_link,
    unknown_link,
)


@logged_in
def meeting(request: UserRequest, meeting_id: int) -> HttpResponse:
    """Show one meeting to a member, and take the answer."""
    meeting = get_object_or_404(meetings_for(request.user), id=meeting_id)
    enrolment = enrolments_of(request.user).filter(cohort=meeting.round.cohort_id).first()
    form = _form(request, meeting, enrolment)
    if request.method == "POST" and enrolment is not None and form.is_valid():
        _answer(request, meeting, enrolment, form)
        return redirect("cohorts:meeting", meeting_id=meeting.pk)
    return _page(request, meeting, enrolment, form)


@link_in_hand
def meeting_answer(request: HttpRequest, meeting_id: int, token: str) -> HttpResponse:
    """Show one meeting to whoever holds the link in a member's letter, and take the answer."""
    opened = open_link(token, ANSWER.format(meeting_id))
    seat = seat_by_link(meeting_id, opened.link.row) if opened else None
    if opened is None or seat is None:
        return unknown_link(request)
    enrolment, meeting = seat
    if enrolment.interest.link_generation != opened.link.generation:
        return superseded_link(request)
    if has_ended(opened.link):
        return ended_link(request)
    if enrolment.state != EnrolmentState.ACTIVE:
        return left_group(request)
    form = _form(request, meeting, enrolment)
    if request.method == "POST" and form.is_valid():
        _answer(request, meeting, enrolment, form)
        return redirect("cohorts:meeting_answer", meeting_id=meeting.pk, token=token)
    return _page(request, meeting, enrolment, form, by_link=True)


@logged_in
def calendar(request: UserRequest, meeting_id: int) -> HttpResponse:
    """Give one meeting as a calendar file."""
    meeting = get_object_or_404(meetings_for(request.user), id=meeting_id)
    seat = enrolments_of(request.user).filter(cohort=meeting.round.cohort_id).first()
    whose = f"enrolment/{seat.pk}" if seat else f"user/{request.user.pk}"
    file = calendar_file([event_of(meeting, whose=whose, with_ways_in=True)])
    response = HttpResponse(file, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="traff-{meeting.pk}.ics"'
    return response


def _form(request: HttpRequest, meeting: Meeting, enrolment: Enrolment | None) -> AnswerForm:
    known = presence_of(meeting, enrolment)
    answer = known.answer if known else None
    return AnswerForm(
        request.POST or None,
        initial={"answer": AnswerKind.ON_SITE if answer == AnswerKind.WAITING else answer},
        is_digital=meeting.place.is_digital,
    )


def _answer(request: HttpRequest, meeting: Meeting, enrolment: Enrolment, form: AnswerForm) -> None:
    """Save the answer, and say what came of it."""
    refusal = answer_meeting(
        meeting_id=meeting.pk,
        enrolment_id=enrolment.pk,
        answer=AnswerKind(form.cleaned_data["answer"]),
        now=timezone.now(),
    )
    if refusal is not None:
        messages.warning(request, words.ANSWER_REFUSALS[refusal])
    elif place := place_in_line(meeting, enrolment):
        said = _(
            "Bordet är fullt. Du står på plats %(place)s i kön och får ett brev om en plats blir"
            " ledig."
        )
        messages.warning(request, said % {"place": place})
    else:
        messages.success(request, _("Tack! Ditt svar är sparat. Du kan ändra det till starten."))


def _page(
    request: HttpRequest,
    meeting: Meeting,
    enrolment: Enrolment | None,
    form: AnswerForm,
    *,
    by_link: bool = False,
) -> HttpResponse:
    refusal = answer_refusal(
        MeetingState(meeting.state), starts_at=meeting.starts_at, now=timezone.now()
    )
    points = points_of(meeting.round)
    context: dict[str, Any] = {
        "meeting": meeting,
        "enrolment": enrolment,
        "form": form,
        "by_link": by_link,
        "counts": answers_of(meeting),
        "seats": seats_at(meeting),
        "in_line": place_in_line(meeting, enrolment) if enrolment else None,
        "agenda": [point for point in points if not point.answer],
        "answered": [point for point in points if point.answer],
        "may_answer": enrolment is not None and refusal is None,
        "is_over": meeting.state != MeetingState.CANCELLED and refusal is not None,
    }
    return TemplateResponse(request, "cohorts/participant/meeting.html", context)
