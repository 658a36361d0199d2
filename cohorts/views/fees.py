"""What a course costs one person, why, and the person's answer before anything is bound."""

from decimal import Decimal

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.gates import logged_in
from accounts.requests import UserRequest
from accounts.rules import MoveRefused
from cohorts import words
from cohorts.actions.fees import confirm_place, pay_instead, sit_out
from cohorts.forms.fees import PayForm
from cohorts.models import Participation
from cohorts.queries.fees import current_decision, participations_of
from cohorts.rules import FeeKind
from cohorts.rules.enrolments import MAY_BE_CONFIRMED, MAY_BE_PAID
from cohorts.rules.fees import ConfirmRefusal
from deminimis.queries import latest_certificate
from deminimis.words import CERTIFICATE_STATES, RULES

VAT = Decimal("1.25")


@logged_in
def fee(request: UserRequest, participation_id: int) -> HttpResponse:
    """Show the fee decision with its reason, and take a yes or "I sit this one out"."""
    participation = get_object_or_404(participations_of(request.user), id=participation_id)
    decision = current_decision(participation)
    may_pay = decision is not None and decision.kind in MAY_BE_PAID
    is_fee = may_pay or (decision is not None and decision.kind == FeeKind.FEE)
    wish = request.POST.get("do", "")
    form = PayForm(request.POST if wish in {"confirm", "pay"} else None, is_fee=is_fee)
    if wish == "sit_out":
        return _sat_out(request, participation)
    if wish in {"confirm", "pay"} and form.is_valid() and _bound(request, participation, form):
        return redirect("cohorts:fee", participation_id=participation.pk)
    return TemplateResponse(
        request,
        "cohorts/participant/fee.html",
        {
            "participation": participation,
            "course": participation.round.course,
            "decision": decision,
            "with_vat": decision.value_sek * VAT if decision else None,
            "may_pay": may_pay,
            "may_confirm": decision is not None and decision.kind in MAY_BE_CONFIRMED,
            "certificate": latest_certificate(participation.enrolment.interest.company),
            "certificate_states": CERTIFICATE_STATES,
            "form": form,
            "rules": RULES,
            "states": words.PARTICIPATION_STATES,
        },
    )


def _bound(request: UserRequest, participation: Participation, form: PayForm) -> bool:
    """Confirm the place, paid for if so chosen; return whether the page can be shown anew."""
    seen = request.POST.get("seen", "")
    payer = form.cleaned_data.get("payer", "")
    invoice_to = form.cleaned_data.get("invoice_to", "")
    if request.POST["do"] == "pay":
        refusal = pay_instead(
            participation_id=participation.pk,
            by=request.user,
            payer=payer,
            invoice_to=invoice_to,
            now=timezone.now(),
        )
    else:
        refusal = confirm_place(
            participation_id=participation.pk,
            by=request.user,
            seen_decision_id=int(seen) if seen.isdecimal() else 0,
            payer=payer,
            invoice_to=invoice_to,
            now=timezone.now(),
        )
    if refusal is None:
        messages.success(request, _("Din plats är bekräftad."))
    elif refusal is ConfirmRefusal.PAYER_MISSING:
        form.add_error("payer", words.PLACE_REFUSALS[refusal])
        return False
    else:
        messages.warning(request, words.PLACE_REFUSALS[refusal])
    return True


def _sat_out(request: UserRequest, participation: Participation) -> HttpResponse:
    try:
        sit_out(participation_id=participation.pk, by=request.user, now=timezone.now())
    except MoveRefused:
        messages.warning(request, _("Du har redan svarat. Ditt första svar gäller."))
    else:
        messages.success(
            request, _("Du står över den här kursen och är kvar i gruppen. Ingen avgift tas ut.")
        )
    return redirect("cohorts:fee", participation_id=participation.pk)
