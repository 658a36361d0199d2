"""The page behind an invitation: dates, cost and why, yes or no."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.gates import link_in_hand
from cohorts.actions import seats as actions
from cohorts.emails.readers import INVITATION
from cohorts.forms.seats import AcceptForm
from cohorts.models import CourseRound, Invitation
from cohorts.queries.costs import CostToday, costs_today
from cohorts.queries.invitations import invitation_by_link, other_offers
from cohorts.queries.seats import first_round, planned_meetings
from cohorts.rules import InvitationState
from cohorts.views.links import open_link, superseded_link, unknown_link
from cohorts.words import INVITATION_STATES, REASONS_TO_YOU
from deminimis.words import RULES


@link_in_hand
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Show an offer of a seat, and take a yes or a no."""
    opened = open_link(token, INVITATION)
    invitation = invitation_by_link(opened.link.row) if opened else None
    if opened is None or invitation is None:
        return unknown_link(request)
    if invitation.link_generation != opened.link.generation:
        return superseded_link(request)
    form = AcceptForm(
        request.POST if request.POST.get("do") == "accept" else None,
        initial={"login_email": invitation.interest.email},
        has_login=invitation.interest.user_id is not None,
    )
    if request.method == "POST" and _answered(request, invitation, form):
        return redirect("cohorts:invitation", token=token)
    round_ = first_round(invitation.cohort)
    return TemplateResponse(
        request,
        "cohorts/participant/invitation.html",
        {
            "invitation": invitation,
            "cohort": invitation.cohort,
            "round": round_,
            "meetings": planned_meetings(invitation.cohort),
            "form": form,
            "cost": _cost_today(invitation, round_) if round_.value_sek else None,
            "rules": RULES,
            "is_open": _is_open(invitation),
            "others": other_offers(invitation),
            "states": INVITATION_STATES,
            "reasons": [
                REASONS_TO_YOU[code] for code in invitation.reasons if code in REASONS_TO_YOU
            ],
        },
    )


def _cost_today(invitation: Invitation, round_: CourseRound) -> CostToday:
    """Return what the first course would cost this person today, and why."""
    price = round_.value_sek
    return costs_today(invitation.interest, [price], on=timezone.localdate())[price]


def _is_open(invitation: Invitation) -> bool:
    return (
        invitation.state == InvitationState.RELEASED
        and invitation.expires_at is not None
        and timezone.now() < invitation.expires_at
    )


def _answered(request: HttpRequest, invitation: Invitation, form: forms.Form) -> bool:
    """Do what a button asked for; return whether the page can be shown anew."""
    now = timezone.now()
    try:
        if request.POST.get("do") == "decline":
            actions.decline_invitation(invitation_id=invitation.pk, now=now)
            messages.success(request, _("Du har tackat nej. Tack för svaret."))
            return True
        if request.POST.get("do") == "accept" and form.is_valid():
            actions.accept_invitation(
                invitation_id=invitation.pk,
                login_email=form.cleaned_data["login_email"],
                needs=form.cleaned_data["needs"],
                phone=form.cleaned_data["phone"],
                now=now,
            )
            messages.success(request, _("Välkommen! Du har en plats."))
            return True
    except actions.InvitationOver:
        messages.warning(request, _("Inbjudan är inte öppen längre. Ingenting ändrades."))
        return True
    except actions.LoginAddressTaken:
        form.add_error(
            "login_email",
            _(
                "Någon annan loggar redan in med den adressen. Ange en som bara är din."
                " Din plats hålls, och inget annat är ändrat."
            ),
        )
    return False
