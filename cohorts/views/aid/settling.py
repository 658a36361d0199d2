"""A colleague's proposal to settle a case by word, and a second officer's yes or no."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.requests import UserRequest
from cohorts.actions.settling import decide_settlement
from cohorts.forms.aid import ConflictForm
from cohorts.queries.aid import participation_of
from cohorts.queries.aid_rows import settlements_for_officers
from cohorts.views.aid.shown import officer, said_by, tables
from deminimis.rules import SettlementState
from deminimis.words import SETTLEMENT_REFUSALS

WISHES = {
    "approve": SettlementState.APPROVED,
    "refuse": SettlementState.REFUSED,
    "take_back": SettlementState.TAKEN_BACK,
}


@officer
def settlement(request: UserRequest, settlement_id: int) -> HttpResponse:
    """Show what is proposed and why, and take the second person's word."""
    proposal = get_object_or_404(settlements_for_officers(), id=settlement_id)
    participation = participation_of(proposal.case)
    to = WISHES.get(request.POST.get("do", ""))
    form = ConflictForm(request.POST if to else None)
    if to is not None and form.is_valid():
        refusal = decide_settlement(
            settlement_id=proposal.pk,
            to=to,
            without_conflict=form.cleaned_data["no_conflict"],
            by=request.user,
            now=timezone.now(),
        )
        if refusal is None:
            messages.success(request, _("Ditt svar är sparat, och ärendet är prövat på nytt."))
            if participation is not None:
                return redirect("cohorts:aid_case", participation_id=participation.pk)
            return redirect("cohorts:aid_desk")
        form.add_error(None, SETTLEMENT_REFUSALS[refusal])
    context = {
        "proposal": proposal,
        "participation": participation,
        "said": said_by(proposal),
        "is_own": proposal.proposed_by == request.user,
        "form": form,
        **tables(),
    }
    return TemplateResponse(request, "cohorts/aid/settlement.html", context)
