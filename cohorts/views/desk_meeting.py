"""A meeting's desk: who comes, what they need, the agenda, who was there."""

from typing import Any

from django.contrib import messages
from django.forms import BoundField
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.gates import role_needed
from accounts.requests import UserRequest
from accounts.rules import Role
from cohorts import words
from cohorts.actions.attendance import mark_attendance
from cohorts.actions.closing import close_meeting
from cohorts.forms.staff_meetings import AttendanceForm
from cohorts.models import Meeting
from cohorts.queries import meeting_desk as queries
from cohorts.queries.agendas import answered_at, waiting_in
from cohorts.queries.meetings import answers_of
from cohorts.queries.tables import seats_at
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
        members=members_to_mark(people, all_came=all_came),
        seen={one.enrolment.pk: one.was_there for one in people},
    )
    if request.method == "POST" and form.is_valid():
        _mark(request, meeting, form)
        return redirect("cohorts:meeting_desk", meeting_id=meeting.pk)
    refusal = attendance_refusal(MeetingState(meeting.state), starts_at=meeting.starts_at, now=now)
    context: dict[str, Any] = {
        "meeting": meeting,
        "cohort": meeting.round.cohort,
        "desk": desk_of(request, meeting),
        "people": people,
        "rows": rows_of(form, people),
        "form": form,
        "refusal": refusal,
        "unknown": sum(one.was_there is None for one in people),
        "answers": answers_of(meeting),
        "unanswered": sum(one.answer is None for one in people),
        "needs": [one for one in people if one.is_expected and one.enrolment.needs]
        if _leads(request, meeting)
        else [],
        "seats": seats_at(meeting),
        "questions": waiting_in(meeting.round),
        "answered": answered_at(meeting),
        "lessons": list(queries.lessons_to_talk_about(meeting.round)),
        "since": (since := queries.last_time(meeting)),
        "ticked": list(queries.lessons_ticked(meeting.round, since=since)),
        "is_to_come": queries.is_to_come(meeting),
        "has_begun": meeting.starts_at <= now,
        "may_close": meeting.state == MeetingState.HELD,
        "words": words,
    }
    return TemplateResponse(request, "cohorts/staff/meeting_desk.html", context)


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


def members_to_mark(
    people: list[queries.Attendee], *, all_came: bool
) -> list[tuple[int, str, bool | None]]:
    """Return whom to mark, and what the list starts from: what is known, else who is expected."""
    return [
        (
            one.enrolment.pk,
            one.enrolment.interest.name,
            True if all_came and one.was_there is None and one.is_expected else one.was_there,
        )
        for one in people
    ]


def rows_of(
    form: AttendanceForm, people: list[queries.Attendee]
) -> list[tuple[queries.Attendee, BoundField, BoundField]]:
    """Return each person with the mark to make and what the page showed."""
    ids = [one.enrolment.pk for one in people]
    return [(one, form[f"m{pk}"], form[f"w{pk}"]) for one, pk in zip(people, ids, strict=True)]


def _leads(request: UserRequest, meeting: Meeting) -> bool:
    """Return whether the user leads the meeting or its group: what people need is for them only."""
    return request.user.pk in {meeting.facilitator_id, meeting.round.cohort.facilitator_id}


def _mark(request: UserRequest, meeting: Meeting, form: AttendanceForm) -> None:
    now = timezone.now()
    refusal = mark_attendance(
        meeting_id=meeting.pk,
        was_there=form.was_there(),
        seen=form.seen(),
        by=request.user,
        now=now,
    )
    if refusal is not None:
        messages.error(request, words.ANSWER_REFUSALS[refusal])
    elif request.POST.get("do") == "close":
        close_meeting(meeting_id=meeting.pk, by=request.user, now=now)
        messages.success(request, _("Närvaron är sparad och träffen är avslutad."))
    else:
        messages.success(request, _("Närvaron är sparad."))
