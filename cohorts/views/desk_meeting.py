"""A meeting's desk: who comes, what they need, the agenda, who was there."""

from typing import Any

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
from cohorts.actions.closing import close_meeting
from cohorts.actions.meetings import mark_attendance
from cohorts.actions.rounds import answer_agenda_item
from cohorts.forms.staff_meetings import AnswerForm, AttendanceForm
from cohorts.models import Meeting
from cohorts.queries import meeting_desk as queries
from cohorts.queries.agendas import agenda_of
from cohorts.queries.meetings import answers_of
from cohorts.rules import MeetingState
from cohorts.rules.meetings import attendance_refusal
from cohorts.views.staff_doors import desk_of, own_meeting, posted


@role_needed(Role.FACILITATOR, Role.COORDINATOR)
def meeting_desk(request: UserRequest, meeting_id: int) -> HttpResponse:
    """Show the meeting, and take who was there. The same post twice is the same result."""
    meeting, now = own_meeting(request, meeting_id), timezone.now()
    people = queries.people_at(meeting)
    all_came = request.GET.get("alla") == "var-med"
    form = AttendanceForm(
        posted(request),
        members=[
            (one.enrolment.pk, one.enrolment.interest.name, _marked(one, all_came=all_came))
            for one in people
        ],
    )
    if request.method == "POST" and form.is_valid():
        _mark(request, meeting, form)
        return redirect("cohorts:meeting_desk", meeting_id=meeting.pk)
    refusal = attendance_refusal(MeetingState(meeting.state), starts_at=meeting.starts_at, now=now)
    questions = list(agenda_of(meeting.round))
    context: dict[str, Any] = {
        "meeting": meeting,
        "cohort": meeting.round.cohort,
        "desk": desk_of(request, meeting),
        "people": people,
        "rows": list(zip(people, list(form), strict=True)),
        "form": form,
        "refusal": refusal,
        "unknown": sum(one.was_there is None for one in people),
        "answers": answers_of(meeting),
        "unanswered": sum(one.answer is None for one in people),
        "needs": [one for one in people if one.is_expected and one.enrolment.needs],
        "questions": [item for item in questions if item.answered_in_id is None],
        "answered": [item for item in questions if item.answered_in_id == meeting.pk],
        "lessons": list(queries.lessons_to_talk_about(meeting.round)),
        "is_to_come": queries.is_to_come(meeting),
        "has_begun": meeting.starts_at <= now,
        "may_close": meeting.state == MeetingState.HELD,
        "words": words,
    }
    return TemplateResponse(request, "cohorts/staff/meeting_desk.html", context)


@role_needed(Role.FACILITATOR, Role.COORDINATOR)
def agenda_answer(request: UserRequest, meeting_id: int, item_id: int) -> HttpResponse:
    """Write down what was said about a question at this meeting."""
    meeting = own_meeting(request, meeting_id)
    item = get_object_or_404(meeting.round.agenda.select_related("lesson"), pk=item_id)
    form = AnswerForm(posted(request), initial={"answer": item.answer})
    if request.method == "POST" and form.is_valid():
        answer_agenda_item(
            item_id=item.pk, meeting_id=meeting.pk, answer=form.cleaned_data["answer"]
        )
        messages.success(request, _("Svaret är sparat och syns på gruppens sida."))
        return redirect("cohorts:meeting_desk", meeting_id=meeting.pk)
    context = {"meeting": meeting, "item": item, "form": form}
    return TemplateResponse(request, "cohorts/staff/agenda_answer.html", context)


@role_needed(Role.FACILITATOR, Role.COORDINATOR)
def attendance_sheet(request: UserRequest, meeting_id: int) -> HttpResponse:
    """Show a list to print and tick off by hand."""
    meeting = own_meeting(request, meeting_id)
    context = {
        "meeting": meeting,
        "cohort": meeting.round.cohort,
        "people": queries.people_at(meeting),
        "words": words,
    }
    return TemplateResponse(request, "cohorts/staff/attendance_sheet.html", context)


def _marked(one: queries.Attendee, *, all_came: bool) -> bool | None:
    """Return what the list starts from: what is known, else that those expected were there."""
    return True if all_came and one.was_there is None and one.is_expected else one.was_there


def _mark(request: UserRequest, meeting: Meeting, form: AttendanceForm) -> None:
    now, told = timezone.now(), form.was_there()
    refusal = mark_attendance(meeting_id=meeting.pk, was_there=told, by=request.user, now=now)
    if refusal is not None:
        messages.error(request, words.ANSWER_REFUSALS[refusal])
    elif request.POST.get("do") == "close":
        close_meeting(meeting_id=meeting.pk, by=request.user, now=now)
        messages.success(request, _("Närvaron är sparad och träffen är avslutad."))
    else:
        messages.success(request, _("Närvaron är sparad."))
