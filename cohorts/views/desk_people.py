"""Who is to be in a cohort: the proposal with its reasons, and what becomes of an invitation."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.gates import role_needed
from accounts.queries import changes_of
from accounts.requests import UserRequest
from accounts.rules import Role
from cohorts import words
from cohorts.actions import forming, seats
from cohorts.forms.staff_cohorts import ReasonForm
from cohorts.forms.staff_people import SearchForm
from cohorts.models import Cohort, Interest, Invitation
from cohorts.queries.desk import LIVING
from cohorts.queries.releasing import MOST_FOUND, drafts_in, people_to_add
from cohorts.queries.seats import seats_left
from cohorts.queries.waiting import candidates_counted
from cohorts.rules import InvitationState
from cohorts.views.staff_doors import own_cohort, own_invitation

THROWN_AWAY = "draft removed"


@role_needed(Role.FACILITATOR, Role.COORDINATOR)
def proposal(request: UserRequest, cohort_id: int) -> HttpResponse:
    """Show the drafts with the reason for each, and let the facilitator change them."""
    cohort = own_cohort(request, cohort_id)
    if cohort.state not in LIVING:
        messages.error(request, _("Gruppen är över, så ingen kan bjudas in."))
        return redirect("cohorts:cohort_desk", cohort_id=cohort.pk)
    if request.method == "POST":
        _change(request, cohort)
        return redirect(request.get_full_path())
    form = SearchForm(request.GET)
    text = form.cleaned_data["q"].strip() if form.is_valid() else ""
    drafts = list(drafts_in(cohort))
    left = seats_left(cohort)
    context: dict[str, Any] = {
        "cohort": cohort,
        "drafts": drafts,
        "seats_left": left,
        "seats_without_draft": max(0, left - len(drafts)),
        "waiting": candidates_counted([cohort])[cohort.pk],
        "search": form,
        "text": text,
        "found": list(people_to_add(cohort, text)) if text else [],
        "most_found": MOST_FOUND,
        "words": words,
    }
    return TemplateResponse(request, "cohorts/staff/proposal.html", context)


@role_needed(Role.FACILITATOR, Role.COORDINATOR)
def invitation_desk(request: UserRequest, cohort_id: int, invitation_id: int) -> HttpResponse:
    """Show one invitation with its history; extend it, or take it back with a reason."""
    invitation = own_invitation(request, cohort_id, invitation_id)
    wish = request.POST.get("do", "")
    form = ReasonForm(request.POST if wish == "revoke" else None)
    if wish == "extend" or (wish == "revoke" and form.is_valid()):
        _answer(request, invitation, why=form.cleaned_data["why"] if wish == "revoke" else None)
        return redirect("cohorts:cohort_desk", cohort_id=cohort_id)
    context = {
        "cohort": invitation.cohort,
        "invitation": invitation,
        "form": form,
        "may_extend": invitation.state in {InvitationState.RELEASED, InvitationState.EXPIRED},
        "may_revoke": invitation.state == InvitationState.RELEASED,
        "changes": changes_of(f"invitation/{invitation.pk}").select_related("by_user"),
        "words": words,
    }
    return TemplateResponse(request, "cohorts/staff/invitation.html", context)


def _change(request: UserRequest, cohort: Cohort) -> None:
    """Do one of the three things that the page offers; nothing is sent by any of them."""
    now, wish = timezone.now(), request.POST.get("do", "")
    if wish == "propose":
        many = forming.propose_people(cohort_id=cohort.pk, by=request.user, now=now)
        if many:
            said = ngettext("%(n)s person föreslås.", "%(n)s personer föreslås.", many)
            messages.success(request, said % {"n": many})
        else:
            messages.warning(request, _("Ingen fler passar gruppen just nu, eller så är den full."))
    elif wish == "add":
        _add(request, cohort, _number(request, "interest"))
    elif wish == "remove":
        _remove(request, cohort, _number(request, "invitation"))


def _add(request: UserRequest, cohort: Cohort, interest_id: int) -> None:
    try:
        refusal = forming.add_by_hand(
            cohort_id=cohort.pk, interest_id=interest_id, by=request.user, now=timezone.now()
        )
    except Interest.DoesNotExist as missing:
        raise Http404 from missing
    if refusal is None:
        messages.success(request, _("Personen finns nu med i förslaget. Inget är skickat."))
    else:
        messages.error(request, words.SEAT_REFUSALS[refusal])


def _remove(request: UserRequest, cohort: Cohort, invitation_id: int) -> None:
    drafts = cohort.invitations.filter(pk=invitation_id, state=InvitationState.DRAFT)
    if not drafts.exists():
        messages.warning(request, _("Personen stod inte kvar i förslaget. Ingenting ändrades."))
        return
    seats.revoke_invitation(
        invitation_id=invitation_id, by=request.user, why=THROWN_AWAY, now=timezone.now()
    )
    messages.success(request, _("Personen är borttagen ur förslaget och står kvar i kön."))


def _answer(request: UserRequest, invitation: Invitation, *, why: str | None) -> None:
    now, refusal = timezone.now(), None
    try:
        if why is None:
            refusal = seats.extend_invitation(invitation_id=invitation.pk, by=request.user, now=now)
        else:
            seats.revoke_invitation(invitation_id=invitation.pk, by=request.user, why=why, now=now)
    except seats.InvitationOver as over:
        state = words.INVITATION_STATES[over.state]
        said = _("Det gick inte: inbjudan är i läget ”%(state)s”. Ingenting ändrades.")
        messages.error(request, said % {"state": state})
        return
    if refusal is not None:
        messages.error(request, words.SEAT_REFUSALS[refusal])
    elif why is None:
        messages.success(
            request, _("Personen har fått tio dagar till, dock längst till första träffen.")
        )
    else:
        messages.success(request, _("Inbjudan är återtagen och personen har fått ett brev om det."))


def _number(request: UserRequest, name: str) -> int:
    told = request.POST.get(name, "")
    if not told.isdecimal():
        raise Http404
    return int(told)
