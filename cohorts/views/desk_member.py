"""One member of a cohort, and giving the seat up for somebody who has asked for that."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.gates import role_needed
from accounts.queries import roles_of
from accounts.requests import UserRequest
from accounts.rules import MoveRefused, Role
from accounts.steps import acting
from cohorts import words
from cohorts.actions.seats import leave_cohort
from cohorts.forms.staff_cohorts import NoteForm
from cohorts.queries.cohort_rounds import courses_of, meetings_of
from cohorts.queries.meetings import members_of
from cohorts.rules import EnrolmentState
from cohorts.rules.offering import MAY_BE_OFFERED_AGAIN
from cohorts.views.staff_doors import own_cohort, posted


@role_needed(Role.FACILITATOR, Role.COORDINATOR)
def member_desk(request: UserRequest, cohort_id: int, enrolment_id: int) -> HttpResponse:
    """Show one member's courses and meetings; end the seat with a reason."""
    cohort = own_cohort(request, cohort_id)
    member = get_object_or_404(members_of(cohort), pk=enrolment_id)
    form = NoteForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            leave_cohort(
                enrolment_id=member.pk,
                actor=acting(request.user),
                why=form.cleaned_data["why"],
                now=timezone.now(),
            )
        except MoveRefused:
            messages.error(request, _("Personen deltar inte längre. Ingenting ändrades."))
        else:
            messages.success(request, _("Platsen är uppgiven, och personen har fått ett brev."))
        return redirect("cohorts:cohort_desk", cohort_id=cohort.pk)
    context = {
        "cohort": cohort,
        "member": member,
        "courses": list(courses_of(member)),
        "meetings": list(meetings_of(member)),
        "may_offer": MAY_BE_OFFERED_AGAIN if member.state == EnrolmentState.ACTIVE else (),
        "form": form,
        "needs": member.needs if cohort.facilitator_id == request.user.pk else "",
        "may_see_all": Role.COORDINATOR in roles_of(request.user),
        "words": words,
    }
    return TemplateResponse(request, "cohorts/staff/member.html", context)
