"""A meeting's agenda at the desk: questions answered, and put together by topic."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.gates import role_needed
from accounts.requests import UserRequest
from accounts.rules import Role
from cohorts.actions.agendas import answer_agenda_item, put_together
from cohorts.forms.staff_meetings import AnswerForm, TopicForm
from cohorts.queries.agendas import agenda_of
from cohorts.views.staff_doors import own_meeting, posted


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
@require_POST
def agenda_topic(request: UserRequest, meeting_id: int) -> HttpResponse:
    """Put the chosen questions together under one topic, or take them apart again."""
    meeting = own_meeting(request, meeting_id)
    waiting = agenda_of(meeting.round).filter(answered_in=None).values_list("pk", flat=True)
    form = TopicForm(request.POST, questions=list(waiting))
    if not form.is_valid():
        messages.warning(request, _("Välj minst en fråga som inte är besvarad."))
    else:
        topic = form.cleaned_data["topic"]
        put_together(round_id=meeting.round_id, item_ids=form.cleaned_data["items"], topic=topic)
        said = _("Frågorna är en punkt nu.") if topic else _("Frågorna står var för sig igen.")
        messages.success(request, said)
    return redirect("cohorts:meeting_desk", meeting_id=meeting.pk)
