"""Aid that was granted: annulled, reduced or corrected by a new line; claimed back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.requests import UserRequest
from accounts.rules import MoveRefused
from cohorts.actions.settling import correct_aid, demand_recovery, end_recovery, open_recovery
from cohorts.forms.settling import CorrectionForm, DemandForm, RecoveryForm
from cohorts.queries.aid_rows import grants_for_officers, recoveries_for_officers
from cohorts.views.aid.shown import officer, tables
from deminimis.queries.hindsight import hindsight_of
from deminimis.queries.ledger import standing
from deminimis.rules import RecoveryState
from deminimis.words import CORRECTION_REFUSALS, OUTCOMES

ENDS = {"paid": RecoveryState.PAID, "dropped": RecoveryState.DROPPED}


@officer
def correction(request: UserRequest, entry_id: int) -> HttpResponse:
    """Take the word that a grant is annulled, reduced or corrected."""
    entry = get_object_or_404(grants_for_officers(), id=entry_id)
    form = CorrectionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        told = form.cleaned_data
        refusal = correct_aid(
            entry_id=entry.pk,
            kind=told["kind"],
            becomes_eur=told["becomes_eur"],
            why=told["why"],
            by=request.user,
            now=timezone.now(),
        )
        if refusal is None:
            messages.success(request, _("Ändringen är antecknad, och företaget får ett brev."))
            return redirect("cohorts:register_entry", entry_id=entry.pk)
        form.add_error("becomes_eur", CORRECTION_REFUSALS[refusal])
    context = {"entry": entry, "standing": standing(entry), "form": form, **tables()}
    return TemplateResponse(request, "cohorts/aid/correction.html", context)


@officer
def recovery_new(request: UserRequest, entry_id: int) -> HttpResponse:
    """Show what the rule says of a grant with hindsight, and open a case of recovery."""
    entry = get_object_or_404(grants_for_officers(), id=entry_id)
    form = RecoveryForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        opened = open_recovery(
            entry_id=entry.pk, why=form.cleaned_data["why"], by=request.user, now=timezone.now()
        )
        if opened is not None:
            return redirect("cohorts:recovery", recovery_id=opened.pk)
        form.add_error(
            None, _("Med det som är känt i dag ryms stödet under taket. Inget ärende öppnades.")
        )
    context = {
        "entry": entry,
        "hindsight": hindsight_of(entry),
        "form": form,
        "outcomes": OUTCOMES,
        **tables(),
    }
    return TemplateResponse(request, "cohorts/aid/recovery_new.html", context)


@officer
def recovery(request: UserRequest, recovery_id: int) -> HttpResponse:
    """Show a case of recovery: demand the sum, and end it."""
    case = get_object_or_404(recoveries_for_officers(), id=recovery_id)
    wish = request.POST.get("do", "")
    today = timezone.localdate()
    form = DemandForm(request.POST if wish == "demand" else None, today=today)
    try:
        if form.is_valid():
            demand_recovery(
                recovery_id=case.pk, by=request.user, now=timezone.now(), **form.cleaned_data
            )
            messages.success(request, _("Kravet är skickat, och stödet är upphävt i registret."))
            return redirect("cohorts:recovery", recovery_id=case.pk)
        if wish in ENDS:
            end_recovery(recovery_id=case.pk, to=ENDS[wish], by=request.user, now=timezone.now())
            messages.success(request, _("Ärendet är avslutat."))
            return redirect("cohorts:recovery", recovery_id=case.pk)
    except MoveRefused:
        messages.warning(request, _("Ärendet är redan längre fram. Inget ändrades."))
        return redirect("cohorts:recovery", recovery_id=case.pk)
    context = {"case": case, "form": form, **tables()}
    return TemplateResponse(request, "cohorts/aid/recovery.html", context)
