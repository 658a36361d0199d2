"""One meeting: when and where, answering, the agenda, how to join, the calendar."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.gates import logged_in
from accounts.requests import UserRequest
from cohorts import words
from cohorts.actions.meetings import answer_meeting
from cohorts.calendars import MeetingEvent, calendar_file
from cohorts.forms.group import AnswerForm
from cohorts.models import Meeting
from cohorts.queries.meetings import agenda_of, answers_of, meetings_for, presence_of
from cohorts.queries.participants import enrolments_of
from cohorts.rules import AnswerKind, MeetingState


@logged_in
def meeting(request: UserRequest, meeting_id: int) -> HttpResponse:
    """Show one meeting to a member, and take the answer."""
    meeting = get_object_or_404(meetings_for(request.user), id=meeting_id)
    enrolment = enrolments_of(request.user).filter(cohort=meeting.round.cohort_id).first()
    presence = presence_of(meeting, enrolment)
    form = AnswerForm(
        request.POST or None,
        initial={"answer": presence.answer if presence else None},
        is_digital=meeting.place.is_digital,
    )
    if request.method == "POST" and enrolment is not None and form.is_valid():
        refusal = answer_meeting(
            meeting_id=meeting.pk,
            enrolment_id=enrolment.pk,
            answer=AnswerKind(form.cleaned_data["answer"]),
            now=timezone.now(),
        )
        if refusal is None:
            messages.success(
                request, _("Tack! Ditt svar är sparat. Du kan ändra det till starten.")
            )
        else:
            messages.warning(request, words.ANSWER_REFUSALS[refusal])
        return redirect("cohorts:meeting", meeting_id=meeting.pk)
    return TemplateResponse(
        request,
        "cohorts/participant/meeting.html",
        {
            "meeting": meeting,
            "enrolment": enrolment,
            "presence": presence,
            "form": form,
            "counts": answers_of(meeting),
            "agenda": list(agenda_of(meeting.round)),
            "may_answer": enrolment is not None
            and meeting.state == MeetingState.SCHEDULED
            and timezone.now() < meeting.starts_at,
            "states": words.MEETING_STATES,
        },
    )


@logged_in
def calendar(request: UserRequest, meeting_id: int) -> HttpResponse:
    """Give one meeting as a calendar file."""
    meeting = get_object_or_404(meetings_for(request.user), id=meeting_id)
    response = HttpResponse(_file(meeting), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="traff-{meeting.pk}.ics"'
    return response


def _file(meeting: Meeting) -> bytes:
    programme = meeting.round.cohort.programme
    url = settings.SITE_URL + reverse("cohorts:meeting", args=[meeting.pk])
    place = ", ".join(filter(None, [meeting.place.name, meeting.address]))
    return calendar_file(
        MeetingEvent(
            uid=f"{meeting.uid}@{settings.ALLOWED_HOSTS[0]}",
            sequence=meeting.sequence,
            revised_at=meeting.revised_at,
            starts_at=meeting.starts_at,
            duration_minutes=meeting.duration_minutes,
            title=f"{programme.name}: {meeting.round.cohort.name}",
            place=place,
            description=f"{url}\n\n{programme.facts.get('publicity', '')}".strip(),
            url=url,
            is_cancelled=meeting.state == MeetingState.CANCELLED,
        )
    )
