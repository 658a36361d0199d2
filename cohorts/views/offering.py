"""A coordinator offers a course again to somebody who sat it out, or did not answer in time."""

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
from cohorts.actions.offering import offer_again as offer
from cohorts.queries.fees import participations_for_officers
from cohorts.queries.offering import cost_today, refusal_of
from cohorts.steps.fees import ANSWER_WITHIN
from deminimis.words import RULES


@role_needed(Role.COORDINATOR)
def offer_again(request: UserRequest, participation_id: int) -> HttpResponse:
    """Show what an offer would say and cost today; send it when the button is pressed."""
    participation = get_object_or_404(participations_for_officers(), id=participation_id)
    member = participation.enrolment
    if request.method == "POST":
        refusal = offer(participation_id=participation.pk, by=request.user, now=timezone.now())
        if refusal is None:
            messages.success(request, _("Kursen är erbjuden igen, och personen har fått ett brev."))
        else:
            messages.warning(request, words.OFFER_REFUSALS[refusal])
        return redirect("cohorts:member_desk", member.cohort_id, member.pk)
    refusal = refusal_of(participation)
    context = {
        "participation": participation,
        "cohort": member.cohort,
        "refused": words.OFFER_REFUSALS[refusal] if refusal else "",
        "cost": None if refusal else cost_today(participation, on=timezone.localdate()),
        "answer_by": timezone.now() + ANSWER_WITHIN,
        "rules": RULES,
        "words": words,
    }
    return TemplateResponse(request, "cohorts/staff/offer_again.html", context)
