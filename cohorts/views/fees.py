"""What a course costs one person, why, and the person's answer before anything is bound."""

from typing import Any

from django.conf import settings
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
from cohorts.actions.access import say_came_in
from cohorts.actions.fees import confirm_place, sit_out
from cohorts.actions.payments import ask_company, pay_privately, withdraw_purchase
from cohorts.forms.fees import AskCompanyForm, PrivateFeeForm
from cohorts.models import Participation
from cohorts.queries.access import access_of
from cohorts.queries.fees import (
    current_decision,
    participations_of,
    stage_of,
    standing_grant_of,
)
from cohorts.queries.payments import latest_fee, signatory_of
from cohorts.rules import ParticipationState
from cohorts.rules.enrolments import MAY_BE_CONFIRMED, MAY_BE_PAID, STUDIES
from cohorts.rules.fees import PAYABLE
from cohorts.rules.payments import (
    FeeState,
    Payer,
    last_day_to_withdraw,
    vat_of,
    withdrawal_refusal,
)
from cohorts.steps.payments import Invoice
from companies.rules import Kind
from deminimis.queries import latest_certificate
from deminimis.words import CERTIFICATE_STATES, RULES

LONGEST_ID = 18


@logged_in
def fee(request: UserRequest, participation_id: int) -> HttpResponse:
    """Show what the course costs and why, what can be chosen, and how it went."""
    participation = get_object_or_404(participations_of(request.user), id=participation_id)
    wish = request.POST.get("do", "")
    ask = _ask_form(request, participation, is_sent=wish == "ask_company")
    answers = {"confirm": _confirmed, "sit_out": _sat_out, "withdraw": _withdrawn, "in": _came_in}
    if wish in answers:
        answers[wish](request, participation)
        return redirect("cohorts:fee", participation_id=participation.pk)
    if wish == "ask_company" and ask.is_valid():
        _asked(request, participation, ask)
        return redirect("cohorts:fee", participation_id=participation.pk)
    return TemplateResponse(
        request,
        "cohorts/participant/fee.html",
        {**cost_shown(participation), **_choices(participation, ask), **_afterwards(participation)},
    )


@logged_in
def fee_private(request: UserRequest, participation_id: int) -> HttpResponse:
    """Show a private person the terms, and take the word that they pay."""
    participation = get_object_or_404(participations_of(request.user), id=participation_id)
    decision = current_decision(participation)
    is_open = participation.state == ParticipationState.OFFERED
    if decision is None or decision.kind not in PAYABLE or not is_open:
        messages.warning(request, _("Det finns ingen avgift att betala här. Ingenting ändrades."))
        return redirect("cohorts:fee", participation_id=participation.pk)
    form = PrivateFeeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        refusal = pay_privately(
            participation_id=participation.pk,
            by=request.user,
            seen_decision_id=_number(request.POST.get("seen", "")),
            invoice=Invoice(to=form.cleaned_data["invoice_to"]),
            now=timezone.now(),
        )
        if refusal is None:
            messages.success(request, _("Din plats är bekräftad."))
        else:
            messages.warning(request, words.PLACE_REFUSALS[refusal])
        return redirect("cohorts:fee", participation_id=participation.pk)
    context = {
        **cost_shown(participation),
        "form": form,
        "payment_days": settings.PAYMENT_DAYS,
        "withdraw_until": last_day_to_withdraw(timezone.localdate()),
    }
    return TemplateResponse(request, "cohorts/participant/fee_private.html", context)


def cost_shown(participation: Participation) -> dict[str, Any]:
    """Return what every page about a cost shows: the decision, its parts, and the VAT."""
    decision = current_decision(participation)
    value = decision.value_sek if decision else None
    vat = vat_of(value, settings.VAT_PERCENT) if value is not None else None
    return {
        "participation": participation,
        "course": participation.round.course,
        "decision": decision,
        "stage": stage_of(participation, decision) if decision else None,
        "vat_sek": vat,
        "vat_percent": settings.VAT_PERCENT,
        "with_vat": value + vat if value is not None and vat is not None else None,
        "course_sek": value - decision.meetings_sek if decision and value is not None else None,
        "rules": RULES,
    }


def _choices(participation: Participation, ask: AskCompanyForm) -> dict[str, Any]:
    """Return what the person may choose among, while nothing is bound."""
    decision = current_decision(participation)
    company = participation.enrolment.interest.company
    is_open = participation.state == ParticipationState.OFFERED
    return {
        "is_open": is_open,
        "may_confirm": decision is not None and decision.kind in MAY_BE_CONFIRMED - PAYABLE,
        "may_pay": decision is not None and decision.kind in PAYABLE,
        "rather_than_wait": decision is not None and decision.kind in MAY_BE_PAID,
        "certificate": latest_certificate(company),
        "certificate_states": CERTIFICATE_STATES,
        "signatory": signatory_of(company) if is_open else None,
        "form": ask,
    }


def _afterwards(participation: Participation) -> dict[str, Any]:
    """Return how it went: the fee, the aid, the way in."""
    fee, today = latest_fee(participation), timezone.localdate()
    may_withdraw = (
        fee is not None
        and participation.state in STUDIES
        and (
            withdrawal_refusal(
                Payer(fee.payer), FeeState(fee.state), accepted_on=fee.accepted_on, today=today
            )
            is None
        )
    )
    bought_on = fee.accepted_on if fee and fee.payer == Payer.SELF else None
    return {
        "fee": fee,
        "may_withdraw": may_withdraw,
        "withdraw_until": last_day_to_withdraw(bought_on) if bought_on else None,
        "grant": standing_grant_of(participation),
        "access": access_of(participation) if participation.state in STUDIES else None,
        "states": words.PARTICIPATION_STATES,
        "fee_states": words.FEE_STATES,
        "access_states": words.ACCESS_STATES,
    }


def _ask_form(
    request: UserRequest, participation: Participation, *, is_sent: bool
) -> AskCompanyForm:
    """Return the question whom to ask. A sole trader decides alone, so may be asked themselves."""
    interest = participation.enrolment.interest
    own = {request.user.email.lower(), interest.email.lower()}
    return AskCompanyForm(
        request.POST if is_sent else None,
        own=frozenset() if interest.company.kind == Kind.SOLE_TRADER else frozenset(own),
        has_signatory=signatory_of(interest.company) is not None,
    )


def _confirmed(request: UserRequest, participation: Participation) -> None:
    refusal = confirm_place(
        participation_id=participation.pk,
        by=request.user,
        seen_decision_id=_number(request.POST.get("seen", "")),
        now=timezone.now(),
    )
    if refusal is None:
        messages.success(request, _("Din plats är bekräftad."))
    else:
        messages.warning(request, words.PLACE_REFUSALS[refusal])


def _asked(request: UserRequest, participation: Participation, form: AskCompanyForm) -> None:
    signatory = signatory_of(participation.enrolment.interest.company)
    refusal = ask_company(
        participation_id=participation.pk,
        by=request.user,
        seen_decision_id=_number(request.POST.get("seen", "")),
        name=signatory.name if signatory else form.cleaned_data["name"],
        email=signatory.email if signatory else form.cleaned_data["email"],
        now=timezone.now(),
    )
    if refusal is None:
        messages.success(request, _("Frågan är skickad till företaget. Ingen är bunden än."))
    else:
        messages.warning(request, words.PLACE_REFUSALS[refusal])


def _sat_out(request: UserRequest, participation: Participation) -> None:
    try:
        sit_out(participation_id=participation.pk, by=request.user, now=timezone.now())
    except MoveRefused:
        messages.warning(request, _("Du har redan svarat. Ditt första svar gäller."))
    else:
        messages.success(
            request, _("Du står över den här kursen och är kvar i gruppen. Ingen avgift tas ut.")
        )


def _withdrawn(request: UserRequest, participation: Participation) -> None:
    refusal = withdraw_purchase(
        participation_id=participation.pk, by=request.user, now=timezone.now()
    )
    if refusal is None:
        messages.success(request, _("Köpet är ångrat. Du ska inte betala något."))
    else:
        messages.warning(request, words.FEE_REFUSALS[refusal])


def _came_in(request: UserRequest, participation: Participation) -> None:
    say_came_in(participation_id=participation.pk, by=request.user, now=timezone.now())
    messages.success(request, _("Bra! Nu är det noterat att du har kommit in."))


def _number(typed: str) -> int:
    """Return the id that a form carries, 0 for what is none."""
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) <= LONGEST_ID else 0
