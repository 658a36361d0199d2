"""The end of a meeting on one page: who was there, what was said, a letter to who was away."""

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
from cohorts.actions.closing import end_meeting
from cohorts.forms.staff_ending import EndForm
from cohorts.queries.agendas import waiting_in
from cohorts.queries.meeting_desk import people_at
from cohorts.rules import MeetingState
from cohorts.rules.meetings import attendance_refusal
from cohorts.views.desk_meeting import members_to_mark, rows_of
from cohorts.views.staff_doors import own_meeting, posted


@role_needed(Role.FACILITATOR, Role.COORDINATOR)
def meeting_end(request: UserRequest, meeting_id: int) -> HttpResponse:
    """Take all that there is to tell about a meeting that is over, in one go."""
    meeting, now = own_meeting(request, meeting_id), timezone.now()
    refusal = attendance_refusal(MeetingState(meeting.state), starts_at=meeting.starts_at, now=now)
    if refusal is not None:
        messages.warning(request, words.ANSWER_REFUSALS[refusal])
        return redirect("cohorts:meeting_desk", meeting_id=meeting.pk)
    people, points = people_at(meeting), waiting_in(meeting.round)
    form = EndForm(
        posted(request),
        members=members_to_mark(people, all_came=request.GET.get("alla") == "var-med"),
        seen={one.enrolment.pk: one.was_there for one in people},
        points=points,
        initial={"note": meeting.note},
    )
    if request.method == "POST" and form.is_valid():
        refusal = end_meeting(
            meeting_id=meeting.pk,
            was_there=form.was_there(),
            seen=form.seen(),
            answers=form.answers(),
            note=form.cleaned_data["note"],
            by=request.user,
            now=now,
        )
        if refusal is None:
            messages.success(
                request,
                _("Träffen är avslutad. De som inte var med får ett brev om du skrev något."),
            )
            return redirect("cohorts:meeting_desk", meeting_id=meeting.pk)
        form.add_error(None, words.ANSWER_REFUSALS[refusal])
    context = {
        "meeting": meeting,
        "cohort": meeting.round.cohort,
        "form": form,
        "rows": rows_of(form, people),
        "points": [(point, form[f"a{point.first.pk}"]) for point in points],
        "words": words,
    }
    return TemplateResponse(request, "cohorts/staff/meeting_end.html", context)
