"""A company is asked to pay for one of its people: yes or no, by log-in or by a letter's link."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.gates import link_in_hand, logged_in
from accounts.requests import UserRequest
from accounts.steps import LINK, Actor, acting
from cohorts import words
from cohorts.actions.payments import accept_fee, decline_fee
from cohorts.emails.fees import FEE
from cohorts.forms.fees import CompanyFeeForm
from cohorts.models import Fee
from cohorts.queries.payments import fee_by_link as fee_named
from cohorts.queries.payments import fees_to_sign
from cohorts.rules.payments import FeeState
from cohorts.steps.payments import Invoice
from cohorts.views.links import has_ended, open_link, superseded_link, unknown_link


@logged_in
def fee_company(request: UserRequest, fee_id: int) -> HttpResponse:
    """Show somebody who may sign for the company what it is asked to pay, and take the answer."""
    fee = get_object_or_404(fees_to_sign(request.user), id=fee_id)
    form = _form(request, name=request.user.name)
    if _answered(request, fee, form, actor=acting(request.user)):
        return redirect("cohorts:fee_company", fee_id=fee.pk)
    return _page(request, fee, form, by_link=False)


@link_in_hand
def fee_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Show whoever holds the letter what the company is asked to pay, and take the answer."""
    opened = open_link(token, FEE)
    fee = fee_named(opened.link.row) if opened else None
    if opened is None or fee is None:
        return unknown_link(request)
    if fee.link_generation != opened.link.generation:
        return superseded_link(request)
    form = _form(request, name=fee.asked_name)
    if has_ended(opened.link) and fee.state == FeeState.ASKED:
        return _page(request, fee, form, by_link=True, is_over=True)
    if _answered(request, fee, form, actor=LINK):
        return redirect("cohorts:fee_by_link", token=token)
    return _page(request, fee, form, by_link=True)


def _form(request: HttpRequest, *, name: str) -> CompanyFeeForm:
    is_sent = request.POST.get("do") == "accept"
    return CompanyFeeForm(request.POST if is_sent else None, initial={"signer": name})


def _answered(request: HttpRequest, fee: Fee, form: CompanyFeeForm, *, actor: Actor) -> bool:
    """Do what a button asked for; return whether the page can be shown anew."""
    wish, now = request.POST.get("do", ""), timezone.now()
    if wish == "decline":
        refusal = decline_fee(fee_id=fee.pk, actor=actor, now=now)
        said = _("Ni har svarat nej. Deltagaren får ett brev. Ni betalar ingenting.")
    elif wish == "accept" and form.is_valid():
        told = form.cleaned_data
        refusal = accept_fee(
            fee_id=fee.pk,
            actor=actor,
            signer=told["signer"],
            invoice=Invoice(to=told["invoice_to"], reference=told["reference"]),
            now=now,
        )
        said = _("Avgiften är godkänd och platsen är bekräftad.")
    else:
        return False
    if refusal is None:
        messages.success(request, said)
    else:
        messages.warning(request, words.FEE_REFUSALS[refusal])
    return True


def _page(
    request: HttpRequest, fee: Fee, form: CompanyFeeForm, *, by_link: bool, is_over: bool = False
) -> HttpResponse:
    context = {
        "fee": fee,
        "person": fee.participation.enrolment.interest.name,
        "course": fee.participation.round.course,
        "participation": fee.participation,
        "is_open": fee.state == FeeState.ASKED and not is_over,
        "by_link": by_link,
        "form": form,
        "fee_states": words.FEE_STATES,
    }
    return TemplateResponse(request, "cohorts/participant/fee_company.html", context)
