"""Somebody has left a course after it began: an officer says what becomes of fee and aid."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.requests import UserRequest
from cohorts import words
from cohorts.actions.leaving import judge_drop_out
from cohorts.forms.leaving import DropOutForm
from cohorts.queries.access import access_of
from cohorts.queries.fees import grant_of, standing_grant_of
from cohorts.queries.leaving import drop_outs_for_officers
from cohorts.queries.payments import latest_fee
from cohorts.rules.payments import FEE_BINDS
from cohorts.views.aid.shown import officer
from cohorts.views.staff_doors import posted


@officer
def drop_out(request: UserRequest, drop_out_id: int) -> HttpResponse:
    """Show who left, when and how far they had come, and take the officer's word."""
    left = get_object_or_404(drop_outs_for_officers(), id=drop_out_id)
    participation = left.participation
    fee, grant = latest_fee(participation), standing_grant_of(participation)
    form = DropOutForm(
        posted(request),
        has_fee=fee is not None and fee.state in FEE_BINDS,
        has_aid=grant is not None,
    )
    if request.method == "POST" and form.is_valid():
        refusal = judge_drop_out(
            drop_out_id=left.pk,
            judgement=form.judgement(),
            by=request.user,
            now=timezone.now(),
        )
        if refusal is None:
            messages.success(request, _("Det är avgjort, och brev har gått ut."))
            return redirect("cohorts:aid_desk")
        form.add_error(None, words.DROP_OUT_REFUSALS[refusal])
    context = {
        "left": left,
        "participation": participation,
        "fee": fee,
        "grant": grant_of(participation),
        "access": access_of(participation),
        "done": participation.lesson_marks.filter(is_done=True).count(),
        "form": form,
        "words": words,
    }
    return TemplateResponse(request, "cohorts/aid/drop_out.html", context)
