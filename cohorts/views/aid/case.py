"""One case: every decision on what a place costs, with its reasons."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.requests import UserRequest
from cohorts.actions.aid import decide_anew
from cohorts.forms.aid import AnewForm
from cohorts.models import Participation
from cohorts.queries.aid import decisions_of
from cohorts.queries.fees import current_decision, participations_for_officers
from cohorts.rules import ParticipationState
from cohorts.views.aid.shown import officer, tables
from deminimis.queries.facts import reached
from deminimis.queries.groups import branches_of


@officer
def aid_case(request: UserRequest, participation_id: int) -> HttpResponse:
    """Show one case: every decision with its reasons, and whether the evidence still holds."""
    participation = get_object_or_404(participations_for_officers(), id=participation_id)
    form = AnewForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return _anew(request, participation, form)
    decisions = decisions_of(participation)
    company = participation.enrolment.interest.company
    last = decisions[-1].reading if decisions else None
    on = last.on if last else timezone.localdate()
    members = last.members if last else ()
    return TemplateResponse(
        request,
        "cohorts/aid/case.html",
        {
            "participation": participation,
            "company": company,
            "decisions": decisions,
            "branches": branches_of(*reached(company), members=members, on=on),
            "may_decide_anew": participation.state == ParticipationState.OFFERED,
            "form": form,
            **tables(),
        },
    )


def _anew(request: UserRequest, participation: Participation, form: AnewForm) -> HttpResponse:
    before = current_decision(participation)
    decision = decide_anew(
        participation_id=participation.pk,
        by=request.user,
        why=form.cleaned_data["why"],
        now=timezone.now(),
    )
    if decision is None:
        messages.warning(request, _("Platsen är redan besvarad. Inget ändrades."))
    elif decision == before:
        messages.info(request, _("Svaret blev detsamma som förut. Inget nytt beslut skrevs."))
    else:
        messages.success(request, _("Ett nytt beslut är skrivet och deltagaren får ett brev."))
    return redirect("cohorts:aid_case", participation_id=participation.pk)
